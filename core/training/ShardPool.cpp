#include "core/training/ShardPool.h"

#include "core/base/Machine.h"

#include <algorithm>

namespace moodloom::training {

ShardPool::ShardPool(int threads) : m_due(size_t(std::max(1, threads)))
{
    for (int i = 0; i < std::max(1, threads); ++i)
        m_threads.emplace_back([this, i] { serve(i); });
}

ShardPool::~ShardPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_quit = true;
    }
    m_begin.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

void ShardPool::run(const std::function<void(int)> &work)
{
    std::unique_lock lock(m_mutex);
    m_work = &work;
    m_left = size();
    m_due.assign(m_due.size(), true);
    m_error = nullptr;
    m_begin.notify_all();
    m_end.wait(lock, [this] { return m_left == 0; });
    m_work = nullptr;
    if (m_error)
        std::rethrow_exception(m_error);
}

void ShardPool::serve(int index)
{
    useComputeThreads(1);
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_begin.wait(lock, [&] { return m_quit || m_due[size_t(index)]; });
        if (m_quit)
            return;
        m_due[size_t(index)] = false;
        const auto *work = m_work;
        lock.unlock();
        std::exception_ptr error;
        try {
            (*work)(index);
        } catch (...) {
            error = std::current_exception();
        }
        lock.lock();
        if (error && !m_error)
            m_error = error;
        if (--m_left == 0)
            m_end.notify_one();
    }
}

} // namespace moodloom::training
