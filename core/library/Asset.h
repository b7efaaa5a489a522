// One image of the user's collection. A plain value; copies are cheap (Qt's implicit sharing).
#pragma once

#include <QColor>
#include <QDateTime>
#include <QSize>
#include <QString>
#include <QStringList>
#include <QVector>

namespace moodloom::library {

using AssetId = qint64; // row id in one library database; hashes identify across libraries

struct Swatch
{
    QColor color;    // sRGB
    float share = 0; // of the picture's area, 0..1
    bool operator==(const Swatch &) const = default;
};

struct Asset
{
    AssetId id = 0;
    QString hash;   // BLAKE2b-256 of the file's bytes, hex
    QString path;   // absolute
    QString format; // "jpeg", "png", ...
    QSize size;     // pixels, upright (after EXIF orientation)
    qint64 bytes = 0;
    QDateTime modified; // of the file
    QDateTime captured; // EXIF, else invalid
    QDateTime imported;
    QString description; // embedded XMP/IPTC/EXIF description
    QStringList keywords;
    QVector<Swatch> palette;    // up to six, largest first
    quint64 perceptualHash = 0; // image::perceptualHash; 0 = unknown
    bool missing = false;       // the file is not where it was
};

} // namespace moodloom::library
