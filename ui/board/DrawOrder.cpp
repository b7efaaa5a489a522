#include "ui/board/DrawOrder.h"

#include <algorithm>
#include <cmath>

namespace moodloom::ui {
namespace {

constexpr int mostCells = 192;    // a side
constexpr int largeCells = 64;    // a quad that fills more is kept apart
constexpr size_t mostInCell = 48; // a pile: beyond it, its bounds stand for all of it

} // namespace

DrawOrder::DrawOrder(const QRectF &area, double extent)
    : m_area(area),
      m_cellSide(std::max({extent, area.width() / mostCells, area.height() / mostCells, 1e-6})),
      m_columns(int(area.width() / m_cellSide) + 1), m_rows(int(area.height() / m_cellSide) + 1),
      m_cells(size_t(m_columns) * size_t(m_rows))
{
}

void DrawOrder::look(const Cell &cell, const QRectF &bounds, const Surface &surface,
                     Below *below) const
{
    for (const Placed &other : cell) {
        if (!other.bounds.intersects(bounds))
            continue;
        const Run &run = m_runs[size_t(other.run)];
        below->any = true;
        below->first = std::max(below->first,
                                !run.opaque && run.surface == surface ? other.run : other.run + 1);
    }
}

void DrawOrder::add(Cell &cell, const QRectF &bounds, int run)
{
    if (cell.size() < mostInCell) {
        cell.push_back({bounds, run});
        return;
    }
    // Whoever comes next lies over all of it: at worst a run more than needed.
    Placed pile{bounds, run};
    for (const Placed &placed : cell)
        pile = {pile.bounds | placed.bounds, std::max(pile.run, placed.run)};
    cell.assign(1, pile);
}

int DrawOrder::place(const QRectF &bounds, const Surface &surface)
{
    const auto column = [&](double x) {
        return std::clamp(int(std::floor((x - m_area.left()) / m_cellSide)), 0, m_columns - 1);
    };
    const auto row = [&](double y) {
        return std::clamp(int(std::floor((y - m_area.top()) / m_cellSide)), 0, m_rows - 1);
    };
    const int left = column(bounds.left()), right = column(bounds.right());
    const int top = row(bounds.top()), bottom = row(bounds.bottom());
    Below below;
    look(m_large, bounds, surface, &below);
    for (int y = top; y <= bottom; ++y)
        for (int x = left; x <= right; ++x)
            look(m_cells[size_t(y * m_columns + x)], bounds, surface, &below);

    const Key key{surface, !below.any && !surface.alpha && surface.opacity == 255};
    int run = m_last.value(key, -1);
    if (run < below.first) {
        run = int(m_runs.size());
        m_runs.push_back({surface, key.opaque});
        m_last.insert(key, run);
    }
    ++m_runs[size_t(run)].count;

    if ((right - left + 1) * (bottom - top + 1) > largeCells)
        add(m_large, bounds, run);
    else
        for (int y = top; y <= bottom; ++y)
            for (int x = left; x <= right; ++x)
                add(m_cells[size_t(y * m_columns + x)], bounds, run);
    return run;
}

} // namespace moodloom::ui
