#include "ui/board/PictureCache.h"

#include <algorithm>
#include <vector>

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
    m_bytes = 0;
    m_loads = 0;
    ++m_epoch;
    m_store = std::move(store);
}

int PictureCache::levelFor(double side, int natural)
{
    // A level may be shown up to a fifth enlarged: the next one costs four times the memory.
    int level = 256;
    while (level * 1.2 < side && level < 8192)
        level *= 2;
    return natural > 0 && level >= natural ? 0 : level;
}

bool PictureCache::isBetter(int level, int than)
{
    return than != 0 && (level == 0 || level > than);
}

PictureCache::Picture PictureCache::want(const QString &hash, const QString &path, int natural, double side)
{
    Entry &entry = m_entries[hash];
    entry.path = path;
    entry.natural = natural;
    const int level = levelFor(side, natural);
    if (entry.used != m_frame || isBetter(level, entry.wanted))
        entry.wanted = level; // the largest of those that show it in this frame
    entry.used = m_frame;
    return entry.picture;
}

void PictureCache::start(const QString &hash, Entry &entry)
{
    // First the thumbnail, which is quick; then what is really wanted.
    const int level = entry.level == -1 && entry.wanted != 256 ? 256 : entry.wanted;
    entry.loading = level;
    entry.stop = {};
    ++m_loads;
    const quint64 epoch = m_epoch;
    // A whole file is capped where no screen shows more.
    m_store->picture(hash, entry.path, level == 0 ? 8192 : level, entry.stop.get_token())
        .then(this, [this, hash, level, epoch](const Result<QImage> &image) {
            arrived(hash, level, epoch, image);
        });
}

void PictureCache::arrived(const QString &hash, int level, quint64 epoch, const Result<QImage> &image)
{
    if (epoch != m_epoch)
        return;
    --m_loads;
    const auto found = m_entries.find(hash);
    if (found == m_entries.end())
        return;
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
    Q_EMIT changed(hash);
}

void PictureCache::endFrame()
{
    if (!m_store)
        return;
    std::vector<std::pair<quint64, QString>> order; // most recently wanted first
    for (auto it = m_entries.begin(); it != m_entries.end(); ++it) {
        if (it->loading != -1 && it->used + 30 < m_frame)
            it->stop.request_stop(); // it left the screen a while ago
        order.emplace_back(it->used, it.key());
    }
    std::sort(order.begin(), order.end(), std::greater<>());
    for (const auto &[used, hash] : order) {
        Entry &entry = m_entries[hash];
        if (used != m_frame || m_loads >= mostLoads)
            break;
        if (entry.loading == -1 && (entry.level == -1 || isBetter(entry.wanted, entry.level)))
            start(hash, entry);
    }
    for (auto it = order.rbegin(); it != order.rend() && m_bytes > m_budget; ++it) {
        Entry &entry = m_entries[it->second];
        if (it->first == m_frame || entry.loading != -1)
            continue;
        m_bytes -= entry.picture.image.sizeInBytes();
        m_entries.remove(it->second);
    }
    ++m_frame;
}

} // namespace moodloom::ui
