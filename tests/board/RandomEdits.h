// Random but repeatable editing of a board, shared by the tests of undo and of durability.
#pragma once

#include "core/board/Board.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>

namespace moodloom::board::test {

inline Picture picture(const QString &hash, QSize size = {400, 300})
{
    Picture picture;
    picture.hash = hash;
    picture.size = size;
    picture.caption = QStringLiteral("caption ") + hash;
    return picture;
}

// The whole document as text, to compare what was with what is.
inline QByteArray text(const Board &board)
{
    QJsonArray items, takes;
    for (const ItemId &id : board.items())
        items.append(toJson(*board.item(id)));
    for (const ItemId &id : board.frames())
        for (const FrameTake &take : board.takes(id))
            takes.append(QJsonArray{take.id, take.frame.toString(), take.recipe, take.hash,
                                    take.size.width(), take.made.toString(Qt::ISODateWithMs),
                                    take.seconds, take.starred});
    return QJsonDocument(QJsonArray{items, takes}).toJson();
}

// One edit of any kind.
inline void edit(Board &board, QRandomGenerator &random)
{
    const auto real = [&](double low, double high) { return low + random.generateDouble() * (high - low); };
    const QVector<ItemId> all = board.items();
    QVector<ItemId> some;
    for (const ItemId &id : all)
        if (random.bounded(3) == 0)
            some.append(id);
    const QVector<ItemId> frames = board.frames();
    const ItemId frame = frames.isEmpty() ? ItemId() : frames[random.bounded(frames.size())];
    const QPointF at(real(-2000, 2000), real(-2000, 2000));
    switch (random.bounded(40)) {
    case 0:
    case 1:
    case 2: board.addPictures({picture(QString::number(random.generate(), 16))}, at); break;
    case 3: board.addNote(QStringLiteral("注 %1").arg(random.generate()), at); break;
    case 4: board.addFrame(at, {real(100, 900), real(100, 900)}); break;
    case 5:
    case 6: board.move(some, QPointF(real(-90, 90), real(-90, 90))); break;
    case 7: board.scale(some, real(0.5, 2), at); break;
    case 8: board.rotate(some, real(-180, 180), at); break;
    case 9: board.flip(some, random.bounded(2) ? Qt::Horizontal : Qt::Vertical); break;
    case 10: board.setOpacity(some, real(-0.2, 1.2)); break;
    case 11: board.setPinned(some, random.bounded(2)); break;
    case 12: board.drop(some); break;
    case 13: board.setWeight(some, real(0, 2)); break;
    case 35: board.setRole(some, ReferenceRole(random.bounded(3))); break;
    case 36: board.setSteps(some, {real(0, 0.4), real(0.5, 1)}); break;
    case 37: {
        QVector<StrokePoint> points;
        for (int i = random.bounded(1, 30); i > 0; --i)
            points.append({at + QPointF(real(-200, 200), real(-200, 200)), real(0, 1)});
        board.addStroke(points, QColor::fromRgb(random.generate()), real(0.5, 20));
        break;
    }
    case 38: board.eraseStrokes({at, at + QPointF(real(-900, 900), real(-900, 900))}, real(1, 60)); break;
    case 39:
        board.tag(some, {QString::number(random.bounded(5)), QStringLiteral("标")},
                  {QString::number(random.bounded(5))});
        break;
    case 14: board.remove(some.mid(0, 2)); break;
    case 15: board.duplicate(some.mid(0, 3), {20, 20}); break;
    case 16: board.raise(some); break;
    case 17: board.lower(some); break;
    case 18: board.setLocked(some, random.bounded(3) == 0); break;
    case 19: board.setFramePrompt(frame, QStringLiteral("大众揽巡 %1").arg(random.generate())); break;
    case 20: board.setOnShelf(frame, some, random.bounded(2)); break;
    case 21: board.arrange(all, random.bounded(2) ? Arrangement::Rows : Arrangement::Masonry); break;
    case 22:
        board.placeReferences({picture(QString::number(random.bounded(9))),
                               picture(QString::number(random.bounded(9)), {300, 500})});
        break;
    case 23: board.undo(); break;
    case 24: board.align(some, Alignment(random.bounded(6))); break;
    case 25: board.distribute(some, random.bounded(2) ? Qt::Horizontal : Qt::Vertical); break;
    case 26: board.normalize(some, Measure(random.bounded(3))); break;
    case 27: board.pack(some, random.bounded(2) ? Board::Packing::Tight : Board::Packing::Grid); break;
    case 28: random.bounded(2) ? board.arrangeByName(some) : board.arrangeByDate(some); break;
    case 29: random.bounded(2) ? board.moveForward(some) : board.moveBackward(some); break;
    case 30: random.bounded(2) ? void(board.group(some)) : board.ungroup(some); break;
    case 31: board.setHidden(some, random.bounded(3) == 0); break;
    case 32: board.setGreyscale(some, random.bounded(2)); break;
    case 33:
        for (const ItemId &id : some)
            board.setCrop(id, {real(-50, 200), real(-50, 150), real(-20, 300), real(20, 300)});
        break;
    case 34:
        for (const ItemId &id : some)
            board.panCrop(id, QPointF(real(-90, 90), real(-90, 90)));
        break;
    }
}

} // namespace moodloom::board::test
