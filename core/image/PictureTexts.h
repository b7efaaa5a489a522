// The texts that programs leave in picture files, above all about how a picture was made.
//
// Thread-safe; blocks. The pixels are neither read nor checked. Files come from strangers: lengths
// are held against the file, what unpacks to more than a text should be is left out.
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>
#include <QVector>

class QIODevice;

namespace moodloom::image {

struct PictureText
{
    // Of a PNG's text chunk as it stands there; elsewhere the EXIF tag's name ("UserComment",
    // "ImageDescription", "Make", "Model"). An XMP packet is "XML:com.adobe.xmp" everywhere.
    QByteArray keyword;
    QString text;
    bool operator==(const PictureText &) const = default;
};

// In the order of the file. A file that is cut off tells what stands before the cut; what is no
// picture tells nothing. Requires: an open device that can seek.
QVector<PictureText> pictureTexts(QIODevice &file);

// Errors: NotFound, Unreadable, Unsupported (no picture that Moodloom knows).
Result<QVector<PictureText>> readPictureTexts(const QString &path);

} // namespace moodloom::image
