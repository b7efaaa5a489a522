// Picture files become pictures: upright, in sRGB, eight bits a channel, alpha kept.
//
// Thread-safe; pictures decode in parallel, one thread each. libvips reads JPEG, PNG, WebP, TIFF,
// GIF, AVIF, HEIF and SVG (the first page or frame of those that have several); nothing else is
// let through to a decoder. A picture that is cut off or damaged is an error, never a half picture.
#pragma once

#include "core/base/Result.h"
#include "core/image/Format.h"

#include <QByteArray>
#include <QImage>
#include <QSize>

namespace moodloom::image {

struct DecodeOptions
{
    // The longest side of what comes back, in pixels; larger pictures are reduced while they are
    // read (many times faster), smaller ones stay (SVG is drawn at this size). 0 = the full size.
    int maxSide = 0;
    // Pictures with more pixels are refused before anything is unpacked.
    qint64 maxPixels = 300'000'000;
    // Files larger than this are not read at all.
    qint64 maxBytes = qint64(1) << 30;
};

struct Picture
{
    QImage image; // RGBX8888, or RGBA8888 (not premultiplied) where the picture has transparency
    Format format = Format::Unknown;
    QSize fullSize; // of the picture in the file, upright
};

// Errors: NotFound, Unreadable, Corrupt (empty, cut off, damaged: the detail says where),
// Unsupported (another kind of file: the detail says which), Invalid (too many pixels or bytes),
// OutOfMemory.
Result<Picture> decodePicture(const QString &path, const DecodeOptions &options = {});
// The same for bytes in memory (clipboard, drag and drop); `name` is what errors call them.
Result<Picture> decodePictureBytes(const QByteArray &bytes, const DecodeOptions &options = {},
                                   const QString &name = {});

// Only the picture.
Result<QImage> decode(const QString &path, const DecodeOptions &options = {});
Result<QImage> decodeBytes(const QByteArray &bytes, const DecodeOptions &options = {},
                           const QString &name = {});

// The file's bytes, as decodePicture would read them. Errors: NotFound, Unreadable (a folder or a
// device), Invalid (larger than maxBytes), Corrupt (empty).
Result<QByteArray> readPictureFile(const QString &path, qint64 maxBytes = DecodeOptions().maxBytes);

} // namespace moodloom::image
