#include "ui/board/AtlasPages.h"

#include <algorithm>
#include <cstring>

namespace moodloom::ui {

int AtlasPages::slotFor(QSize size)
{
    const int side = std::max(size.width(), size.height());
    for (const int slot : {16, 32, 64, 128})
        if (side <= slot)
            return slot;
    return 0;
}

QPoint AtlasPages::origin(const Page &page, int index)
{
    const int step = page.slot + 2, columns = pageSide / step;
    return {index % columns * step + 1, index / columns * step + 1};
}

AtlasPages::Page *AtlasPages::pageWithRoom(int slot, bool alpha)
{
    for (auto &[id, page] : m_pages)
        if (page.slot == slot && page.alpha == alpha && !page.free.empty())
            return &page;
    return nullptr;
}

bool AtlasPages::reclaim(int slot, bool alpha)
{
    bool any = false;
    for (auto &[id, page] : m_pages) {
        if (page.slot != slot || page.alpha != alpha)
            continue;
        for (size_t i = 0; i < page.held.size(); ++i) {
            Slot &old = page.held[i];
            if (old.key == 0 || old.used == m_frame)
                continue;
            m_places.remove(old.key);
            old.key = 0;
            page.free.push_back(int(i));
            any = true;
        }
    }
    return any;
}

void AtlasPages::copy(const QImage &image, Page &page, int index)
{
    const QImage pixels = image.convertToFormat(page.image.format());
    const QPoint at = origin(page, index);
    const int w = pixels.width(), h = pixels.height();
    const qsizetype stride = page.image.bytesPerLine();
    uchar *bits = page.image.bits();
    // With its outermost pixels once more around it: filtering must not reach its neighbours.
    for (int y = -1; y <= h; ++y) {
        uchar *row = bits + (at.y() + y) * stride + (at.x() - 1) * 4;
        const uchar *from = pixels.constScanLine(std::clamp(y, 0, h - 1));
        std::memcpy(row, from, 4);
        std::memcpy(row + 4, from, size_t(w) * 4);
        std::memcpy(row + 4 + w * 4, from + (w - 1) * 4, 4);
    }
    page.changed = true;
}

AtlasPages::Place AtlasPages::place(const QImage &image)
{
    const qint64 key = image.cacheKey();
    const auto partOf = [&](const Page &page, int index) {
        const double share = 1.0 / pageSide;
        const QPoint at = origin(page, index);
        return QRectF(at.x() * share, at.y() * share, image.width() * share,
                      image.height() * share);
    };
    if (const auto known = m_places.constFind(key); known != m_places.constEnd()) {
        Page &page = m_pages.at(known->first);
        page.used = page.held[size_t(known->second)].used = m_frame;
        return {known->first, partOf(page, known->second)};
    }
    const int slot = slotFor(image.size());
    const bool alpha = image.hasAlphaChannel();
    Page *page = pageWithRoom(slot, alpha);
    if (!page && bytes() + pageBytes > m_budget && reclaim(slot, alpha))
        page = pageWithRoom(slot, alpha);
    if (!page) {
        page = &m_pages[m_next++];
        page->slot = slot;
        page->alpha = alpha;
        page->image =
            QImage(pageSide, pageSide,
                   alpha ? QImage::Format_RGBA8888_Premultiplied : QImage::Format_RGBX8888);
        page->image.fill(alpha ? Qt::transparent : Qt::black);
        const int columns = pageSide / (slot + 2);
        page->held.resize(size_t(columns * columns));
        for (int i = columns * columns - 1; i >= 0; --i)
            page->free.push_back(i);
    }
    const int id = std::find_if(m_pages.begin(), m_pages.end(), [&](const auto &p) {
                       return &p.second == page;
                   })->first;
    const int index = page->free.back();
    page->free.pop_back();
    page->held[size_t(index)] = {key, m_frame};
    page->used = m_frame;
    copy(image, *page, index);
    m_places.insert(key, {id, index});
    return {id, partOf(*page, index)};
}

void AtlasPages::endFrame()
{
    while (bytes() > m_budget) {
        const auto oldest =
            std::min_element(m_pages.begin(), m_pages.end(), [](const auto &a, const auto &b) {
                return a.second.used < b.second.used;
            });
        if (oldest->second.used == m_frame)
            return;
        for (const Slot &slot : oldest->second.held)
            if (slot.key != 0)
                m_places.remove(slot.key);
        m_pages.erase(oldest);
    }
}

std::vector<int> AtlasPages::pages() const
{
    std::vector<int> ids;
    for (const auto &[id, page] : m_pages)
        ids.push_back(id);
    return ids;
}

} // namespace moodloom::ui
