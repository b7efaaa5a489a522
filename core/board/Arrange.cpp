#include "core/board/Arrange.h"

#include <QStringList>

#include <algorithm>
#include <vector>

namespace moodloom::board {
namespace {

double aspect(const Box &box)
{
    return box.size.height() > 0 && box.size.width() > 0 ? box.size.width() / box.size.height() : 1;
}

Placement place(const Box &box, QPointF topLeft, double width)
{
    const double height = width / aspect(box);
    return {topLeft + QPointF(width / 2, height / 2),
            box.size.width() > 0 ? width / box.size.width() : 1};
}

// Rows of equal height, each as wide as the block. Returns the y below the last. `height` goes from
// group to group: a row that is not full is as high as the one above it, in its own group or before.
double rows(const QVector<Box> &boxes, const std::vector<qsizetype> &members, const ArrangeStyle &style,
            double y, double &height, QVector<Placement> *result)
{
    size_t first = 0;
    while (first < members.size()) {
        // Add pictures until the row, at the aimed-at height, is full.
        size_t last = first;
        double aspects = 0;
        const auto heightOf = [&](double sum, size_t count) {
            return (style.width - style.gap * double(count - 1)) / sum;
        };
        do
            aspects += aspect(boxes[members[last++]]);
        while (last < members.size() && heightOf(aspects, last - first) > style.rowHeight);
        const bool full = last < members.size() || heightOf(aspects, last - first) <= style.rowHeight;
        height = full ? std::min(heightOf(aspects, last - first), style.rowHeight)
                      : std::min(heightOf(aspects, last - first), height);
        double x = 0;
        for (size_t i = first; i < last; ++i) {
            const double width = height * aspect(boxes[members[i]]);
            (*result)[members[i]] = place(boxes[members[i]], {x, y}, width);
            x += width + style.gap;
        }
        y += height + style.gap;
        first = last;
    }
    return y - style.gap;
}

// Columns of equal width; each picture goes to the shortest.
double masonry(const QVector<Box> &boxes, const std::vector<qsizetype> &members,
               const ArrangeStyle &style, double y, QVector<Placement> *result)
{
    const int columns = std::max(1, int((style.width + style.gap) / (style.rowHeight + style.gap)));
    const double width = (style.width - style.gap * (columns - 1)) / columns;
    std::vector<double> bottoms(size_t(columns), y);
    for (const qsizetype i : members) {
        const auto shortest = std::min_element(bottoms.begin(), bottoms.end());
        const double x = double(shortest - bottoms.begin()) * (width + style.gap);
        (*result)[i] = place(boxes[i], {x, *shortest}, width);
        *shortest += width / aspect(boxes[i]) + style.gap;
    }
    return *std::max_element(bottoms.begin(), bottoms.end()) - style.gap;
}

} // namespace

QVector<Placement> arranged(const QVector<Box> &boxes, const ArrangeStyle &style, QSizeF *extent)
{
    QVector<Placement> result(boxes.size());
    QStringList groups;
    for (const Box &box : boxes)
        if (!groups.contains(box.group))
            groups.append(box.group);
    double y = 0;
    double height = style.rowHeight;
    for (const QString &group : groups) {
        std::vector<qsizetype> members;
        for (qsizetype i = 0; i < boxes.size(); ++i)
            if (boxes[i].group == group)
                members.push_back(i);
        y = style.arrangement == Arrangement::Rows ? rows(boxes, members, style, y, height, &result)
                                                   : masonry(boxes, members, style, y, &result);
        y += style.groupGap;
    }
    if (extent)
        *extent = {style.width, std::max(0.0, y - style.groupGap)};
    return result;
}

} // namespace moodloom::board
