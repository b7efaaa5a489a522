// Measures how long the event loop of its thread stands still.
//
// A second, plain thread that only sleeps and wakes runs beside it: what delays that one as well is
// the machine's doing, not ours, so a busy test machine does not fail the test.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

namespace moodloom::testing {

class EventLoopWatch : public QObject
{
public:
    EventLoopWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(2);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            const qint64 gap = m_clock.restart();
            if (gap > m_longest) {
                m_longest = gap;
            }
            ++m_ticks;
        });
        m_clock.start();
        m_timer.start();
        m_control = std::thread([this] {
            auto last = std::chrono::steady_clock::now();
            while (!m_quit) {
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
                const auto now = std::chrono::steady_clock::now();
                const auto gap = std::chrono::duration_cast<std::chrono::milliseconds>(now - last);
                m_controlGap = std::max<qint64>(m_controlGap, gap.count());
                last = now;
            }
        });
    }
    ~EventLoopWatch() override
    {
        m_quit = true;
        m_control.join();
    }

    // The longest gap between two turns of the event loop, ms.
    qint64 longestGap() const { return m_longest; }
    // The longest sleep of the control thread beyond its 2 ms, ms: the machine's own hiccups.
    qint64 machineDelay() const { return m_controlGap; }
    int ticks() const { return m_ticks; }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_longest = 0;
    int m_ticks = 0;
    std::atomic<qint64> m_controlGap = 0;
    std::atomic<bool> m_quit = false;
    std::thread m_control;
};

} // namespace moodloom::testing
