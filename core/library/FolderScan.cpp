#include "core/library/FolderScan.h"

#include "core/image/Format.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <set>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace moodloom::library {
namespace {

Error readError(const QString &path, int number)
{
    const ErrorCode code =
        number == ENOENT || number == ENOTDIR ? ErrorCode::NotFound : ErrorCode::Unreadable;
    return {code, path.toStdString(),
            number == EACCES  ? "no permission to read it"
            : number == ELOOP ? "a link that leads to itself"
                              : std::strerror(number)};
}

FileStamp stampOf(const struct stat &status)
{
    return {qint64(status.st_mtim.tv_sec) * 1000 + status.st_mtim.tv_nsec / 1'000'000,
            qint64(status.st_size)};
}

class Scan
{
public:
    Scan(const ScanSink &sink, std::stop_token stop) : m_sink(sink), m_stop(std::move(stop)) {}

    void visit(const std::string &path, bool named)
    {
        struct stat status;
        const QString text = QFile::decodeName(path.c_str());
        if (::stat(path.c_str(), &status) != 0) {
            // A dangling link in a folder is nobody's picture.
            if (named)
                m_sink.failed(text, readError(text, errno));
            return;
        }
        if (S_ISDIR(status.st_mode)) {
            if (m_entered.insert({status.st_dev, status.st_ino}).second)
                enter(path, text);
        } else if (named || (S_ISREG(status.st_mode) && hasPictureSuffix(text))) {
            if (QFile::encodeName(text).toStdString() == path)
                m_sink.found({text, stampOf(status)});
            else
                m_sink.failed(text, {ErrorCode::Unsupported, text.toStdString(),
                                     "the file's name is not valid UTF-8; rename it"});
        } else {
            m_sink.ignored();
        }
    }

private:
    static bool hasPictureSuffix(const QString &path)
    {
        return image::pictureSuffixes().contains(QFileInfo(path).suffix().toLower());
    }

    void enter(const std::string &path, const QString &text)
    {
        DIR *folder = ::opendir(path.c_str());
        if (!folder) {
            m_sink.failed(text, readError(text, errno));
            return;
        }
        std::vector<std::string> names;
        while (const dirent *entry = ::readdir(folder))
            if (entry->d_name[0] != '.') // also "." and ".."
                names.emplace_back(entry->d_name);
        ::closedir(folder);
        std::sort(names.begin(), names.end());
        for (const std::string &name : names) {
            if (m_stop.stop_requested())
                return;
            visit(path == "/" ? path + name : path + '/' + name, false);
        }
    }

    const ScanSink &m_sink;
    std::stop_token m_stop;
    std::set<std::pair<dev_t, ino_t>> m_entered;
};

} // namespace

void scanForPictures(const QStringList &paths, const ScanSink &sink, std::stop_token stop)
{
    Scan scan(sink, stop);
    for (const QString &path : paths) {
        if (stop.stop_requested())
            return;
        const QString absolute = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
        scan.visit(QFile::encodeName(absolute).toStdString(), true);
    }
}

} // namespace moodloom::library
