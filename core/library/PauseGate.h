// Where working threads wait while the user has paused them. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace moodloom::library {

class PauseGate
{
public:
    using Clock = std::chrono::steady_clock;

    void close()
    {
        const std::lock_guard lock(m_mutex);
        if (!m_closed)
            m_closedAt = Clock::now();
        m_closed = true;
    }

    void open()
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed)
            m_waited += Clock::now() - m_closedAt;
        m_closed = false;
        m_opened.notify_all();
    }

    bool isClosed() const
    {
        const std::lock_guard lock(m_mutex);
        return m_closed;
    }

    // Returns when the gate is open or a stop is requested.
    void pass(std::stop_token stop)
    {
        std::unique_lock lock(m_mutex);
        m_opened.wait(lock, stop, [this] { return !m_closed; });
    }

    // How long it has been closed, all in all.
    Clock::duration closedFor() const
    {
        const std::lock_guard lock(m_mutex);
        return m_waited + (m_closed ? Clock::now() - m_closedAt : Clock::duration::zero());
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_opened;
    bool m_closed = false; // guarded by m_mutex, as the rest
    Clock::time_point m_closedAt;
    Clock::duration m_waited = Clock::duration::zero();
};

} // namespace moodloom::library
