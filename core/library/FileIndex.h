// Which files on the disk hold which asset, as the library last saw them.
//
// A thin view of a Library's tables; as its Library, one thread at a time. Changes belong inside a
// Library::transaction where several go together.
#pragma once

#include "core/library/Library.h"

namespace moodloom::library {

// What tells a changed file from an unchanged one without reading it.
struct FileStamp
{
    qint64 modified = 0; // milliseconds since 1970, UTC
    qint64 bytes = 0;
    bool operator==(const FileStamp &) const = default;
};

enum class FileState {
    Unknown,  // never seen, or changed since
    Imported, // as it was: nothing to do
    Failed,   // as it was when its content could not be imported
    Unwanted  // the user took its picture out of the library
};

class FileIndex
{
public:
    explicit FileIndex(Library &library) : m_library(library) {}

    Result<FileState> state(const QString &path, const FileStamp &stamp);

    // The asset that `path` held when it was last read; 0 = none.
    Result<AssetId> assetAt(const QString &path);
    // How many files hold the asset.
    Result<int> copies(AssetId id);
    Result<QStringList> paths(AssetId id);

    // `path` now holds the asset; what failed there before is forgotten. An asset that it held
    // before and that no other file holds becomes missing.
    Result<void> attach(const QString &path, const FileStamp &stamp, AssetId id);
    // The asset's own path becomes `path`, and it is no longer missing.
    Result<void> relocate(AssetId id, const QString &path);
    // `path` could not be imported. An asset that it held before likewise.
    Result<void> recordFailure(const QString &path, const FileStamp &stamp, const Error &error);

    // Forgets failures at or below `path` that had to do with the system (permissions, memory), not
    // with the file's content: they are worth another try.
    Result<void> forgetPassingFailures(const QString &path);

    // Forgets the files at or below `path` that are no longer there; assets without any other file
    // become missing. Returns how many assets did.
    Result<int> forgetGone(const QString &path);

private:
    Result<bool> forget(const QString &path);
    Result<QStringList> gone(const QString &table, const QString &path);

    Library &m_library;
};

} // namespace moodloom::library
