// From files, bytes and pixels to pictures of a board: hash, upright size, thumbnail, and back.
//
// Pure functions, safe from any thread; they decode, so never call them on the UI thread.
#pragma once

#include "core/board/BoardFile.h"

#include <QImage>

namespace moodloom::board {

// Reads a picture file for embedding or linking; its bytes stay where they are.
// Errors: NotFound, Unreadable, Unsupported, Corrupt.
Result<StoredPicture> pictureFromFile(const QString &path, bool embed);
// An encoded picture (a drop, a clipboard). Errors: Unsupported, Corrupt.
Result<StoredPicture> pictureFromBytes(QByteArray bytes);
// Pixels, kept as PNG. Errors: Invalid (an empty image).
Result<StoredPicture> pictureFromImage(const QImage &image);

// Decodes upright and scaled down so that the longer side is at most `longSide` (0 = as it is).
// Errors: Unsupported, Corrupt.
Result<QImage> decode(const QByteArray &bytes, int longSide = 0);

// The same for a thumbnail of a board: many times faster, for they are small JPEGs or PNGs, upright and
// in sRGB. Errors: as decode().
Result<QImage> decodeThumbnail(const QByteArray &bytes, int longSide);

} // namespace moodloom::board
