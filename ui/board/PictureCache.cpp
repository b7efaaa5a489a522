#include "ui/board/PictureCache.h"

#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>
#include <array>

namespace moodloom::ui {
namespace {

// What the scene graph takes without another conversion on the render thread.
QImage drawable(QImage image, PictureCache::Tone tone)
{
    const bool alpha = image.hasAlphaChannel();
    if (tone == PictureCache::Tone::Grey) {
        QImage grey = image.convertToFormat(QImage::Format_Grayscale8);
        if (!alpha)
            return grey.convertToFormat(QImage::Format_RGBX8888);
        grey = grey.convertToFormat(QImage::Format_ARGB32);
        grey.setAlphaChannel(image.convertToFormat(QImage::Format_Alpha8));
        image = grey;
    }
    return image.convertToFormat(alpha ? QImage::Format_RGBA8888_Premultiplied : QImage::Format_RGBX8888);
}

QImage shrunk(const QImage &image, int level)
{
    const QSize size = image.size().scaled(level, level, Qt::KeepAspectRatio).expandedTo({1, 1});
    return image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(image.format());
}

} // namespace

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
    m_coarser = 1;
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

int PictureCache::settledLevel(double side, int natural, int now)
{
    const int level = levelFor(side, natural);
    if (now == -1 || level == now)
        return level;
    const int other = isBetter(level, now) ? levelFor(side / 1.1, natural) : levelFor(side * 1.2, natural);
    return other == now ? now : level;
}

bool PictureCache::isBetter(int level, int than)
{
    return than != 0 && (level == 0 || level > than);
}

QString PictureCache::keyOf(const QString &hash, Tone tone)
{
    return tone == Tone::Grey ? hash + QStringLiteral("|grey") : hash;
}

const PictureCache::Held *PictureCache::best(const Entry &entry)
{
    for (const Held &held : entry.held)
        if (!isBetter(entry.wanted, held.level))
            return &held;
    return entry.held.empty() ? nullptr : &entry.held.back();
}

QImage PictureCache::held(const QString &hash, Tone tone) const
{
    const auto entry = m_entries.constFind(keyOf(hash, tone));
    const Held *found = entry == m_entries.constEnd() ? nullptr : best(*entry);
    return found ? found->image : QImage();
}

PictureCache::Picture PictureCache::want(const QString &hash, const QString &path, int natural,
                                         double side, Tone tone, Urgency urgency)
{
    Entry &entry = m_entries[keyOf(hash, tone)];
    if (entry.used != m_frame) {
        if (entry.used == 0) {
            entry.hash = hash;
            entry.tone = tone;
        }
        if (entry.path != path)
            entry.failed = -1; // it was found elsewhere
        entry.path = path;
        entry.natural = natural;
        entry.side = 0;
        entry.ahead = true;
        entry.used = m_frame;
    }
    entry.ahead = entry.ahead && urgency == Urgency::Ahead;
    if (side > entry.side) { // the largest of those that show it in this frame
        entry.side = side;
        entry.wanted = settledLevel(side / m_coarser, natural, entry.wanted);
    }
    auto *shown = const_cast<Held *>(best(entry));
    if (!shown)
        return {{}, 0, entry.missing};
    shown->used = m_frame;
    return {shown->image, shown->version, entry.missing};
}

void PictureCache::lookAgain()
{
    for (Entry &entry : m_entries)
        entry.failed = -1;
}

void PictureCache::start(const QString &key, Entry &entry)
{
    // First the thumbnail, which is quick; then what is really wanted.
    const bool standIn = entry.held.empty() && isBetter(entry.wanted, board::thumbnailSide);
    const int level = standIn ? board::thumbnailSide : entry.wanted;
    entry.loading = level;
    entry.stop = {};
    ++m_loads;
    const quint64 epoch = m_epoch;
    QFuture<Result<QImage>> image;
    if (const Held *larger = best(entry); larger && isBetter(larger->level, level)) {
        image = QtConcurrent::run([from = larger->image, level]() -> Result<QImage> { return shrunk(from, level); });
    } else {
        // A whole file is capped where no screen shows more.
        image = m_store->picture(entry.hash, entry.path, level == 0 ? 8192 : level, entry.stop.get_token(),
                                 [tone = entry.tone](const QImage &read) { return drawable(read, tone); });
    }
    image.then(this, [this, key, level, standIn, epoch](const Result<QImage> &read) {
        arrived(key, level, standIn, epoch, read);
    });
}

void PictureCache::arrived(const QString &key, int level, bool standIn, quint64 epoch,
                           const Result<QImage> &image)
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
        std::erase_if(found->held, [&](const Held &held) {
            if (held.standIn || held.level == level)
                m_bytes -= held.image.sizeInBytes();
            return held.standIn || held.level == level;
        });
        const auto larger = std::find_if(found->held.begin(), found->held.end(),
                                         [&](const Held &held) { return isBetter(held.level, level); });
        found->held.insert(larger, Held{level, *image, ++m_versions, m_frame, standIn});
        m_bytes += image->sizeInBytes();
        found->failed = -1;
        found->missing = false;
    } else if (image.error().code != ErrorCode::Cancelled) {
        // The thumbnail goes on standing for a file that is gone.
        found->failed = found->wanted;
        found->missing = true;
    }
    const QString hash = found->hash;
    startNext();
    Q_EMIT changed(hash);
}

bool PictureCache::isWanting(const Entry &entry)
{
    if (entry.loading != -1 || entry.failed == entry.wanted)
        return false;
    const Held *shown = best(entry);
    return !shown || shown->level != entry.wanted;
}

void PictureCache::startNext()
{
    while (!m_queue.empty()) {
        const auto next = m_entries.find(m_queue.back());
        const bool small = next != m_entries.end() && !isBetter(next->wanted, board::thumbnailSide);
        if (m_loads >= (small ? mostSmallLoads : mostLoads))
            return;
        m_queue.pop_back();
        if (next != m_entries.end() && isWanting(*next))
            start(next.key(), *next);
    }
}

void PictureCache::forget()
{
    struct Candidate
    {
        quint64 used;
        qint64 bytes;
        Entry *entry;
        int level;
    };
    std::vector<Candidate> order;
    for (auto it = m_entries.begin(); it != m_entries.end(); ++it)
        for (const Held &held : it->held)
            if (held.used != m_frame)
                order.push_back({held.used, held.image.sizeInBytes(), &*it, held.level});
    std::sort(order.begin(), order.end(), [](const Candidate &a, const Candidate &b) {
        return a.used != b.used ? a.used < b.used : a.bytes > b.bytes;
    });
    for (auto it = order.cbegin(); it != order.cend() && m_bytes > m_budget; ++it) {
        m_bytes -= it->bytes;
        std::erase_if(it->entry->held, [&](const Held &held) { return held.level == it->level; });
    }
    m_entries.removeIf([this](const auto &entry) {
        return entry->held.empty() && entry->loading == -1 && entry->used != m_frame;
    });
}

void PictureCache::chooseDetail()
{
    // By what it comes to once all of it has been read; a step is half the side, a quarter of the memory.
    double bytes = 0;
    for (const Entry &entry : std::as_const(m_entries))
        if (entry.used == m_frame) {
            const double side = entry.wanted == 0 ? std::min(entry.natural, 8192) : entry.wanted;
            bytes += side * side * 4;
        }
    const double before = m_coarser;
    if (bytes > double(m_budget) * 1.5 && m_coarser < 64)
        m_coarser *= 2;
    else if (bytes < double(m_budget) / 4 && m_coarser > 1)
        m_coarser /= 2;
    if (m_coarser != before) // what is seen is to be wanted anew
        QMetaObject::invokeMethod(this, [this] { Q_EMIT changed({}); }, Qt::QueuedConnection);
}

void PictureCache::endFrame()
{
    if (!m_store)
        return;
    // Started from the end: what is seen and shows nothing, what is seen too coarsely, what is near.
    std::array<std::vector<QString>, 3> queues;
    for (auto it = m_entries.begin(); it != m_entries.end(); ++it) {
        if (it->loading != -1 && it->used + 2 < m_frame)
            it->stop.request_stop(); // it left the screen a while ago
        else if (it->used == m_frame && isWanting(*it))
            queues[it->ahead ? 0 : it->held.empty() ? 2 : 1].push_back(it.key());
    }
    m_queue = std::move(queues[0]);
    for (size_t i = 1; i < queues.size(); ++i)
        m_queue.insert(m_queue.end(), queues[i].begin(), queues[i].end());
    startNext();
    if (m_bytes > m_budget)
        forget();
    chooseDetail();
    ++m_frame;
}

} // namespace moodloom::ui
