// Where small pictures lie on large shared images, so that thousands are drawn with a few textures.
//
// A page holds pictures of one size class, each in a slot with an edge of its own pixels around it,
// with or without transparency. Plain values, no scene graph: belongs to one thread.
#pragma once

#include <QHash>
#include <QImage>
#include <QRectF>

#include <map>
#include <vector>

namespace moodloom::ui {

class AtlasPages
{
public:
    static constexpr int pageSide = 1024;
    static constexpr qint64 pageBytes = qint64(pageSide) * pageSide * 4;

    struct Place
    {
        int page = -1;
        QRectF part; // of the page, in shares of it
    };

    // Pages beyond the budget go when nothing of the frame lies on them: what is seen always has
    // room.
    explicit AtlasPages(qint64 budget = 24 * pageBytes) : m_budget(budget) {}

    // The size class of a picture: 16, 32, 64 or 128 pixels; 0 = too large for a page.
    static int slotFor(QSize size);

    void beginFrame() { ++m_frame; }
    // Where the picture lies; it is copied there first unless it is there already. Another image,
    // another key (QImage::cacheKey). Requires: slotFor(image.size()) > 0.
    Place place(const QImage &image);
    // Forgets what was not placed lately as far as the budget asks for it.
    void endFrame();

    std::vector<int> pages() const;
    const QImage &image(int page) const { return m_pages.at(page).image; }
    bool hasAlpha(int page) const { return m_pages.at(page).alpha; }
    // Whether pixels came since this was asked last.
    bool takeChanged(int page) { return std::exchange(m_pages.at(page).changed, false); }
    bool holds(const QImage &image) const { return m_places.contains(image.cacheKey()); }
    qint64 bytes() const { return qint64(m_pages.size()) * pageBytes; }

private:
    struct Slot
    {
        qint64 key = 0; // 0 = free
        quint64 used = 0;
    };
    struct Page
    {
        int slot = 0; // its size class
        bool alpha = false;
        bool changed = false;
        quint64 used = 0;
        QImage image;
        std::vector<Slot> held; // by place
        std::vector<int> free;
    };
    Page *pageWithRoom(int slot, bool alpha);
    bool reclaim(int slot, bool alpha);
    void copy(const QImage &image, Page &page, int index);
    static QPoint origin(const Page &page, int index);

    std::map<int, Page> m_pages;
    QHash<qint64, std::pair<int, int>> m_places; // page and slot
    qint64 m_budget;
    quint64 m_frame = 0;
    int m_next = 0;
};

} // namespace moodloom::ui
