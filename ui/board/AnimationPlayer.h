// The frames of pictures that move, for the canvas: which one is shown now, and when the next is
// due.
//
// Only what is seen plays. Frames are read and decoded in the background, as large as they are
// seen, within a budget: beyond it what is not seen is forgotten first, and what does not fit stays
// still.
//
// An object of the UI thread.
#pragma once

#include "core/board/BoardStore.h"
#include "core/image/Animation.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>

namespace moodloom::ui {

class AnimationPlayer : public QObject
{
    Q_OBJECT
public:
    explicit AnimationPlayer(QObject *parent = nullptr);

    void setStore(std::shared_ptr<board::BoardStore> store); // forgets everything
    void setBudget(qint64 bytes) { m_budget = bytes; }
    qint64 bytes() const { return m_bytes; }

    bool isPlaying() const { return m_playing; }
    void setPlaying(bool playing); // stopped, every picture stays as it is then

    // Its name says that it can move, or it has none (pasted) and is seen large enough to be looked
    // into once; and it is not known to be still. `side`: device pixels.
    bool mayMove(const QString &hash, const QString &path, double side) const;
    // What it shows now, of the frames that are there; null until they are. Asks for them, `side`
    // device pixels long. Seen until the next endFrame().
    QImage frame(const QString &hash, const QString &path, double side);
    // The same without asking.
    QImage shown(const QString &hash) const;
    void endFrame(); // all that is seen has been asked for

Q_SIGNALS:
    void advanced(); // what is seen shows another frame
    void arrived();  // frames to be asked for

private:
    struct Entry
    {
        image::Animation animation;
        int side = 0; // that it was read for
        bool loading = false;
        int wanted = 0;
        QString path;
        quint64 seen = 0; // the frame of the canvas
    };
    qint64 now() const { return m_time + (m_playing ? m_clock.elapsed() : 0); }
    void load(const QString &hash, Entry &entry);
    void take(const QString &hash, quint64 epoch, const Result<image::Animation> &animation);
    void forget();
    void schedule();

    static constexpr qint64 mostEach = qint64(48) << 20;
    static constexpr int mostLoads = 2;
    static constexpr double leastSide = 24, leastNameless = 160; // device pixels
    static constexpr int leastStep = 40;                         // ms: faster ones leave frames out

    std::shared_ptr<board::BoardStore> m_store;
    QSet<QString> m_still; // one frame, or cannot be read
    QHash<QString, Entry> m_entries;
    QTimer m_next;
    QElapsedTimer m_clock;
    qint64 m_time = 0; // played so far, until m_clock was started
    bool m_playing = true;
    quint64 m_frame = 1, m_epoch = 0;
    qint64 m_bytes = 0;
    qint64 m_budget = qint64(192) << 20;
    int m_loads = 0;
};

} // namespace moodloom::ui
