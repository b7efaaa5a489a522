#include "core/library/FolderWatch.h"

#include "core/image/Format.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <optional>
#include <poll.h>
#include <set>
#include <string>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace moodloom::library {
namespace {

using Clock = std::chrono::steady_clock;

constexpr uint32_t kInteresting = IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO |
                                  IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

bool isBelow(const std::string &path, const std::string &folder)
{
    return path.size() > folder.size() && path.starts_with(folder) &&
           (folder == "/" || path[folder.size()] == '/');
}

bool mayBePicture(const QString &path)
{
    return image::pictureSuffixes().contains(QFileInfo(path).suffix().toLower());
}

// Without what lies below another one of them.
QStringList compacted(const std::set<std::string> &paths)
{
    const auto isCovered = [&paths](std::string path) {
        while (path.size() > 1) {
            path.resize(std::max<size_t>(1, path.rfind('/')));
            if (paths.contains(path))
                return true;
        }
        return false;
    };
    QStringList list;
    for (const std::string &path : paths)
        if (!isCovered(path))
            list << QFile::decodeName(path.c_str());
    return list;
}

} // namespace

class FolderWatch::Thread
{
public:
    Thread(Sink changed, FolderWatchTimes times, Filter matters)
        : m_changed(std::move(changed)), m_times(times), m_matters(std::move(matters)),
          m_inotify(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
          m_wake(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
          m_mounts(::open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC)),
          m_thread([this](std::stop_token stop) { run(stop); })
    {
    }
    ~Thread()
    {
        m_thread.request_stop();
        wake();
        m_thread.join();
        for (const int fd : {m_inotify, m_wake, m_mounts})
            if (fd >= 0)
                ::close(fd);
    }

    void setFolders(const QStringList &folders)
    {
        std::vector<std::string> roots;
        for (const QString &folder : folders)
            roots.push_back(QFile::encodeName(folder).toStdString());
        {
            const std::lock_guard lock(m_mutex);
            m_wanted = std::move(roots);
        }
        wake();
    }

private:
    void wake()
    {
        const uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(m_wake, &one, sizeof one);
    }

    void run(std::stop_token stop)
    {
        while (!stop.stop_requested()) {
            std::array<pollfd, 3> wait{
                {{m_wake, POLLIN, 0}, {m_inotify, POLLIN, 0}, {m_mounts, POLLPRI, 0}}};
            ::poll(wait.data(), wait.size(), timeout());
            if (wait[0].revents & POLLIN)
                adoptWanted();
            if (wait[1].revents & POLLIN)
                readEvents();
            if (wait[2].revents & POLLPRI)
                m_rootsMoved = true; // a disk came or went
            while (std::exchange(m_rootsMoved, false))
                followRoots();
            if (m_nextLook && Clock::now() >= *m_nextLook)
                lookAgain();
            if (m_firstChange && Clock::now() >= tellAt())
                tell();
        }
    }

    Clock::time_point tellAt() const
    {
        return std::min(m_lastChange + m_times.rest, *m_firstChange + m_times.patience);
    }
    int timeout() const // milliseconds; -1 = for ever
    {
        std::optional<Clock::time_point> until = m_nextLook;
        if (m_firstChange)
            until = until ? std::min(*until, tellAt()) : tellAt();
        if (!until)
            return -1;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - Clock::now());
        return int(std::clamp<int64_t>(left.count(), 0, 3'600'000));
    }

    void adoptWanted()
    {
        uint64_t count;
        [[maybe_unused]] const auto read = ::read(m_wake, &count, sizeof count);
        {
            const std::lock_guard lock(m_mutex);
            if (!m_wanted)
                return;
            m_roots = std::move(*std::exchange(m_wanted, std::nullopt));
        }
        std::erase_if(m_places, [this](const auto &entry) {
            return std::find(m_roots.begin(), m_roots.end(), entry.first) == m_roots.end();
        });
        watchAll();
    }

    void watchAll()
    {
        for (const auto &[watch, path] : m_paths)
            inotify_rm_watch(m_inotify, watch);
        m_paths.clear();
        for (const int watch : m_above)
            inotify_rm_watch(m_inotify, watch);
        m_above.clear();
        m_awaited.clear();
        m_entered.clear();
        m_incomplete = m_inotify < 0;
        m_nextLook.reset();
        for (const std::string &root : m_roots) {
            // It may have come while others were looked at.
            const Place place = placeOf(root);
            if (const auto known = m_places.find(root); known != m_places.end() && known->second != place)
                change(root);
            m_places[root] = place;
            watch(root, false);
            watchAbove(root);
            if (!m_places[root])
                await(root);
        }
        if (m_incomplete)
            m_nextLook = Clock::now() + m_times.fallback;
    }

    // A folder that cannot be watched, or is not there, is looked at from time to time.
    void lookAgain()
    {
        for (const std::string &root : m_roots)
            change(root);
        watchAll();
    }

    using Place = std::optional<std::pair<dev_t, ino_t>>;
    static Place placeOf(const std::string &folder) // none: it is not there
    {
        struct stat status;
        if (::stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
            return std::nullopt;
        return std::pair(status.st_dev, status.st_ino);
    }

    static std::string parentOf(std::string folder)
    {
        folder.resize(std::max<size_t>(1, folder.rfind('/')));
        return folder;
    }
    static std::string nextAbove(std::string folder) // that is there
    {
        while (folder.size() > 1) {
            folder = parentOf(folder);
            if (placeOf(folder))
                break;
        }
        return folder;
    }

    // A folder above a root that is renamed or removed takes the root along, and only itself is
    // told. A link on the way to a root is an entry of the folder that it lies in.
    void watchAbove(const std::string &root)
    {
        for (std::string path = root; path.size() > 1; path = parentOf(path)) {
            noticeAbove(parentOf(path), IN_MOVE_SELF | IN_DELETE_SELF);
            struct stat status;
            if (::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode))
                noticeAbove(parentOf(path), IN_CREATE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE);
        }
        char real[PATH_MAX];
        if (::realpath(root.c_str(), real) && root != real)
            for (std::string path = real; path.size() > 1; path = parentOf(path))
                noticeAbove(parentOf(path), IN_MOVE_SELF | IN_DELETE_SELF);
    }

    void noticeAbove(const std::string &folder, uint32_t events)
    {
        // One that may not be read cannot be watched; its roots are all the same.
        const int watch = m_inotify < 0 ? -1
                                        : inotify_add_watch(m_inotify, folder.c_str(),
                                                            events | IN_ONLYDIR | IN_MASK_ADD);
        if (watch >= 0)
            m_above.insert(watch);
    }

    // A root that is not there comes below the next folder above it that is.
    void await(const std::string &root)
    {
        const std::string above = nextAbove(root);
        m_awaited[root] = above;
        noticeAbove(above, kInteresting);
        m_rootsMoved = true; // it may have come just now
    }

    // Tells roots that are not what they were: gone, back, or the folder that a disk is mounted on.
    void followRoots()
    {
        bool moved = std::exchange(m_rootLost, false);
        for (const std::string &root : m_roots) {
            if (placeOf(root) != m_places[root]) {
                change(root);
                moved = true;
            }
            const auto awaited = m_awaited.find(root);
            moved |= awaited != m_awaited.end() && nextAbove(root) != awaited->second;
        }
        if (moved)
            watchAll();
    }

    // With all folders below it. `tellContent`: it came just now, with what is in it.
    void watch(const std::string &folder, bool tellContent)
    {
        struct stat status;
        if (::stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
            m_incomplete = true;
            return;
        }
        // Links are followed; each real folder is entered once.
        if (!m_entered.insert({status.st_dev, status.st_ino}).second)
            return;
        const int watch =
            m_inotify < 0 ? -1 : inotify_add_watch(m_inotify, folder.c_str(), kInteresting);
        if (watch < 0) {
            m_incomplete = true; // no more watches (ENOSPC), or no permission
            return;
        }
        m_paths[watch] = folder;
        if (tellContent)
            change(folder);
        DIR *entries = ::opendir(folder.c_str());
        if (!entries)
            return;
        while (const dirent *entry = ::readdir(entries)) {
            if (entry->d_name[0] == '.') // as the scan does
                continue;
            const std::string path =
                folder == "/" ? folder + entry->d_name : folder + '/' + entry->d_name;
            struct stat inner;
            const bool isFolder = entry->d_type == DT_DIR ||
                                  ((entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN) &&
                                   ::stat(path.c_str(), &inner) == 0 && S_ISDIR(inner.st_mode));
            if (isFolder)
                this->watch(path, tellContent);
        }
        ::closedir(entries);
    }

    void forget(const std::string &folder)
    {
        std::erase_if(m_paths, [&](const auto &entry) {
            if (entry.second != folder && !isBelow(entry.second, folder))
                return false;
            inotify_rm_watch(m_inotify, entry.first);
            return true;
        });
        m_entered.clear(); // it may come back elsewhere
    }

    void readEvents()
    {
        alignas(inotify_event) char buffer[16384];
        for (;;) {
            const ssize_t size = ::read(m_inotify, buffer, sizeof buffer);
            if (size <= 0)
                return;
            for (ssize_t at = 0; at < size;) {
                const auto *event = reinterpret_cast<const inotify_event *>(buffer + at);
                at += ssize_t(sizeof(inotify_event) + event->len);
                take(*event);
            }
        }
    }

    void take(const inotify_event &event)
    {
        if (event.mask & IN_Q_OVERFLOW) { // events were lost: all of it may have changed
            lookAgain();
            return;
        }
        m_rootsMoved |= m_above.contains(event.wd);
        const auto known = m_paths.find(event.wd);
        if (known == m_paths.end())
            return;
        const std::string folder = known->second;
        if (event.mask & IN_IGNORED) {
            m_paths.erase(known);
            return;
        }
        if (event.mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT)) {
            change(folder);
            // Others than roots are told of by their parents.
            if (std::find(m_roots.begin(), m_roots.end(), folder) != m_roots.end())
                m_rootsMoved = m_rootLost = true;
            return;
        }
        if (event.len == 0 || event.name[0] == '.')
            return;
        const std::string path = folder == "/" ? folder + event.name : folder + '/' + event.name;
        if (event.mask & IN_ISDIR) {
            if (event.mask & (IN_CREATE | IN_MOVED_TO)) {
                watch(path, true);
                if (m_incomplete && !m_nextLook)
                    m_nextLook = Clock::now() + m_times.fallback;
            } else {
                forget(path);
                change(path);
            }
        } else if (m_matters(QFile::decodeName(path.c_str())) &&
                   (!(event.mask & IN_CREATE) || isWhole(path))) {
            change(path);
        }
    }

    // A new name of a file that is there already; others are told of when they have been written.
    static bool isWhole(const std::string &path)
    {
        struct stat status;
        return ::lstat(path.c_str(), &status) == 0 &&
               (S_ISLNK(status.st_mode) || status.st_nlink > 1);
    }

    void change(const std::string &path)
    {
        m_changes.insert(path);
        m_lastChange = Clock::now();
        if (!m_firstChange)
            m_firstChange = m_lastChange;
    }

    void tell()
    {
        const QStringList paths = compacted(m_changes);
        m_changes.clear();
        m_firstChange.reset();
        m_changed(paths);
    }

    const Sink m_changed;
    const FolderWatchTimes m_times;
    const Filter m_matters;
    const int m_inotify; // -1: the kernel gives none
    const int m_wake;
    const int m_mounts; // -1: there is no such list

    std::mutex m_mutex;
    std::optional<std::vector<std::string>> m_wanted; // guarded by m_mutex

    // Of the thread.
    std::vector<std::string> m_roots;
    std::map<int, std::string> m_paths; // watch -> folder
    std::map<std::string, std::string>
        m_awaited;                         // roots that are not there -> the next folder above
    std::set<int> m_above;                 // watches of those, and of all above any root
    std::map<std::string, Place> m_places; // of the roots, when they were watched last
    bool m_rootsMoved = false;             // perhaps
    bool m_rootLost = false;               // surely: its watch is
    std::set<std::pair<dev_t, ino_t>> m_entered;
    bool m_incomplete = false; // some folder is not watched
    std::optional<Clock::time_point> m_nextLook;
    std::set<std::string> m_changes;
    std::optional<Clock::time_point> m_firstChange; // that has not been told
    Clock::time_point m_lastChange;

    std::jthread m_thread; // last: it uses the others
};

FolderWatch::FolderWatch(Sink changed, FolderWatchTimes times, Filter matters)
    : m_thread(std::make_unique<Thread>(std::move(changed), times,
                                        matters ? std::move(matters) : Filter(mayBePicture)))
{
}

FolderWatch::~FolderWatch() = default;

void FolderWatch::setFolders(const QStringList &folders)
{
    m_thread->setFolders(folders);
}

} // namespace moodloom::library
