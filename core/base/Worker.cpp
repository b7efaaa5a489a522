#include "core/base/Worker.h"

#include <new>
#include <optional>
#include <pthread.h>

namespace moodloom {

Error detail::currentException(const std::string &where)
{
    try {
        throw;
    } catch (const std::bad_alloc &) {
        return {ErrorCode::OutOfMemory, where, "close other programs or choose a smaller size"};
    } catch (const std::exception &e) {
        const std::string what = e.what();
        // torch reports exhausted memory as an ordinary error with these words.
        if (what.find("out of memory") != std::string::npos ||
            what.find("can't allocate memory") != std::string::npos ||
            what.find("could not create a memory") != std::string::npos) // oneDNN's
            return {ErrorCode::OutOfMemory, where, "close other programs or choose a smaller size"};
        return {ErrorCode::Internal, where, what};
    } catch (...) {
        return {ErrorCode::Internal, where, "unknown exception"};
    }
}

Worker::Worker(QString name, std::function<void()> start) : m_name(std::move(name))
{
    m_thread = std::thread([this, start = std::move(start)] {
        pthread_setname_np(pthread_self(), m_name.left(15).toUtf8().constData());
        if (start)
            start();
        loop();
    });
}

Worker::~Worker()
{
    cancelAll();
    {
        const std::lock_guard lock(m_mutex);
        m_quit = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void Worker::enqueue(std::stop_token stop, Task task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back({std::move(stop), std::move(task)});
    }
    m_wake.notify_one();
}

void Worker::cancelAll()
{
    std::deque<Entry> dropped;
    {
        const std::lock_guard lock(m_mutex);
        dropped.swap(m_queue);
        m_current.request_stop();
    }
    for (Entry &entry : dropped)
        entry.task({}, false);
}

int Worker::pending() const
{
    const std::lock_guard lock(m_mutex);
    return int(m_queue.size()) + (m_running ? 1 : 0);
}

void Worker::loop()
{
    for (;;) {
        Entry entry;
        std::stop_source source;
        {
            std::unique_lock lock(m_mutex);
            m_running = false;
            m_wake.wait(lock, [this] { return m_quit || !m_queue.empty(); });
            if (m_queue.empty())
                return;
            entry = std::move(m_queue.front());
            m_queue.pop_front();
            m_current = source;
            m_running = true;
        }
        // Either the caller's token or the worker's own ends the job.
        std::stop_callback forward(entry.stop, [&source] { source.request_stop(); });
        entry.task(source.get_token(), !source.stop_requested());
    }
}

} // namespace moodloom
