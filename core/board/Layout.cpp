#include "core/board/Layout.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace moodloom::board {
namespace {

QPointF shiftOnto(const QRectF &rect, const QRectF &all, Alignment alignment)
{
    switch (alignment) {
    case Alignment::Left: return {all.left() - rect.left(), 0};
    case Alignment::Center: return {all.center().x() - rect.center().x(), 0};
    case Alignment::Right: return {all.right() - rect.right(), 0};
    case Alignment::Top: return {0, all.top() - rect.top()};
    case Alignment::Middle: return {0, all.center().y() - rect.center().y()};
    case Alignment::Bottom: return {0, all.bottom() - rect.bottom()};
    }
    return {};
}

double measured(QSizeF size, Measure measure)
{
    switch (measure) {
    case Measure::Height: return size.height();
    case Measure::Width: return size.width();
    case Measure::Area: return std::sqrt(size.width() * size.height());
    }
    return 0;
}

// The upper outline of what has been packed: for each stretch of x how far down it is taken.
class Skyline
{
public:
    explicit Skyline(double width) : m_width(width), m_steps{{0, 0}} {}

    // The highest free place, of these the leftmost. Requires: size.width() <= the skyline's width.
    QPointF place(QSizeF size)
    {
        size_t best = 0;
        double bestY = std::numeric_limits<double>::infinity();
        for (size_t first = 0; first < m_steps.size(); ++first) {
            const double right = m_steps[first].x + size.width();
            if (right > m_width * (1 + 1e-12))
                break;
            double y = 0;
            for (size_t i = first; i < m_steps.size() && m_steps[i].x < right && y < bestY; ++i)
                y = std::max(y, m_steps[i].y);
            if (y < bestY) {
                bestY = y;
                best = first;
            }
        }
        const QPointF at(m_steps[best].x, bestY);
        cover(best, at.x() + size.width(), bestY + size.height());
        return at;
    }

private:
    struct Step
    {
        double x, y; // from x to the next step's x it is taken down to y
    };

    void cover(size_t first, double right, double y)
    {
        size_t last = first;
        double under = 0;
        while (last < m_steps.size() && m_steps[last].x < right)
            under = m_steps[last++].y;
        const double next = last < m_steps.size() ? m_steps[last].x : m_width;
        const double left = m_steps[first].x;
        m_steps.erase(m_steps.begin() + std::ptrdiff_t(first), m_steps.begin() + std::ptrdiff_t(last));
        auto at = m_steps.insert(m_steps.begin() + std::ptrdiff_t(first), Step{left, y});
        if (right < next)
            m_steps.insert(at + 1, Step{right, under});
    }

    double m_width;
    std::vector<Step> m_steps; // by x
};

struct Packing
{
    QVector<QPointF> places;
    QSizeF extent;
};

Packing packInto(const QVector<QSizeF> &sizes, const std::vector<qsizetype> &order, double width)
{
    Packing result;
    result.places.resize(sizes.size());
    Skyline skyline(width);
    for (const qsizetype i : order) {
        const QPointF at = skyline.place(sizes[i]);
        result.places[i] = at;
        result.extent = result.extent.expandedTo({at.x() + sizes[i].width(), at.y() + sizes[i].height()});
    }
    return result;
}

} // namespace

QVector<QPointF> aligned(const QVector<QRectF> &rects, Alignment alignment)
{
    QRectF all;
    for (const QRectF &rect : rects)
        all |= rect;
    QVector<QPointF> shifts;
    for (const QRectF &rect : rects)
        shifts.append(shiftOnto(rect, all, alignment));
    return shifts;
}

QVector<QPointF> distributed(const QVector<QRectF> &rects, Qt::Orientation axis)
{
    QVector<QPointF> shifts(rects.size());
    if (rects.size() < 3)
        return shifts;
    const bool across = axis == Qt::Horizontal;
    const auto low = [&](qsizetype i) { return across ? rects[i].left() : rects[i].top(); };
    const auto length = [&](qsizetype i) { return across ? rects[i].width() : rects[i].height(); };
    std::vector<qsizetype> order(static_cast<size_t>(rects.size()));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](qsizetype a, qsizetype b) {
        return low(a) + length(a) / 2 < low(b) + length(b) / 2;
    });
    const qsizetype last = order.back();
    double between = 0;
    for (size_t k = 1; k + 1 < order.size(); ++k)
        between += length(order[k]);
    double at = low(order.front()) + length(order.front());
    const double gap = (low(last) - at - between) / double(order.size() - 1);
    for (size_t k = 1; k + 1 < order.size(); ++k) {
        const qsizetype i = order[k];
        at += gap;
        (across ? shifts[i].rx() : shifts[i].ry()) = at - low(i);
        at += length(i);
    }
    return shifts;
}

QVector<double> normalized(const QVector<QSizeF> &sizes, Measure measure)
{
    double mean = 0;
    for (const QSizeF &size : sizes)
        mean += measured(size, measure) / double(sizes.size());
    QVector<double> factors;
    for (const QSizeF &size : sizes) {
        const double own = measured(size, measure);
        factors.append(own > 0 && mean > 0 ? mean / own : 1);
    }
    return factors;
}

QVector<QPointF> packed(const QVector<QSizeF> &sizes, double gap, double aspect, QSizeF *extent)
{
    // Each takes its gap along to the right and below, and so does the block.
    QVector<QSizeF> taken;
    double area = 0, widest = 0;
    for (const QSizeF &size : sizes) {
        taken.append({size.width() + gap, size.height() + gap});
        area += taken.last().width() * taken.last().height();
        widest = std::max(widest, taken.last().width());
    }
    std::vector<qsizetype> order(static_cast<size_t>(sizes.size()));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](qsizetype a, qsizetype b) {
        return taken[a].height() != taken[b].height() ? taken[a].height() > taken[b].height()
                                                      : taken[a].width() > taken[b].width();
    });
    // Of several widths the one whose block fits the smallest rectangle of the wanted aspect.
    Packing best;
    double least = std::numeric_limits<double>::infinity();
    for (int percent = 80; percent <= 130 && !sizes.isEmpty(); percent += 5) {
        const double width = std::max(widest, std::sqrt(area * aspect) * percent / 100);
        Packing packing = packInto(taken, order, width);
        const double need = std::max(packing.extent.width() / aspect, packing.extent.height());
        if (need < least) {
            least = need;
            best = std::move(packing);
        }
    }
    if (extent)
        *extent = sizes.isEmpty() ? QSizeF(0, 0) : best.extent - QSizeF(gap, gap);
    return best.places;
}

QVector<QPointF> gridded(const QVector<QSizeF> &sizes, double gap, double aspect, QSizeF *extent)
{
    QVector<QPointF> places;
    QSizeF cell(0, 0);
    for (const QSizeF &size : sizes)
        cell = cell.expandedTo(size);
    const QSizeF step = cell + QSizeF(gap, gap);
    const double wanted = std::sqrt(double(sizes.size()) * aspect * step.height() / std::max(1e-9, step.width()));
    const qsizetype columns = std::clamp<qsizetype>(std::llround(wanted), 1, std::max<qsizetype>(1, sizes.size()));
    for (qsizetype i = 0; i < sizes.size(); ++i) {
        const QPointF corner(double(i % columns) * step.width(), double(i / columns) * step.height());
        const QSizeF room = (cell - sizes[i]) / 2;
        places.append(corner + QPointF(room.width(), room.height()));
    }
    if (extent) {
        const double rows = std::ceil(double(sizes.size()) / double(columns));
        *extent = sizes.isEmpty() ? QSizeF(0, 0)
                                  : QSizeF(double(columns) * step.width(), rows * step.height()) - QSizeF(gap, gap);
    }
    return places;
}

} // namespace moodloom::board
