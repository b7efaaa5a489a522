#include "core/board/Snapping.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

namespace moodloom::board {
namespace {

constexpr double same = 1e-6; // board units: rounding

// A rectangle as seen along one axis.
struct Span
{
    double low = 0, high = 0; // along the axis
    double acrossLow = 0, acrossHigh = 0;
    double middle() const { return (low + high) / 2; }
    std::array<double, 3> lines() const { return {low, middle(), high}; }
    // They stand beside each other.
    bool sharesRow(const Span &other) const
    {
        return acrossLow < other.acrossHigh - same && other.acrossLow < acrossHigh - same;
    }
};

Span span(const QRectF &rect, Qt::Orientation axis)
{
    if (axis == Qt::Horizontal)
        return {rect.left(), rect.right(), rect.top(), rect.bottom()};
    return {rect.top(), rect.bottom(), rect.left(), rect.right()};
}

QLineF lineAt(double at, double from, double to, Qt::Orientation axis)
{
    return axis == Qt::Horizontal ? QLineF(at, from, at, to) : QLineF(from, at, to, at);
}

QLineF lineAlong(double from, double to, double across, Qt::Orientation axis)
{
    return axis == Qt::Horizontal ? QLineF(from, across, to, across)
                                  : QLineF(across, from, across, to);
}

// The next of `spans` before or behind `own` in its row, overlapping by no more than `reach`.
std::optional<Span> neighbour(const Span &own, const std::vector<Span> &spans, bool before,
                              double reach)
{
    std::optional<Span> best;
    for (const Span &other : spans) {
        if (!own.sharesRow(other))
            continue;
        if (before ? other.high > own.low + reach || (best && other.high <= best->high)
                   : other.low < own.high - reach || (best && other.low >= best->low))
            continue;
        best = other;
    }
    return best;
}

// The gaps that could be made equal: what is before and behind, and the gap of the row on each
// side.
struct Row
{
    std::optional<Span> before, behind;
    std::optional<Span> fartherBefore, fartherBehind;
};

Row rowOf(const Span &own, const std::vector<Span> &spans, double reach)
{
    Row row;
    row.before = neighbour(own, spans, true, reach);
    row.behind = neighbour(own, spans, false, reach);
    if (row.before)
        row.fartherBefore = neighbour(*row.before, spans, true, 0);
    if (row.behind)
        row.fartherBehind = neighbour(*row.behind, spans, false, 0);
    return row;
}

class Best
{
public:
    explicit Best(double reach) : m_least(reach) {}
    void offer(double shift)
    {
        if (std::abs(shift) < m_least) {
            m_least = std::abs(shift);
            m_shift = shift;
        }
    }
    std::optional<double> shift() const { return m_shift; }

private:
    double m_least;
    std::optional<double> m_shift;
};

std::optional<double> bestShift(const Span &own, const std::vector<Span> &spans,
                                const QVector<double> &lines, double reach)
{
    Best best(reach);
    for (const double theirs : lines)
        for (const double ours : own.lines())
            best.offer(theirs - ours);
    for (const Span &other : spans)
        for (const double theirs : other.lines())
            for (const double ours : own.lines())
                best.offer(theirs - ours);
    const Row row = rowOf(own, spans, reach);
    const double length = own.high - own.low;
    if (row.before && row.behind && row.behind->low - row.before->high >= length)
        best.offer((row.before->high + row.behind->low) / 2 - own.middle());
    if (row.before && row.fartherBefore)
        best.offer(row.before->high + (row.before->low - row.fartherBefore->high) - own.low);
    if (row.behind && row.fartherBehind)
        best.offer(row.behind->low - (row.fartherBehind->low - row.behind->high) - own.high);
    return best.shift();
}

// A guide for each of the coordinates `at` of `own` that another rectangle shares.
template <class Coordinates>
void addLines(const Span &own, const Coordinates &at, const std::vector<Span> &spans,
              const QVector<double> &lines, Qt::Orientation axis, QVector<Guide> &guides)
{
    for (const double ours : at) {
        double from = own.acrossLow, to = own.acrossHigh;
        bool met = std::any_of(lines.begin(), lines.end(),
                               [&](double theirs) { return std::abs(theirs - ours) < same; });
        for (const Span &other : spans)
            for (const double theirs : other.lines())
                if (std::abs(theirs - ours) < same) {
                    met = true;
                    from = std::min(from, other.acrossLow);
                    to = std::max(to, other.acrossHigh);
                }
        if (met)
            guides.append({lineAt(ours, from, to, axis), Guide::Kind::Line});
    }
}

void addGap(const Span &a, const Span &b, Qt::Orientation axis, QVector<Guide> &guides)
{
    // In the middle of what both share.
    const double low = std::max(a.acrossLow, b.acrossLow);
    const double high = std::min(a.acrossHigh, b.acrossHigh);
    guides.append({lineAlong(a.high, b.low, (low + high) / 2, axis), Guide::Kind::Gap});
}

void addGaps(const Span &own, const std::vector<Span> &spans, Qt::Orientation axis,
             QVector<Guide> &guides)
{
    const Row row = rowOf(own, spans, same);
    // Two gaps in a row between three of them.
    const auto addEqual = [&](const Span &a, const Span &b, const Span &c) {
        if (b.low - a.high <= same || std::abs((b.low - a.high) - (c.low - b.high)) > same)
            return;
        addGap(a, b, axis, guides);
        addGap(b, c, axis, guides);
    };
    if (row.before && row.behind)
        addEqual(*row.before, own, *row.behind);
    if (row.before && row.fartherBefore)
        addEqual(*row.fartherBefore, *row.before, own);
    if (row.behind && row.fartherBehind)
        addEqual(own, *row.behind, *row.fartherBehind);
}

std::vector<Span> spansOf(const QVector<QRectF> &rects, Qt::Orientation axis)
{
    std::vector<Span> spans;
    spans.reserve(size_t(rects.size()));
    for (const QRectF &rect : rects)
        spans.push_back(span(rect, axis));
    return spans;
}

} // namespace

SnappedMove snappedMove(const QRectF &own, const QVector<QRectF> &others, double reach,
                        Qt::Orientations axes, const GuideLines &lines)
{
    SnappedMove result;
    bool found[2] = {false, false};
    const Qt::Orientation both[] = {Qt::Horizontal, Qt::Vertical};
    std::vector<Span> spans[2];
    for (int i = 0; i < 2; ++i) {
        if (!axes.testFlag(both[i]))
            continue;
        spans[i] = spansOf(others, both[i]);
        if (const auto shift =
                bestShift(span(own, both[i]), spans[i], lines.along(both[i]), reach)) {
            found[i] = true;
            (i == 0 ? result.shift.rx() : result.shift.ry()) = *shift;
        }
    }
    const QRectF rests = own.translated(result.shift);
    for (int i = 0; i < 2; ++i)
        if (found[i]) {
            addLines(span(rests, both[i]), span(rests, both[i]).lines(), spans[i],
                     lines.along(both[i]), both[i], result.guides);
            addGaps(span(rests, both[i]), spans[i], both[i], result.guides);
        }
    return result;
}

SnappedScale snappedScale(const QRectF &own, QPointF about, double factor,
                          const QVector<QRectF> &others, double reach, const GuideLines &lines)
{
    SnappedScale result{factor, {}};
    double least = reach;
    bool found = false;
    for (const Qt::Orientation axis : {Qt::Horizontal, Qt::Vertical}) {
        const Span mine = span(own, axis);
        const double origin = axis == Qt::Horizontal ? about.x() : about.y();
        for (const double edge : {mine.low, mine.high}) {
            const double arm = edge - origin;
            if (std::abs(arm) < same)
                continue; // it stays
            const double at = origin + arm * factor;
            const auto offer = [&](double theirs) {
                const double wanted = (theirs - origin) / arm;
                if (std::abs(theirs - at) < least && wanted > 0) {
                    least = std::abs(theirs - at);
                    result.factor = wanted;
                    found = true;
                }
            };
            for (const double theirs : lines.along(axis))
                offer(theirs);
            for (const QRectF &other : others)
                for (const double theirs : span(other, axis).lines())
                    offer(theirs);
        }
    }
    if (!found)
        return result;
    const QRectF rests(about + (own.topLeft() - about) * result.factor,
                       about + (own.bottomRight() - about) * result.factor);
    for (const Qt::Orientation axis : {Qt::Horizontal, Qt::Vertical}) {
        const Span edges = span(rests, axis);
        const double origin = axis == Qt::Horizontal ? about.x() : about.y();
        std::vector<double> moved;
        for (const double edge : {edges.low, edges.high})
            if (std::abs(edge - origin) >= same)
                moved.push_back(edge);
        addLines(edges, moved, spansOf(others, axis), lines.along(axis), axis, result.guides);
    }
    return result;
}

} // namespace moodloom::board
