#include "ui/board/AnimationPlayer.h"

#include "ui/board/PictureCache.h"

#include <QFuture>

#include <algorithm>

namespace moodloom::ui {

AnimationPlayer::AnimationPlayer(QObject *parent) : QObject(parent)
{
    m_clock.start();
    m_next.setSingleShot(true);
    m_next.setTimerType(Qt::PreciseTimer);
    connect(&m_next, &QTimer::timeout, this, [this] {
        Q_EMIT advanced();
        schedule();
    });
}

void AnimationPlayer::setStore(std::shared_ptr<board::BoardStore> store)
{
    ++m_epoch;
    m_store = std::move(store);
    m_still.clear();
    m_entries.clear();
    m_bytes = 0;
    m_loads = 0;
    m_next.stop();
}

bool AnimationPlayer::mayMove(const QString &hash, const QString &path, double side) const
{
    if (side < (path.isEmpty() ? leastNameless : leastSide) || m_still.contains(hash))
        return false;
    return path.isEmpty() || path.endsWith(QLatin1String(".gif"), Qt::CaseInsensitive) ||
           path.endsWith(QLatin1String(".webp"), Qt::CaseInsensitive);
}

void AnimationPlayer::setPlaying(bool playing)
{
    if (playing == m_playing)
        return;
    m_time = now();
    m_playing = playing;
    m_clock.restart();
    schedule();
}

QImage AnimationPlayer::shown(const QString &hash) const
{
    const auto entry = m_entries.constFind(hash);
    if (entry == m_entries.constEnd() || entry->animation.frames.isEmpty())
        return {};
    return entry->animation.frames[entry->animation.frameAt(now())];
}

QImage AnimationPlayer::frame(const QString &hash, const QString &path, double side)
{
    Entry &entry = m_entries[hash];
    if (entry.seen != m_frame)
        entry.wanted = 0;
    entry.seen = m_frame;
    entry.path = path;
    entry.wanted = std::max(entry.wanted, std::clamp(PictureCache::levelFor(side, 0), 64, 1024));
    return shown(hash);
}

void AnimationPlayer::endFrame()
{
    // While it stands still, nothing that moves is read: the first frame is there anyway.
    if (m_playing)
        for (auto it = m_entries.begin(); it != m_entries.end() && m_loads < mostLoads; ++it)
            if (it->seen == m_frame && !it->loading && it->wanted > it->side &&
                (!it->animation.frames.isEmpty() || m_bytes < m_budget))
                load(it.key(), *it);
    if (m_bytes > m_budget)
        forget();
    ++m_frame;
    schedule();
}

void AnimationPlayer::load(const QString &hash, Entry &entry)
{
    entry.loading = true;
    entry.side = entry.wanted;
    ++m_loads;
    image::AnimationOptions options;
    options.maxSide = entry.wanted;
    options.maxBytes = mostEach;
    m_store->bytes(hash, entry.path)
        .then(QtFuture::Launch::Async,
              [options](const Result<QByteArray> &bytes) -> Result<image::Animation> {
                  if (!bytes)
                      return fail(bytes.error());
                  return image::decodeAnimation(*bytes, options);
              })
        .then(this, [this, hash, epoch = m_epoch](const Result<image::Animation> &animation) {
            take(hash, epoch, animation);
        });
}

void AnimationPlayer::take(const QString &hash, quint64 epoch,
                           const Result<image::Animation> &animation)
{
    if (epoch != m_epoch)
        return;
    --m_loads;
    const auto entry = m_entries.find(hash);
    if (entry == m_entries.end())
        return;
    entry->loading = false;
    m_bytes -= entry->animation.bytes();
    if (animation && animation->frames.size() > 1) {
        entry->animation = *animation;
        m_bytes += animation->bytes();
    } else {
        m_still.insert(hash);
        m_entries.erase(entry);
    }
    Q_EMIT arrived();
}

void AnimationPlayer::forget()
{
    // m_frame is the one that has just been built.
    QVector<QString> unseen;
    for (auto it = m_entries.cbegin(); it != m_entries.cend(); ++it)
        if (it->seen != m_frame && !it->loading)
            unseen.append(it.key());
    std::sort(unseen.begin(), unseen.end(), [this](const QString &a, const QString &b) {
        return m_entries[a].seen < m_entries[b].seen;
    });
    for (const QString &hash : unseen) {
        if (m_bytes <= m_budget)
            return;
        m_bytes -= m_entries[hash].animation.bytes();
        m_entries.remove(hash);
    }
}

void AnimationPlayer::schedule()
{
    m_next.stop();
    if (!m_playing)
        return;
    qint64 least = -1;
    const qint64 time = now();
    for (const Entry &entry : std::as_const(m_entries)) {
        const image::Animation &animation = entry.animation;
        if (entry.seen + 1 < m_frame || animation.frames.isEmpty())
            continue; // not on the screen
        qint64 left = time % std::max(1, animation.duration());
        for (const int delay : animation.delays) {
            left -= delay;
            if (left < 0)
                break;
        }
        const qint64 due = std::max<qint64>(leastStep, -left);
        least = least < 0 ? due : std::min(least, due);
    }
    if (least >= 0)
        m_next.start(int(least));
}

} // namespace moodloom::ui
