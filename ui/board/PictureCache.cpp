#include "ui/board/PictureCache.h"

#include <algorithm>

namespace moodloom::ui {

PictureCache::~PictureCache()
{
    for (Entry &entry : m_entries)
        entry.stop.request_stop();
}

void PictureCache::setStore(std::shared_ptr<board::BoardStore> store)
{
    for (Entry &entry : m_entries)
        entry.stop.request_stop();
    m_entries.clear();
    m_queue.clear();
    m_bytes = 0;
    m_loads = 0;
    ++m_epoch;
    m_store = std::move(store);
}

int PictureCache::levelFor(double side, int natural)
{
    // A level may be shown up to a fifth enlarged: the next one costs four times the memory.
    int level = 16;
    while (level * 1.2 < side && level < 8192)
        level *= 2;
    return natural > 0 && level >= natural ? 0 : level;
}

bool PictureCache::isBetter(int level, int than)
{
    return than != 0 && (level == 0 || level > than);
}

QString PictureCache::keyOf(const QString &hash, Tone tone)
{
    return tone == Tone::Grey ? hash + QStringLiteral("|grey") : hash;
}

QImage PictureCache::held(const QString &hash, Tone tone) const
{
    const auto entry = m_entries.constFind(keyOf(hash, tone));
    return entry == m_entries.constEnd() ? QImage() : entry->picture.image;
}

PictureCache::Picture PictureCache::want(const QString &hash, const QString &path, int natural,
                                         double side, Tone tone)
{
    Entry &entry = m_entries[keyOf(hash, tone)];
    entry.hash = hash;
    entry.path = path;
    entry.tone = tone;
    entry.natural = natural;
    const int level = levelFor(side, natural);
    if (entry.used != m_frame || isBetter(level, entry.wanted))
        entry.wanted = level; // the largest of those that show it in this frame
    entry.used = m_frame;
    return entry.picture;
}

void PictureCache::start(const QString &key, Entry &entry)
{
    // First the thumbnail, which is quick; then what is really wanted.
    const int level = entry.level == -1 && isBetter(entry.wanted, board::thumbnailSide)
                          ? board::thumbnailSide
                          : entry.wanted;
    entry.loading = level;
    entry.stop = {};
    ++m_loads;
    const quint64 epoch = m_epoch;
    // A whole file is capped where no screen shows more.
    auto image = m_store->picture(entry.hash, entry.path, level == 0 ? 8192 : level, entry.stop.get_token());
    if (entry.tone == Tone::Grey) // on the reading thread
        image = image.then([](const Result<QImage> &color) -> Result<QImage> {
            if (!color || !color->hasAlphaChannel())
                return color ? color->convertToFormat(QImage::Format_Grayscale8).convertToFormat(QImage::Format_RGB32)
                             : color;
            QImage grey = color->convertToFormat(QImage::Format_Grayscale8).convertToFormat(QImage::Format_ARGB32);
            grey.setAlphaChannel(color->convertToFormat(QImage::Format_Alpha8));
            return grey.convertToFormat(QImage::Format_ARGB32_Premultiplied);
        });
    image.then(this, [this, key, level, epoch](const Result<QImage> &read) { arrived(key, level, epoch, read); });
}

void PictureCache::arrived(const QString &key, int level, quint64 epoch, const Result<QImage> &image)
{
    if (epoch != m_epoch)
        return;
    --m_loads;
    const auto found = m_entries.find(key);
    if (found == m_entries.end()) {
        startNext();
        return;
    }
    found->loading = -1;
    if (image) {
        // What the scene graph takes without another conversion on the UI thread.
        m_bytes += image->sizeInBytes() - found->picture.image.sizeInBytes();
        found->picture = {*image, ++m_versions, false};
        found->level = level;
    } else if (image.error().code != ErrorCode::Cancelled) {
        // The thumbnail goes on standing for a file that is gone.
        found->level = found->wanted;
        found->picture.missing = true;
        found->picture.version = ++m_versions;
    }
    const QString hash = found->hash;
    startNext();
    Q_EMIT changed(hash);
}

bool PictureCache::isWanting(const Entry &entry) const
{
    return entry.loading == -1 &&
           (entry.level == -1 || isBetter(entry.wanted, entry.level) ||
            (m_bytes > m_budget && isBetter(entry.level, entry.wanted)));
}

void PictureCache::startNext()
{
    while (m_loads < mostLoads && !m_queue.empty()) {
        const auto next = m_entries.find(m_queue.back());
        m_queue.pop_back();
        if (next != m_entries.end() && isWanting(*next))
            start(next.key(), *next);
    }
}

void PictureCache::endFrame()
{
    if (!m_store)
        return;
    m_queue.clear();
    for (auto it = m_entries.begin(); it != m_entries.end(); ++it) {
        if (it->loading != -1 && it->used + 30 < m_frame)
            it->stop.request_stop(); // it left the screen a while ago
        else if (it->used == m_frame && isWanting(*it))
            m_queue.push_back(it.key());
    }
    std::stable_partition(m_queue.begin(), m_queue.end(),
                          [this](const QString &key) { return m_entries[key].level != -1; });
    startNext();
    if (m_bytes > m_budget) {
        std::vector<std::pair<quint64, QString>> order; // least recently wanted first
        for (auto it = m_entries.cbegin(); it != m_entries.cend(); ++it)
            if (it->used != m_frame && it->loading == -1)
                order.emplace_back(it->used, it.key());
        std::sort(order.begin(), order.end());
        for (auto it = order.cbegin(); it != order.cend() && m_bytes > m_budget; ++it) {
            m_bytes -= m_entries[it->second].picture.image.sizeInBytes();
            m_entries.remove(it->second);
        }
    }
    ++m_frame;
}

} // namespace moodloom::ui
