// Tidying: where pictures go so that a heap becomes a mood board. Pure functions over boxes; the
// board turns their answers into commands.
#pragma once

#include <QPointF>
#include <QSizeF>
#include <QString>
#include <QVector>

namespace moodloom::board {

enum class Arrangement { Rows, Masonry };

struct Box
{
    QSizeF size;   // natural size
    QString group; // facet: boxes of one group stay together, groups keep the order of their first box
};

struct Placement
{
    QPointF centre;
    double scale = 1;
};

struct ArrangeStyle
{
    Arrangement arrangement = Arrangement::Rows;
    double width = 900;      // of the block, board units
    double rowHeight = 180;  // rows: aimed-at height; masonry: the columns' width
    double gap = 12;         // between pictures
    double groupGap = 44;    // between groups: room for a heading
};

// One placement a box. The block's top left corner is at (0, 0); `extent` receives its size.
// Pictures keep their aspect; rows are justified to `width` (one that is not full is not stretched).
QVector<Placement> arranged(const QVector<Box> &boxes, const ArrangeStyle &style = {},
                            QSizeF *extent = nullptr);

} // namespace moodloom::board
