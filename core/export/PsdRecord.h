// The layer records of a PSD: what stands in the file about a layer before its pixels.
// Plain values and pure functions.
#pragma once

#include "core/export/BigEndian.h"
#include "core/export/Psd.h"

#include <QRect>

namespace moodloom::exporting {

constexpr qint16 kAlphaChannel = -1;

// One plane of a picture, as it will be stored.
struct PsdChannel
{
    qint16 id = 0;             // 0, 1, 2: red, green, blue; -1: alpha
    std::vector<quint32> rows; // the length of each encoded row
    quint64 encodedBytes = 0;  // their sum
};

// A layer, or one of the two records that enclose a group.
struct PsdRecord
{
    enum class Kind { Pixels, GroupTop, GroupBottom };
    Kind kind = Kind::Pixels;
    const PsdLayer *layer = nullptr; // of the document, which outlives the record
    QRect area;                      // on the canvas; empty for groups and empty layers
    std::vector<PsdChannel> channels;
};

// The records of all layers, from the lowest to the topmost; a group's bottom comes first.
std::vector<PsdRecord> psdRecords(const std::vector<PsdLayer> &layers);

// The record's bytes. `id` tells the layers of a file apart.
QByteArray psdRecordBytes(const PsdRecord &record, quint32 id, PsdFormat format);

// The lengths of sections and channels have 4 bytes in a PSD and 8 in a PSB; those of rows 2 and 4.
void putLength(BigEndian &block, quint64 length, PsdFormat format);
void putRowTable(BigEndian &block, const PsdChannel &channel, PsdFormat format);
quint64 rowTableBytes(const PsdChannel &channel, PsdFormat format);
// With the two bytes that name the compression.
quint64 storedBytes(const PsdChannel &channel, PsdFormat format);

} // namespace moodloom::exporting
