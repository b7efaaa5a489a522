// One run of an import: the threads and queues behind Importer::run.
#pragma once

#include "core/library/BoundedQueue.h"
#include "core/library/FolderScan.h"
#include "core/library/ImportProgress.h"
#include "core/library/PauseGate.h"
#include "core/library/PictureFile.h"

#include <atomic>
#include <functional>
#include <stop_token>
#include <vector>

namespace moodloom::library {

// Time since it was made, without the pauses.
class ActiveClock
{
public:
    explicit ActiveClock(const PauseGate &gate);
    double seconds() const;
    // Fills in perSecond and secondsLeft.
    void estimate(ImportProgress &progress, qint64 done, qint64 left) const;

private:
    const PauseGate &m_gate;
    PauseGate::Clock::time_point m_start;
    PauseGate::Clock::duration m_closedBefore;
};

class ImportRun
{
public:
    // `library` belongs to the calling thread; the other threads open their own, read-only.
    ImportRun(Library &library, const image::ThumbnailStore &thumbnails, int threads,
              PauseGate &gate);

    // Blocks until done, cancelled or out of space.
    ImportReport run(const ImportRequest &request,
                     const std::function<void(const ImportProgress &)> &progress,
                     std::stop_token stop);

private:
    // What one of the other threads found out about a file.
    struct Outcome
    {
        ScannedFile file;
        Result<PictureFile> picture;
        bool unchanged = false; // the picture was not read
        bool failedBefore = false;
    };

    void scan(const ImportRequest &request);
    void decode();
    Result<ImportCounts> recordBatch(const std::vector<Outcome> &batch);
    void findGone(const ImportRequest &request);
    void halt(const Error &why);

    Library &m_library;
    const image::ThumbnailStore &m_thumbnails;
    const int m_threads;
    PauseGate &m_gate;
    std::stop_source m_halt; // the user's stop, or a full disk
    BoundedQueue<ScannedFile> m_files{4096};
    BoundedQueue<Outcome> m_outcomes{512};
    std::atomic<qint64> m_found = 0;
    std::atomic<qint64> m_ignored = 0;
    std::atomic<bool> m_scanning = true;
    std::atomic<int> m_producers = 0; // threads that may still add outcomes
    ImportReport m_report;            // of the calling thread
};

} // namespace moodloom::library
