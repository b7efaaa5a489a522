#include "core/export/PsdRecord.h"

#include "core/export/Composite.h"
#include "core/export/PsdResources.h"

namespace moodloom::exporting {
namespace {

void collect(const std::vector<PsdLayer> &layers, std::vector<PsdRecord> &records)
{
    for (const PsdLayer &layer : layers) {
        if (layer.kind == PsdLayer::Kind::Group) {
            records.push_back({PsdRecord::Kind::GroupBottom, &layer, {}, {}});
            collect(layer.children, records);
            records.push_back({PsdRecord::Kind::GroupTop, &layer, {}, {}});
        } else {
            const bool empty = layer.image.isNull();
            const QRect area = empty ? QRect() : QRect(layer.position, layer.image.size());
            records.push_back({PsdRecord::Kind::Pixels, &layer, area, {}});
        }
    }
}

// An "additional layer information" block.
void putBlock(BigEndian &extra, const char *key, BigEndian data)
{
    data.padTo(4);
    extra.put("8BIM").put(key).put(quint32(data.bytes().size())).put(data.bytes());
}

// The record's last part: its names, and what kind of group it opens or closes.
QByteArray extraData(const PsdRecord &record, const QString &name, quint32 id)
{
    BigEndian extra;
    extra.put(quint32(0)).put(quint32(0)); // no mask, no blending ranges
    // The Pascal name has no declared encoding; UTF-8 keeps it whole for readers of that alone.
    const QByteArray shortName = utf8Prefix(name, 255);
    BigEndian pascal;
    pascal.put(quint8(shortName.size())).put(shortName).padTo(4);
    extra.put(pascal.bytes());
    putBlock(extra, "luni", BigEndian().putUnicode(name));
    putBlock(extra, "lyid", BigEndian().put(id));
    constexpr quint32 kOpenFolder = 1, kBottom = 3;
    if (record.kind == PsdRecord::Kind::GroupBottom)
        putBlock(extra, "lsct", BigEndian().put(kBottom));
    else if (record.kind == PsdRecord::Kind::GroupTop)
        putBlock(extra, "lsct", BigEndian().put(kOpenFolder).put("8BIM").put("pass"));
    return extra.bytes();
}

} // namespace

std::vector<PsdRecord> psdRecords(const std::vector<PsdLayer> &layers)
{
    std::vector<PsdRecord> records;
    collect(layers, records);
    return records;
}

QByteArray psdRecordBytes(const PsdRecord &record, quint32 id, PsdFormat format)
{
    const PsdLayer &layer = *record.layer;
    const bool bottom = record.kind == PsdRecord::Kind::GroupBottom;

    BigEndian block;
    const QRect &area = record.area;
    if (area.isEmpty())
        block.put(qint32(0)).put(qint32(0)).put(qint32(0)).put(qint32(0));
    else
        block.put(qint32(area.y()))
            .put(qint32(area.x()))
            .put(qint32(area.y() + area.height()))
            .put(qint32(area.x() + area.width()));
    block.put(quint16(record.channels.size()));
    for (const PsdChannel &channel : record.channels) {
        block.put(channel.id);
        putLength(block, storedBytes(channel, format), format);
    }

    // A group passes its layers through to what lies below, as Photoshop's own new groups do.
    block.put("8BIM").put(record.kind == PsdRecord::Kind::GroupTop ? "pass" : "norm");
    constexpr quint8 kHidden = 2, kKnowsIrrelevant = 8, kIrrelevant = 16;
    quint8 flags = kKnowsIrrelevant;
    if (!bottom && !layer.visible)
        flags |= kHidden;
    if (record.kind != PsdRecord::Kind::Pixels)
        flags |= kIrrelevant;
    constexpr quint8 kUnclipped = 0, kFiller = 0;
    block.put(quint8(bottom ? 255 : opacityByte(layer.opacity)));
    block.put(kUnclipped).put(flags).put(kFiller);

    const QByteArray extra =
        extraData(record, bottom ? QStringLiteral("</Layer group>") : layer.name, id);
    block.put(quint32(extra.size())).put(extra);
    return block.bytes();
}

void putLength(BigEndian &block, quint64 length, PsdFormat format)
{
    if (format == PsdFormat::Psb)
        block.put(length);
    else
        block.put(quint32(length));
}

void putRowTable(BigEndian &block, const PsdChannel &channel, PsdFormat format)
{
    for (const quint32 length : channel.rows) {
        if (format == PsdFormat::Psb)
            block.put(length);
        else
            block.put(quint16(length));
    }
}

quint64 rowTableBytes(const PsdChannel &channel, PsdFormat format)
{
    return channel.rows.size() * (format == PsdFormat::Psb ? 4 : 2);
}

quint64 storedBytes(const PsdChannel &channel, PsdFormat format)
{
    return sizeof(quint16) + rowTableBytes(channel, format) + channel.encodedBytes;
}

} // namespace moodloom::exporting
