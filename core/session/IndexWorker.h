// The thread that searches one library. What the user waits for goes first: background work is asked
// to stop and comes again behind it.
//
// run() and background() may be called from any thread; the LibraryIndex is touched only on the
// worker, which opens it before the first job.
#pragma once

#include "core/base/Worker.h"
#include "core/session/LibraryIndex.h"

#include <memory>
#include <mutex>

namespace moodloom::session {

class IndexWorker
{
public:
    IndexWorker(QString folder, QString modelFolder);
    ~IndexWorker();

    // Runs job(LibraryIndex &, std::stop_token), which returns a Result.
    template <class Job> auto run(Job job, std::stop_token stop = {})
    {
        interruptBackground();
        return post(std::move(job), std::move(stop));
    }
    // The same for work that may be interrupted by run(): it then ends as Cancelled, keeping what it
    // has done, and is to be posted again.
    template <class Job> auto background(Job job) { return post(std::move(job), freshBackground()); }

    void interruptBackground();

private:
    template <class Job> auto post(Job job, std::stop_token stop)
    {
        using Outcome = std::invoke_result_t<Job, LibraryIndex &, std::stop_token>;
        return m_worker.run(
            [this, job = std::move(job)](std::stop_token token) mutable -> Outcome {
                if (auto opened = ensureOpen(); !opened)
                    return fail(opened.error());
                return job(*m_index, token);
            },
            std::move(stop));
    }
    Result<void> ensureOpen(); // on the worker
    std::stop_token freshBackground();

    const QString m_folder, m_modelFolder;
    std::mutex m_mutex;
    std::stop_source m_background; // guarded by m_mutex
    std::unique_ptr<LibraryIndex> m_index; // on the worker
    Worker m_worker;                       // last: joins before the index goes
};

} // namespace moodloom::session
