// A file while it comes: NAME.part, grown at its end, checked when whole, then renamed to NAME.
//
// Beside it NAME.part.json says which file the bytes are of, so that only bytes of the same file
// are added. All functions block on the disk; used from one thread.
#pragma once

#include "core/base/Result.h"
#include "core/download/Plan.h"

#include <QByteArrayView>
#include <QCryptographicHash>
#include <QString>

#include <memory>
#include <stop_token>

namespace moodloom::download {

class PartFile
{
public:
    // Of `file`, which will be `path`. Opens or makes the part; bytes of another file are thrown
    // away. Those that are there are read once for the sums. Errors: Cancelled, DiskFull,
    // Unreadable, NotFound.
    static Result<std::unique_ptr<PartFile>> open(const QString &path, const PlannedFile &file,
                                                  std::stop_token stop);
    ~PartFile();
    PartFile(const PartFile &) = delete;
    PartFile &operator=(const PartFile &) = delete;

    qint64 size() const { return m_size; }
    // What the server said of the bytes that are there, for If-Range; may be empty.
    const QByteArray &validator() const { return m_validator; }

    // From the beginning, with bytes of which the server says `validator`.
    Result<void> restart(const QByteArray &validator);
    // All of them or an error. What was written stays.
    Result<void> append(QByteArrayView bytes);
    // Checks size and sums, flushes, renames. Errors: Corrupt; bytes that are not the file's are
    // removed, too few stay.
    Result<void> finish();

    // Whether `path` is `file` already, by size and by the sum that is stated. Reads all of it.
    // Errors: Cancelled, Unreadable.
    static Result<bool> isThere(const QString &path, const PlannedFile &file, std::stop_token stop);

private:
    PartFile(QString path, PlannedFile file);
    void remove();
    void resetSums();
    Result<void> readSums(std::stop_token stop);
    Result<void> keepValidator();

    const QString m_path;
    const PlannedFile m_file;
    int m_fd = -1;
    qint64 m_size = 0;
    QByteArray m_validator;
    QCryptographicHash m_sha256{QCryptographicHash::Sha256};
    QCryptographicHash m_git{QCryptographicHash::Sha1};
};

// Bytes in parts of `file` that are at `path` already.
qint64 partSize(const QString &path);

} // namespace moodloom::download
