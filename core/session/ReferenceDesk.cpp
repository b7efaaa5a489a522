#include "core/session/ReferenceDesk.h"

#include "core/board/Board.h"
#include "core/session/Exchange.h"
#include "core/session/ReferenceFinder.h"

#include <QCoroFuture>
#include <QScopedValueRollback>
#include <QSet>

#include <algorithm>
#include <optional>

namespace moodloom::session {

using board::Board;
using retrieval::ReferenceState;

// Whatever one change leads to is one step of the board.
static const auto kStep = QStringLiteral("place references");

// Found for the prompt, or pinned or dropped since: what the user merely laid there is no
// reference.
static bool isReference(const board::Picture &picture)
{
    return picture.assetId != 0 && (picture.state != ReferenceState::Suggested ||
                                    !picture.touched || !picture.facet.isEmpty());
}

struct ReferenceDesk::Private
{
    ReferenceFinder *finder = nullptr;
    QPointer<Board> board;
    QHash<const Board *, std::shared_ptr<ReferenceFinder::Found>> found; // of the others
    QHash<QUuid, library::AssetId> assets;  // the library's pictures on the board
    QHash<QString, library::AssetId> known; // by hash: a board may come from another library
    QSet<const Board *> unread;             // what they kept is still being looked for
    bool syncing = false;                   // panel and board are being made equal
    std::optional<board::StepName>
        placing; // what the next step of layOut() is called, if not as ever

    // In this library; 0 = none.
    library::AssetId assetOf(const board::Picture &picture) const
    {
        return picture.assetId == 0 ? 0 : known.value(picture.hash, picture.assetId);
    }
    bool knows(library::AssetId asset) const // in the panel, or dropped there
    {
        const auto &all = finder->references();
        return finder->dropped().contains(asset) ||
               std::any_of(all.begin(), all.end(), [asset](const retrieval::Reference &reference) {
                   return reference.asset.id == asset;
               });
    }
    // Shown on the board still, but dropped in the panel.
    QVector<board::ItemId> droppedSince() const
    {
        const QVector<library::AssetId> dropped = finder->dropped();
        QVector<board::ItemId> ids;
        for (const board::ItemId &id : board->items()) {
            const board::Picture *picture = board->item(id)->picture();
            if (picture && picture->state != ReferenceState::Dropped &&
                dropped.contains(assetOf(*picture)))
                ids.append(id);
        }
        return ids;
    }
    void remember(const QUuid &id)
    {
        if (const board::Picture *picture = board->item(id)->picture())
            if (const library::AssetId asset = assetOf(*picture))
                assets.insert(id, asset);
    }
};

ReferenceDesk::ReferenceDesk(ReferenceFinder *finder, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->finder = finder;
    connect(finder, &ReferenceFinder::owned, this, [this] {
        d->board->endStep();
        d->placing = QT_TRANSLATE_NOOP("moodloom::board::Board", "Bind picture");
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
    const auto known = d->found.take(board);
    if (known)
        d->finder->resume(known);
    if (!known || d->unread.contains(board))
        restore();
}

void ReferenceDesk::forget(const Board *board)
{
    d->found.remove(board);
    d->unread.remove(board);
}

QCoro::Task<void> ReferenceDesk::restore()
{
    const QPointer<ReferenceDesk> self(this);
    const QPointer<Board> board = d->board;
    QStringList hashes;
    for (const board::ItemId &id : board->items())
        if (const board::Picture *picture = board->item(id)->picture();
            picture && isReference(*picture))
            hashes.append(picture->hash);
    if (hashes.isEmpty())
        co_return;
    d->unread.insert(board);
    QFuture<Result<QVector<library::Asset>>> looking = d->finder->assets(hashes);
    const auto assets = co_await looking;
    if (!self || !board || board != d->board)
        co_return;
    d->unread.remove(board);
    if (!assets)
        co_return; // a library that cannot be opened is told when it is asked
    QHash<QString, library::Asset> byHash;
    for (const library::Asset &asset : *assets) {
        byHash.insert(asset.hash, asset);
        d->known.insert(asset.hash, asset.id);
    }
    QVector<retrieval::Reference> references;
    QStringList words;
    for (const board::ItemId &id : board->items()) { // as it is by now
        d->remember(id);
        const board::Picture *picture = board->item(id)->picture();
        if (!picture || !isReference(*picture) || !byHash.contains(picture->hash))
            continue;
        retrieval::Reference reference;
        reference.asset = byHash[picture->hash];
        reference.state = picture->state;
        reference.role = picture->role;
        reference.weight = picture->weight;
        reference.steps = picture->steps;
        reference.part = board::shownShare(*picture);
        references.append(reference);
        words.append(picture->facet);
    }
    const QScopedValueRollback syncing(d->syncing, true);
    d->finder->restore(references, words);
}

void ReferenceDesk::layOut()
{
    if (d->syncing || !d->board || d->board->isReadOnly())
        return;
    const QScopedValueRollback syncing(d->syncing, true);
    std::optional<Board::Transaction> step;
    if (const auto placing = std::exchange(d->placing, {}))
        step.emplace(d->board, *placing, kStep);
    // Before the others are laid out, which takes away suggestions that nobody touched: the board
    // keeps what was dropped, so that it stays dropped when it is opened again.
    if (const QVector<board::ItemId> dropped = d->droppedSince(); !dropped.isEmpty()) {
        if (!step) {
            d->board->endStep();
            step.emplace(d->board, QT_TRANSLATE_NOOP("moodloom::board::Board", "Drop"), kStep);
        }
        d->board->dropQuietly(dropped);
    }
    QVector<board::Picture> pictures;
    for (const retrieval::Reference &reference : d->finder->references())
        if (!reference.nearest)
            pictures.append(pictureOf(reference, d->finder->facets()));
    d->board->placeReferences(pictures);
    {
        Board::Transaction facets(
            d->board, QT_TRANSLATE_NOOP("moodloom::board::Board", "Place references"), kStep);
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
        if (!picture || d->assetOf(*picture) != asset || d->board->isReadOnly())
            continue;
        d->board->endStep();
        Board::Transaction step(
            d->board, QT_TRANSLATE_NOOP("moodloom::board::Board", "Unbind picture"), kStep);
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
    const library::AssetId asset = picture ? d->assetOf(*picture) : 0;
    if (d->syncing || asset == 0)
        return;
    if (picture->state == ReferenceState::Pinned && !d->knows(asset)) {
        restore(); // a search since has put others in its place
        return;
    }
    const QScopedValueRollback syncing(d->syncing, true);
    d->finder->setFacet(asset, picture->facet);
    d->finder->setState(asset, picture->state);
    d->finder->setWeight(asset, picture->weight);
    d->finder->setUse(asset, picture->role, picture->steps);
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
