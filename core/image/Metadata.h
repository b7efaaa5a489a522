// What a picture says about itself: description, keywords, the day it was taken.
//
// Thread-safe. Reads XMP, IPTC and EXIF. Broken metadata is common and never an error: what can be
// understood is returned, the rest is left out.
#pragma once

#include "core/image/Format.h"

#include <QByteArray>
#include <QDateTime>
#include <QStringList>

namespace moodloom::image {

struct Metadata
{
    // All languages of the description, one a line, the default first. XMP before IPTC before EXIF.
    QString description;
    QStringList keywords; // of XMP, IPTC and EXIF together, each once, in their order
    QDateTime captured;   // local time of the camera; invalid when unknown
};

Metadata readMetadata(const QByteArray &bytes, Format format);

} // namespace moodloom::image
