// Everything that the library wants to know about one picture file, read in one go.
#pragma once

#include "core/image/Thumbnail.h"
#include "core/library/Asset.h"
#include "core/library/FolderScan.h"

#include <functional>

namespace moodloom::library {

// A file's content, as far as it had to be looked at.
struct PictureFile
{
    QString hash;
    bool known = false; // the library has this content already: `asset` is empty
    Asset asset;        // without id and import date
};

// Reads and hashes the file; unless `isKnown(hash)`, also decodes it, reads its metadata, works out
// palette and perceptual hash and writes the thumbnail. Thread-safe where isKnown is.
// Errors: those of image::decodePicture; DiskFull (the thumbnail).
Result<PictureFile> inspectPicture(const ScannedFile &file, const image::ThumbnailStore &thumbnails,
                                   const std::function<bool(const QString &hash)> &isKnown);

// Keeps a picture that has no file (pasted, dragged from a browser) in the library's own folder and
// returns the file's path, ready to be imported. `name` is a hint ("pasted", a web page's title).
// Encoded bytes are kept as they are; an image becomes a PNG.
// Errors: Unsupported, Corrupt, DiskFull, Unreadable; those of Library::writable().
Result<QString> keepPicture(const Library &library, const QImage &image, const QString &name);
Result<QString> keepPictureBytes(const Library &library, const QByteArray &bytes,
                                 const QString &name);

} // namespace moodloom::library
