#include "core/session/ReferenceDesk.h"

#include "core/board/Board.h"
#include "core/session/Exchange.h"
#include "core/session/ReferenceFinder.h"

#include <QScopedValueRollback>

#include <algorithm>
#include <optional>

namespace moodloom::session {

using board::Board;
using retrieval::ReferenceState;

// Whatever one change leads to is one step of the board.
static const auto kStep = QStringLiteral("place references");

struct ReferenceDesk::Private
{
    ReferenceFinder *finder = nullptr;
    QPointer<Board> board;
    QHash<const Board *, std::shared_ptr<ReferenceFinder::Found>> found; // of the others
    QHash<QUuid, library::AssetId> assets; // the library's pictures on the board
    bool syncing = false;                  // panel and board are being made equal
    QString placing; // what the next step of layOut() is called; empty = as ever

    void remember(const QUuid &id)
    {
        const board::Picture *picture = board->item(id)->picture();
        if (picture && picture->assetId)
            assets.insert(id, picture->assetId);
    }
};

ReferenceDesk::ReferenceDesk(ReferenceFinder *finder, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->finder = finder;
    connect(finder, &ReferenceFinder::owned, this, [this] {
        d->board->endStep();
        d->placing = tr("Bind picture");
    });
    connect(finder, &ReferenceFinder::referencesChanged, this, &ReferenceDesk::layOut);
}

ReferenceDesk::~ReferenceDesk() = default;

void ReferenceDesk::show(Board *board)
{
    Board *const before = d->board;
    if (before)
        before->disconnect(this);
    d->board = board;
    d->assets.clear();
    for (const board::ItemId &id : board->items())
        d->remember(id);
    connect(board, &Board::itemChanged, this, &ReferenceDesk::follow);
    connect(board, &Board::itemAdded, this, [this](const QUuid &id) {
        d->remember(id);
        follow(id);
    });
    connect(board, &Board::itemRemoved, this, &ReferenceDesk::followRemoval);
    // What was found belongs to the board that it was found for.
    const QScopedValueRollback syncing(d->syncing, true);
    if (before)
        d->found.insert(before, d->finder->park());
    if (const auto known = d->found.take(board))
        d->finder->resume(known);
}

void ReferenceDesk::forget(const Board *board)
{
    d->found.remove(board);
}

void ReferenceDesk::layOut()
{
    if (d->syncing || !d->board || d->board->isReadOnly())
        return;
    const QScopedValueRollback syncing(d->syncing, true);
    std::optional<Board::Transaction> step;
    if (!d->placing.isEmpty())
        step.emplace(d->board, std::exchange(d->placing, {}), kStep);
    QVector<board::Picture> pictures;
    for (const retrieval::Reference &reference : d->finder->references())
        pictures.append(pictureOf(reference, d->finder->facets()));
    d->board->placeReferences(pictures);
    {
        Board::Transaction facets(d->board, tr("Place references"), kStep);
        for (const board::Picture &wanted : pictures) {
            // Words that are gone may come back: the board remembers them.
            if (!wanted.facet.isEmpty())
                d->board->setFacet({d->board->pictureOf(wanted.hash)}, wanted.facet);
        }
        facets.commit();
    }
    for (const board::Picture &wanted : pictures) {
        const board::ItemId id = d->board->pictureOf(wanted.hash);
        const board::Item *item = d->board->item(id);
        if (!item || !item->picture())
            continue;
        if (item->picture()->state != wanted.state)
            d->board->setPinned({id}, wanted.state == ReferenceState::Pinned);
        if (item->picture()->weight != wanted.weight)
            d->board->setWeight({id}, wanted.weight);
    }
    for (const library::AssetId asset : d->finder->dropped())
        for (const board::ItemId &id : d->board->items()) {
            const board::Picture *picture = d->board->item(id)->picture();
            if (picture && picture->assetId == asset && picture->state != ReferenceState::Dropped)
                d->board->drop({id});
        }
    if (step)
        step->commit();
}

void ReferenceDesk::nameFacets()
{
    const QScopedValueRollback syncing(d->syncing, true);
    for (const retrieval::Reference &reference : d->finder->references())
        if (reference.facet >= 0)
            d->board->setFacet({d->board->pictureOf(reference.asset.hash)},
                               d->finder->facets()[reference.facet].text);
}

void ReferenceDesk::unbind(library::AssetId asset)
{
    for (const board::ItemId &id : d->board->items()) {
        const board::Picture *picture = d->board->item(id)->picture();
        if (!picture || picture->assetId != asset || d->board->isReadOnly())
            continue;
        d->board->endStep();
        Board::Transaction step(d->board, tr("Unbind picture"), kStep);
        d->board->setFacet({id}, {});
        d->board->setPinned({id}, false);
        step.commit();
        return;
    }
    d->finder->setFacet(asset, {});
    d->finder->setState(asset, ReferenceState::Suggested);
}

void ReferenceDesk::follow(const QUuid &id)
{
    const board::Item *item = d->board->item(id);
    const board::Picture *picture = item ? item->picture() : nullptr;
    if (d->syncing || !picture || picture->assetId == 0)
        return;
    const QScopedValueRollback syncing(d->syncing, true);
    d->finder->setFacet(picture->assetId, picture->facet);
    d->finder->setState(picture->assetId, picture->state);
    d->finder->setWeight(picture->assetId, picture->weight);
    d->finder->setUse(picture->assetId, picture->role, picture->steps);
}

// What was taken from the board, by undo too, is not kept in the panel either.
void ReferenceDesk::followRemoval(const QUuid &id)
{
    const library::AssetId asset = d->assets.take(id);
    if (asset == 0 || d->syncing)
        return;
    for (const retrieval::Reference &reference : d->finder->references()) {
        if (reference.asset.id != asset)
            continue;
        const bool elsewhere =
            std::find(d->assets.cbegin(), d->assets.cend(), asset) != d->assets.cend();
        if (reference.state == ReferenceState::Pinned && !elsewhere)
            d->finder->setState(asset, ReferenceState::Suggested);
        return;
    }
}

} // namespace moodloom::session
