#include "core/session/Placement.h"

#include "core/board/Regions.h"
#include "core/generation/BoardReferences.h"

#include <QLineF>
#include <QPolygonF>

#include <cmath>

namespace moodloom::session {

QVector<QPointF> cornersOf(const QRectF &region)
{
    return {region.topLeft(), region.topRight(), region.bottomRight(), region.bottomLeft()};
}

Placement placementIn(const board::Item &frame, const QVector<QPointF> &corners)
{
    const QRectF inside = board::localRect(frame);
    const QTransform toBoard = board::toBoard(frame);
    QVector<QPointF> places;
    for (const QPointF &corner :
         corners.size() == 4 ? corners : cornersOf(QPolygonF(corners).boundingRect()))
        places.append(toBoard.map(QPointF(inside.left() + corner.x() * inside.width(),
                                          inside.top() + corner.y() * inside.height())));
    const QLineF top(places[0], places[1]), left(places[0], places[3]);
    return {(places[0] + places[1] + places[2] + places[3]) / 4,
            {top.length(), left.length()},
            std::atan2(top.dy(), top.dx()) * 180 / M_PI};
}

board::ItemId placeNote(board::Board &board, board::ItemId frame,
                        const generation::RecipeText &text)
{
    const board::Item *into = board.item(frame);
    if (!into || !into->frame())
        return {};
    const Placement place = placementIn(*into, text.shape);
    board::ItemId note;
    for (const board::FrameText &known : board::frameTexts(board, frame)) {
        const QPointF apart = board.item(known.item)->centre - place.centre;
        const QSizeF size = board::outline(*board.item(known.item)).boundingRect().size();
        const generation::NoteWords words = generation::wordsOf(known.text);
        if (words.text == text.text && words.emphasis == text.emphasis &&
            apart.manhattanLength() < 0.01 * (size.width() + size.height()))
            note = known.item;
    }
    if (note.isNull()) {
        if (place.size.isEmpty())
            return {};
        note = board.addNote(prompt::withMarks(text.text, text.emphasis), place.centre, place.size);
        if (std::abs(place.degrees) > 0.01)
            board.rotate({note}, place.degrees, place.centre);
    }
    if (note.isNull())
        return {};
    board.setWeight({note}, text.weight);
    board.setSteps({note}, text.steps);
    return note;
}

} // namespace moodloom::session
