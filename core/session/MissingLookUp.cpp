#include "core/session/MissingLookUp.h"

#include "core/board/Board.h"
#include "core/generation/BoardReferences.h"
#include "core/session/Exchange.h"
#include "core/session/ReferenceFinder.h"

#include <QCoroFuture>
#include <QTransform>

#include <algorithm>
#include <cmath>
#include <utility>

namespace moodloom::session {

using board::Board;
using board::Item;
using board::ItemId;
using generation::FacetCheck;
using retrieval::Reference;

namespace {

struct ForNote
{
    FacetCheck note;
    Reference picture;
};

bool sameRegion(const QRectF &a, const QRectF &b)
{
    constexpr double near = 1e-3;
    return std::abs(a.left() - b.left()) < near && std::abs(a.top() - b.top()) < near &&
           std::abs(a.right() - b.right()) < near && std::abs(a.bottom() - b.bottom()) < near;
}

// What the user has put somewhere stays there.
bool isFree(const Board &board, const Reference &reference)
{
    const Item *item = board.item(board.pictureOf(reference.asset.hash));
    return !item || !item->picture() ||
           (!item->picture()->touched &&
            item->picture()->state == retrieval::ReferenceState::Suggested);
}

void place(Board &board, const Item &frame, const ForNote &found)
{
    Reference reference = found.picture;
    reference.state = retrieval::ReferenceState::Pinned;
    board::Picture picture = pictureOf(reference, {});
    picture.facet = found.note.text;
    ItemId id = board.pictureOf(picture.hash);
    if (board.item(id))
        board.setPinned({id}, true);
    else
        id = board.addPictures({picture}, frame.centre).value(0);
    if (!board.item(id))
        return;
    const QRectF rect = localRect(frame);
    const QRectF &region = found.note.region;
    const QPointF middle =
        board::toBoard(frame).map(QPointF(rect.left() + region.center().x() * rect.width(),
                                          rect.top() + region.center().y() * rect.height()));
    const QSizeF room =
        QSizeF(region.width() * rect.width(), region.height() * rect.height()) * frame.scale;
    const Item before = *board.item(id);
    const QSizeF size = localRect(before).size() * before.scale;
    board.move({id}, middle - before.centre);
    board.scale({id}, std::min(room.width() / size.width(), room.height() / size.height()), middle);
    board.rotate({id}, frame.rotation - before.rotation, middle);
    board.raise({id});
    for (const generation::BoardText &text : generation::boardTexts(board, frame.id))
        if (sameRegion(text.region, region))
            board.raise({text.item}); // it says what lies below it
}

} // namespace

QCoro::Task<Result<int>> lookUpLacking(generation::Take take, QPointer<Board> board, QUuid frame,
                                       QPointer<ReferenceFinder> finder)
{
    QStringList acted;
    for (const generation::RecipeReference &reference : take.recipe.references)
        acted.append(reference.hash);
    QStringList facets;
    QVector<FacetCheck> notes;
    for (const FacetCheck &facet : generation::lackingOf(*take.grounding))
        if (!facet.note)
            facets.append(facet.text);
        else if (!facet.region.isEmpty() && !board->isReadOnly())
            notes.append(facet);
    // First: another search would interrupt what is found out for the panel.
    QVector<ForNote> found;
    QStringList taken = acted;
    for (const FacetCheck &note : std::as_const(notes)) {
        QFuture<Result<ReferenceFinder::LookedUp>> looking = finder->lookUp(note.text);
        const Result<ReferenceFinder::LookedUp> looked = co_await looking;
        if (!finder || !board)
            co_return cancelled();
        if (!looked)
            co_return fail(looked.error());
        for (const Reference &reference : looked->references)
            if (!reference.nearest && !taken.contains(reference.asset.hash) && isFree(*board, reference)) {
                taken.append(reference.asset.hash);
                found.append({note, reference});
                break;
            }
    }
    int count = 0;
    if (!facets.isEmpty()) {
        QFuture<Result<int>> looking = finder->findMore(facets, taken);
        const Result<int> more = co_await looking;
        if (!finder || !board)
            co_return cancelled();
        if (!more)
            co_return fail(more.error());
        count = *more;
    }
    const Item *there = board->item(frame);
    if (found.isEmpty() || !there || !there->frame())
        co_return count;
    const Item picture = *there;
    board->endStep();
    Board::Transaction step(board,
                            QT_TRANSLATE_NOOP("moodloom::board::Board", "Place what is missing"));
    finder->keepActing(acted);
    for (const ForNote &one : std::as_const(found))
        place(*board, picture, one);
    step.commit();
    co_return count + int(found.size());
}

} // namespace moodloom::session
