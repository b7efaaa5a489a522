// A thread that owns one resource (a device, an index, a disk) and runs jobs on it in order.
//
// run() may be called from any thread and never blocks. Jobs run one at a time on the worker's own
// thread; only they touch the resource. Every job gets a stop token, every future finishes.
#pragma once

#include "core/base/Result.h"

#include <QFuture>
#include <QPromise>
#include <QString>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <type_traits>

namespace moodloom {

namespace detail {
template <class T> struct IsResult : std::false_type {};
template <class T> struct IsResult<Result<T>> : std::true_type {};

// What the exception that is being handled means. Requires: called inside a catch block.
Error currentException(const std::string &where);
} // namespace detail

class Worker
{
public:
    // `start` runs first on the new thread (thread counts, torch's no-grad mode).
    explicit Worker(QString name, std::function<void()> start = {});
    // Asks the running job to stop, drops the waiting ones (they end as Cancelled) and joins.
    ~Worker();
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    // Runs job(std::stop_token) on the worker and hands on its Result<T> (or its T as Result<T>).
    // Exceptions become errors here and nowhere else. `stop` cancels this job only: a job that has
    // not begun is not begun. Never call QFuture::cancel() on what comes back.
    template <class Job> auto run(Job job, std::stop_token stop = {})
    {
        using Returned = std::invoke_result_t<Job, std::stop_token>;
        using Outcome = std::conditional_t<detail::IsResult<Returned>::value, Returned,
                                           Result<Returned>>;
        auto promise = std::make_shared<QPromise<Outcome>>();
        promise->start();
        auto future = promise->future();
        enqueue(std::move(stop), [promise, job = std::move(job), name = m_name](
                                     std::stop_token token, bool begin) mutable {
            Outcome outcome = cancelled();
            if (begin) {
                try {
                    if constexpr (std::is_void_v<Returned>) {
                        job(token);
                        outcome = Outcome{};
                    } else {
                        outcome = Outcome(job(token));
                    }
                } catch (...) {
                    outcome = fail(detail::currentException(name.toStdString()));
                }
            }
            promise->addResult(std::move(outcome));
            promise->finish();
        });
        return future;
    }

    // Asks the running job to stop and drops the waiting ones.
    void cancelAll();

    // Jobs waiting or running.
    int pending() const;

    const QString &name() const { return m_name; }

private:
    using Task = std::function<void(std::stop_token, bool begin)>;
    struct Entry
    {
        std::stop_token stop;
        Task task;
    };
    void enqueue(std::stop_token stop, Task task);
    void loop();

    const QString m_name;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Entry> m_queue;      // guarded by m_mutex
    std::stop_source m_current;     // guarded by m_mutex: the running job's
    bool m_running = false;         // guarded by m_mutex
    bool m_quit = false;            // guarded by m_mutex
    std::thread m_thread;
};

} // namespace moodloom
