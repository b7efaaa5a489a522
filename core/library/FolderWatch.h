// Tells what changed below the watched folders, soon after it has: files that were written, moved
// or removed, folders that came or went.
//
// A thread of its own waits for the kernel (inotify); thousands of folders cost it no descriptor
// each. A watched folder that goes, by hand, with its disk or with a folder above it, is told, and
// again as soon as it is back. Where the kernel loses events or watches no more folders, whole
// folders are told instead, from time to time: whoever listens looks at all of what it is told. The
// functions may be called from any thread.
#pragma once

#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>

namespace moodloom::library {

struct FolderWatchTimes
{
    std::chrono::milliseconds rest{800};         // quiet for so long: what is being copied is whole
    std::chrono::milliseconds patience{5000};    // told after that even if it goes on
    std::chrono::milliseconds fallback{300'000}; // between looks at what cannot be watched
};

class FolderWatch
{
public:
    // On the watch's thread: paths at or below which something changed, none below another. They
    // may lead nowhere any more.
    using Sink = std::function<void(const QStringList &paths)>;

    // Whether a file of this path matters, on the watch's thread; none: pictures do.
    using Filter = std::function<bool(const QString &path)>;

    explicit FolderWatch(Sink changed, FolderWatchTimes times = {}, Filter matters = {});
    ~FolderWatch();
    FolderWatch(const FolderWatch &) = delete;
    FolderWatch &operator=(const FolderWatch &) = delete;

    // Replaces what is watched. A folder that is not there now is told when it comes.
    void setFolders(const QStringList &folders);

private:
    class Thread;
    std::unique_ptr<Thread> m_thread;
};

} // namespace moodloom::library
