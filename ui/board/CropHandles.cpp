#include "ui/board/CropHandles.h"

#include "core/board/Crop.h"

namespace moodloom::ui {

QVector<CropHandle> cropHandles(const board::Item &item)
{
    const QRectF part = shownPart(*item.picture());
    const QTransform toBoard = board::toPixels(item).inverted();
    QVector<CropHandle> handles;
    for (const Qt::Edges vertical : {Qt::Edges(Qt::TopEdge), Qt::Edges(), Qt::Edges(Qt::BottomEdge)})
        for (const Qt::Edges horizontal : {Qt::Edges(Qt::LeftEdge), Qt::Edges(), Qt::Edges(Qt::RightEdge)}) {
            const Qt::Edges edges = vertical | horizontal;
            if (!edges)
                continue; // the middle moves the picture inside its crop
            const double x = edges & Qt::LeftEdge    ? part.left()
                             : edges & Qt::RightEdge ? part.right()
                                                     : part.center().x();
            const double y = edges & Qt::TopEdge      ? part.top()
                             : edges & Qt::BottomEdge ? part.bottom()
                                                      : part.center().y();
            handles.append({edges, toBoard.map(QPointF(x, y))});
        }
    return handles;
}

} // namespace moodloom::ui
