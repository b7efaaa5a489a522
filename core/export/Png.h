// PNG files with an sRGB profile and exact texts inside. Thread-safe, one call a path.
#pragma once

#include "core/base/Result.h"
#include "core/export/ExportControl.h"

#include <QByteArray>
#include <QImage>
#include <QString>
#include <QVector>

namespace moodloom::exporting {

struct PngText
{
    QByteArray keyword; // 1 to 79 characters of Latin-1, no leading or trailing space
    QString text;       // any Unicode but U+0000, which PNG cannot hold and which is left out
};

// Writes the picture in 8-bit sRGB, with alpha where it has some, and each text before the pixels:
// a plain text chunk (tEXt) where ASCII is enough, because more programs read those, and UTF-8
// (iTXt) elsewhere. Errors: Invalid (no pixels, a bad keyword), Cancelled, OutOfMemory, and those
// of writeFileSafely; the old file then stays.
Result<void> writePng(const QImage &image, const QString &path, const QVector<PngText> &texts = {},
                      const ExportControl &control = {});

// All texts of a PNG, wherever in it they stand. Errors: NotFound, Unreadable, Corrupt (not a PNG,
// damaged or cut off).
Result<QVector<PngText>> readPngTexts(const QString &path);

} // namespace moodloom::exporting
