// Finds the picture files in folders, however the folders are nested or linked.
#pragma once

#include "core/library/FileIndex.h"

#include <functional>
#include <stop_token>

namespace moodloom::library {

struct ScannedFile
{
    QString path; // absolute
    FileStamp stamp;
};

struct ScanSink
{
    std::function<void(const ScannedFile &)> found;
    std::function<void(const QString &path, const Error &)> failed; // unreadable, or not there
    std::function<void()> ignored;                                  // a file that is no picture
};

// Goes through `paths` in their order, folders recursively in the order of names. A file that is
// named itself is always found; in folders, those with a picture's suffix. Hidden files and folders
// are left out; links are followed, each real folder is entered once. Blocks; call it on a worker.
void scanForPictures(const QStringList &paths, const ScanSink &sink, std::stop_token stop);

} // namespace moodloom::library
