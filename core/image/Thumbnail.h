// Small pictures for quick display: a folder of files named by the content's hash.
//
// Thread-safe; several processes may share the folder. A cache: files may vanish at any time and
// are made again from the picture. Opaque thumbnails are JPEG, others PNG (what every Qt reads),
// told by their first bytes; the names have no suffix, so that a path follows from the hash alone.
#pragma once

#include "core/base/Result.h"

#include <QImage>
#include <QString>

namespace moodloom::image {

class ThumbnailStore
{
public:
    static constexpr int kSide = 320; // the longest side, in pixels

    // `folder` is made when the first thumbnail is written.
    ThumbnailStore() : ThumbnailStore(defaultFolder()) {}
    explicit ThumbnailStore(QString folder);
    static QString defaultFolder(); // below cacheFolder()

    QString path(const QString &hash) const; // also where there is none yet
    bool contains(const QString &hash) const;

    // Reduces `image` to kSide where it is larger. Errors: DiskFull, Unreadable.
    Result<void> write(const QString &hash, const QImage &image) const;
    // Errors: NotFound; Corrupt (a crash cut it off): make it again.
    Result<QImage> read(const QString &hash) const;
    // The stored thumbnail, or a new one (stored for the next time) from the picture at `picture`.
    // Errors: those of decode().
    Result<QImage> readOrMake(const QString &hash, const QString &picture) const;
    void remove(const QString &hash) const;

private:
    QString m_folder;
};

} // namespace moodloom::image
