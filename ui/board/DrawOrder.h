// Sorts quads that come from the back to the front into as few draw calls as their overlaps allow.
//
// A run is what is drawn at once: quads of one surface (a texture, or plain colours), in the order
// in which they came. Only what overlaps must keep its order, so a board of thousands of pictures
// side by side becomes a run a texture. Plain values, any thread.
#pragma once

#include <QHash>
#include <QRectF>

#include <vector>

namespace moodloom::ui {

class DrawOrder
{
public:
    struct Surface
    {
        quint64 id = 0;     // of its texture; 0 = plain colours
        bool alpha = false; // what lies below it may shine through
        int opacity = 255;
        bool operator==(const Surface &) const = default;
    };
    struct Run
    {
        Surface surface;
        bool opaque = false; // its quads lie on nothing and hide what is below: no order among them
        int count = 0;
    };

    // `area`: where the quads are; `extent`: about how large one of them is.
    DrawOrder(const QRectF &area, double extent);

    // The run that draws a quad within `bounds` on top of all that came before.
    int place(const QRectF &bounds, const Surface &surface);

    // In the order in which they must be drawn.
    const std::vector<Run> &runs() const { return m_runs; }

private:
    struct Placed
    {
        QRectF bounds;
        int run = 0;
    };
    using Cell = std::vector<Placed>;
    struct Key
    {
        Surface surface;
        bool opaque;
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed = 0)
        {
            return qHashMulti(seed, key.surface.id, key.surface.alpha, key.surface.opacity,
                              key.opaque);
        }
    };
    struct Below
    {
        int first = 0; // the first run that is not below any of it
        bool any = false;
    };
    void look(const Cell &cell, const QRectF &bounds, const Surface &surface, Below *below) const;
    static void add(Cell &cell, const QRectF &bounds, int run);

    QRectF m_area;
    double m_cellSide;
    int m_columns, m_rows;
    std::vector<Cell> m_cells;
    Cell m_large; // what would fill too many cells
    std::vector<Run> m_runs;
    QHash<Key, int> m_last;
};

} // namespace moodloom::ui
