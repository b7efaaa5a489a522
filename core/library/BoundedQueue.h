// A queue between threads that holds only so much: whoever produces faster than the others consume
// waits. All of it is thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

namespace moodloom::library {

template <class T> class BoundedQueue
{
public:
    explicit BoundedQueue(size_t capacity) : m_capacity(capacity) {}

    // Waits for room. False, and nothing queued, when stopped.
    bool push(T item, std::stop_token stop = {})
    {
        std::unique_lock lock(m_mutex);
        if (!m_room.wait(lock, stop, [this] { return m_items.size() < m_capacity; }))
            return false;
        m_items.push_back(std::move(item));
        m_filled.notify_one();
        return true;
    }

    // Waits for an item. Nothing when stopped, or closed and empty.
    std::optional<T> pop(std::stop_token stop = {})
    {
        std::unique_lock lock(m_mutex);
        if (!m_filled.wait(lock, stop, [this] { return !m_items.empty() || m_closed; }) ||
            m_items.empty())
            return std::nullopt;
        std::optional<T> item(std::move(m_items.front()));
        m_items.pop_front();
        m_room.notify_one();
        return item;
    }

    // What has come within `patience`, up to `most` items: possibly nothing.
    std::vector<T> popBatch(size_t most, std::chrono::milliseconds patience)
    {
        std::unique_lock lock(m_mutex);
        m_filled.wait_for(lock, patience, [&] { return m_items.size() >= most || m_closed; });
        std::vector<T> batch;
        while (!m_items.empty() && batch.size() < most) {
            batch.push_back(std::move(m_items.front()));
            m_items.pop_front();
        }
        m_room.notify_all();
        return batch;
    }

    // No more items will come.
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_filled.notify_all();
    }

    bool finished() const
    {
        const std::lock_guard lock(m_mutex);
        return m_closed && m_items.empty();
    }

private:
    const size_t m_capacity;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_room;
    std::condition_variable_any m_filled;
    std::deque<T> m_items; // guarded by m_mutex
    bool m_closed = false; // guarded by m_mutex
};

} // namespace moodloom::library
