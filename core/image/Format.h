// Which kind of picture a file is, told by its first bytes, never by its name. Pure functions.
#pragma once

#include <QByteArrayView>
#include <QString>
#include <QStringList>

namespace moodloom::image {

enum class Format { Unknown, Jpeg, Png, Webp, Tiff, Gif, Avif, Heif, Svg };

// As many of the first bytes as sniffFormat wants to see; fewer are fine.
inline constexpr qsizetype kSniffBytes = 4096;

Format sniffFormat(QByteArrayView head);

// "jpeg", "png", ...: stored in the library; empty for Unknown.
QString formatName(Format format);

// What a file of a format that Moodloom does not read is ("a Photoshop document"), or "not a
// picture that Moodloom knows".
QString describeForeignFormat(QByteArrayView head);

// Lower-case suffixes ("jpg", "tif", ...) of the files that a scan of a folder tries.
const QStringList &pictureSuffixes();

} // namespace moodloom::image
