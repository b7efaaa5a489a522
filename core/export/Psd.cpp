#include "core/export/Psd.h"

#include "core/base/SafeFile.h"
#include "core/export/Composite.h"
#include "core/export/PackBits.h"
#include "core/export/PsdRecord.h"
#include "core/export/PsdResources.h"
#include "core/export/Srgb.h"

#include <QFile>

#include <algorithm>

namespace moodloom::exporting {
namespace {

constexpr quint16 kRaw = 0, kRle = 1;
constexpr int kMaxRecords = 8000; // what Photoshop opens
constexpr quint64 kMaxPsdBytes = (quint64(1) << 31) - 1;

int planesOf(const QImage &image)
{
    return image.format() == QImage::Format_RGBA8888 ? 4 : 3;
}

int planeOf(int channelId)
{
    return channelId == kAlphaChannel ? 3 : channelId;
}

bool isOpaque(const QImage &rgba)
{
    for (int y = 0; y < rgba.height(); ++y) {
        const uchar *pixel = rgba.constScanLine(y);
        for (int x = 0; x < rgba.width(); ++x, pixel += 4)
            if (pixel[3] != 255)
                return false;
    }
    return true;
}

// Photoshop keeps the merged picture laid over white wherever it is translucent, and readers take
// the white out again.
void layOverWhite(QImage &rgba)
{
    for (int y = 0; y < rgba.height(); ++y) {
        uchar *pixel = rgba.scanLine(y);
        for (int x = 0; x < rgba.width(); ++x, pixel += 4)
            for (int c = 0; c < 3; ++c)
                pixel[c] = uchar((pixel[c] * pixel[3] + 255 * (255 - pixel[3]) + 127) / 255);
    }
}

// Writes one document: measures everything, then streams it.
class Writer
{
public:
    Writer(const PsdDocument &document, QString path, PsdFormat format,
           const ExportControl &control)
        : m_document(document), m_path(std::move(path)), m_format(format), m_control(control)
    {
    }

    Result<void> write()
    {
        if (auto checked = check(); !checked)
            return checked;
        if (auto measured = measure(); !measured)
            return measured;
        return writeFileSafely(QFile::encodeName(m_path).toStdString(),
                               [this](const ByteSink &sink) { return stream(sink); });
    }

private:
    Failure invalid(const QString &detail) const
    {
        return fail(ErrorCode::Invalid, m_path.toStdString(), detail.toStdString());
    }

    Failure outOfMemory() const
    {
        return fail(ErrorCode::OutOfMemory, m_path.toStdString(),
                    "export fewer layers or a smaller picture");
    }

    // What to do when the format cannot hold the picture.
    QString advice() const
    {
        return m_format == PsdFormat::Psb
                   ? QStringLiteral("export a PNG or a smaller picture")
                   : QStringLiteral("export a PNG, a PSB or a smaller picture");
    }

    Result<void> check()
    {
        const QSize size = m_document.size;
        if (size.isEmpty())
            return invalid(QStringLiteral("the picture has no pixels"));
        if (!(m_document.pixelsPerInch >= 1 && m_document.pixelsPerInch <= 30'000))
            return invalid(QStringLiteral("the resolution must be 1 to 30,000 pixels an inch"));
        const int maxSide = m_format == PsdFormat::Psb ? 300'000 : 30'000;
        const auto tooLarge = [&](const QString &what, QSize pixels) {
            return invalid(
                QStringLiteral("%1 is %2 x %3 pixels, and the format holds at most %4 a side; %5")
                    .arg(what, QString::number(pixels.width()), QString::number(pixels.height()),
                         QString::number(maxSide), advice()));
        };
        if (std::max(size.width(), size.height()) > maxSide)
            return tooLarge(QStringLiteral("the picture"), size);
        m_records = psdRecords(m_document.layers);
        if (m_records.size() > size_t(kMaxRecords))
            return invalid(
                QStringLiteral("%1 layers and group ends, and Photoshop opens at most %2; "
                               "leave some out")
                    .arg(m_records.size())
                    .arg(kMaxRecords));
        for (const PsdRecord &record : m_records)
            if (std::max(record.area.width(), record.area.height()) > maxSide)
                return tooLarge(QStringLiteral("the layer \"%1\"").arg(record.layer->name),
                                record.area.size());
        return {};
    }

    // Fills in every length, so that the headers can be written before the pixels.
    Result<void> measure()
    {
        auto merged = composite(m_document, m_control.stop);
        if (!merged)
            return fail(merged.error());
        m_merged = std::move(*merged);
        if (isOpaque(m_merged))
            m_merged = m_merged.convertToFormat(QImage::Format_RGB888);
        else
            layOverWhite(m_merged);
        if (m_merged.isNull())
            return outOfMemory();

        m_rowsTotal = 2 * quint64(m_merged.height()) * planesOf(m_merged);
        for (const PsdRecord &record : m_records)
            m_rowsTotal +=
                2 * quint64(record.area.height()) * (record.layer->image.hasAlphaChannel() ? 4 : 3);

        for (PsdRecord &record : m_records)
            if (auto measured = measureRecord(record); !measured)
                return measured;
        for (int plane = 0; plane < planesOf(m_merged); ++plane) {
            auto channel = measureChannel(m_merged, qint16(plane == 3 ? kAlphaChannel : plane));
            if (!channel)
                return fail(channel.error());
            m_mergedChannels.push_back(std::move(*channel));
        }
        m_resources = psdResources(m_document);
        for (size_t i = 0; i < m_records.size(); ++i)
            m_layerRecords.append(psdRecordBytes(m_records[i], quint32(i + 1), m_format));
        if (const quint64 bytes = totalBytes(); m_format == PsdFormat::Psd && bytes > kMaxPsdBytes)
            return invalid(QStringLiteral("the layers need %1 MB, and a PSD holds at most 2 GB; %2")
                               .arg(bytes >> 20)
                               .arg(advice()));
        return {};
    }

    Result<void> measureRecord(PsdRecord &record)
    {
        if (record.area.isEmpty()) {
            for (const qint16 id : {kAlphaChannel, qint16(0), qint16(1), qint16(2)})
                record.channels.push_back({id, {}, 0});
            return {};
        }
        const QImage pixels = toSrgb8(record.layer->image);
        if (pixels.isNull())
            return outOfMemory();
        for (int id = planesOf(pixels) == 4 ? kAlphaChannel : 0; id < 3; ++id) {
            auto channel = measureChannel(pixels, qint16(id));
            if (!channel)
                return fail(channel.error());
            record.channels.push_back(std::move(*channel));
        }
        return {};
    }

    Result<PsdChannel> measureChannel(const QImage &pixels, qint16 id)
    {
        PsdChannel channel{id, {}, 0};
        channel.rows.reserve(size_t(pixels.height()));
        for (int y = 0; y < pixels.height(); ++y) {
            encodeRow(pixels, planeOf(id), y);
            channel.rows.push_back(quint32(m_code.size()));
            channel.encodedBytes += m_code.size();
            if (!step())
                return cancelled();
        }
        return channel;
    }

    // One row of one plane into m_code.
    void encodeRow(const QImage &pixels, int plane, int y)
    {
        const int planes = planesOf(pixels);
        m_row.resize(size_t(pixels.width()));
        const uchar *from = pixels.constScanLine(y) + plane;
        for (uint8_t &value : m_row) {
            value = *from;
            from += planes;
        }
        packBits(m_row, m_code);
    }

    // After each row: reports a hundredth at a time. False when the export was stopped.
    bool step()
    {
        const quint64 before = m_rowsDone * 100 / m_rowsTotal;
        ++m_rowsDone;
        if (m_control.progress && m_rowsDone * 100 / m_rowsTotal != before)
            m_control.progress(double(m_rowsDone) / double(m_rowsTotal));
        return !m_control.stop.stop_requested();
    }

    // What the layer info section holds, without its own length and without padding.
    quint64 layerInfoUsed() const
    {
        quint64 bytes = sizeof(qint16) + quint64(m_layerRecords.size());
        for (const PsdRecord &record : m_records)
            for (const PsdChannel &channel : record.channels)
                bytes += storedBytes(channel, m_format);
        return bytes;
    }

    // Padded to a multiple of four, as Photoshop writes it.
    quint64 layerInfoBytes() const { return (layerInfoUsed() + 3) / 4 * 4; }

    // The length of a section's length.
    quint64 lengthBytes() const { return m_format == PsdFormat::Psb ? 8 : 4; }

    quint64 totalBytes() const
    {
        quint64 bytes = quint64(fileHeader().size() + m_resources.size()) + 2 * lengthBytes() +
                        layerInfoBytes() + kLayerMaskInfoBytes + sizeof kRle;
        for (const PsdChannel &channel : m_mergedChannels)
            bytes += rowTableBytes(channel, m_format) + channel.encodedBytes;
        return bytes;
    }

    QByteArray fileHeader() const
    {
        constexpr quint16 kBitsPerChannel = 8, kRgb = 3;
        BigEndian block;
        block.put("8BPS").put(quint16(m_format == PsdFormat::Psb ? 2 : 1)).put(QByteArray(6, '\0'));
        block.put(quint16(m_mergedChannels.size()));
        block.put(quint32(m_document.size.height())).put(quint32(m_document.size.width()));
        block.put(kBitsPerChannel).put(kRgb);
        block.put(quint32(0)); // no colour table
        return block.bytes();
    }

    Result<void> stream(const ByteSink &sink)
    {
        m_sink = &sink;
        BigEndian layers;
        putLength(layers, lengthBytes() + layerInfoBytes() + kLayerMaskInfoBytes, m_format);
        putLength(layers, layerInfoBytes(), m_format);
        // A negative count says that the merged picture's fourth channel is its transparency.
        const auto count = qint16(m_records.size());
        layers.put(qint16(m_mergedChannels.size() == 4 ? -count : count));
        send(fileHeader());
        send(m_resources);
        send(layers.bytes());
        send(m_layerRecords);
        for (const PsdRecord &record : m_records)
            if (auto sent = streamRecord(record); !sent)
                return sent;
        BigEndian end;
        end.put(QByteArray(int(layerInfoBytes() - layerInfoUsed()), '\0'));
        end.put(quint32(0)); // no global layer mask
        end.put(kRle);
        for (const PsdChannel &channel : m_mergedChannels)
            putRowTable(end, channel, m_format);
        send(end.bytes());
        for (const PsdChannel &channel : m_mergedChannels)
            if (auto sent = streamRows(m_merged, channel); !sent)
                return sent;
        return flush();
    }

    Result<void> streamRecord(const PsdRecord &record)
    {
        QImage pixels;
        if (!record.area.isEmpty()) {
            pixels = toSrgb8(record.layer->image);
            if (pixels.isNull())
                return outOfMemory();
        }
        for (const PsdChannel &channel : record.channels) {
            BigEndian head;
            head.put(pixels.isNull() ? kRaw : kRle);
            putRowTable(head, channel, m_format);
            send(head.bytes());
            if (auto sent = streamRows(pixels, channel); !sent)
                return sent;
        }
        return {};
    }

    Result<void> streamRows(const QImage &pixels, const PsdChannel &channel)
    {
        for (int y = 0; y < pixels.height(); ++y) {
            encodeRow(pixels, planeOf(channel.id), y);
            m_out.insert(m_out.end(), m_code.begin(), m_code.end());
            if (m_out.size() >= kBuffer)
                if (auto flushed = flush(); !flushed)
                    return flushed;
            if (!step())
                return cancelled();
        }
        return {};
    }

    void send(const QByteArray &bytes) { m_out.insert(m_out.end(), bytes.begin(), bytes.end()); }

    // When the sink refuses, writeFileSafely knows why and replaces this error by the reason.
    Result<void> flush()
    {
        if (!(*m_sink)(std::as_bytes(std::span(m_out))))
            return fail(ErrorCode::Unreadable, m_path.toStdString(), "writing failed");
        m_out.clear();
        return {};
    }

    static constexpr size_t kBuffer = size_t(1) << 20;
    static constexpr quint64 kLayerMaskInfoBytes = 4; // its length, which is 0

    const PsdDocument &m_document;
    const QString m_path;
    const PsdFormat m_format;
    const ExportControl &m_control;

    std::vector<PsdRecord> m_records;
    QImage m_merged; // RGB888, or RGBA8888 laid over white
    std::vector<PsdChannel> m_mergedChannels;
    QByteArray m_resources;
    QByteArray m_layerRecords;
    quint64 m_rowsDone = 0;
    quint64 m_rowsTotal = 0;

    const ByteSink *m_sink = nullptr;
    std::vector<uint8_t> m_out;  // waits for the sink
    std::vector<uint8_t> m_row;  // scratch: one row of one plane
    std::vector<uint8_t> m_code; // scratch: the same, encoded
};

} // namespace

Result<void> writePsd(const PsdDocument &document, const QString &path, PsdFormat format,
                      const ExportControl &control)
{
    return Writer(document, path, format, control).write();
}

} // namespace moodloom::exporting
