#include "core/export/PsdResources.h"

#include "core/export/BigEndian.h"
#include "core/export/Srgb.h"

#include <cmath>

namespace moodloom::exporting {
namespace {

// Numbers of the specification's "Image Resource IDs".
enum ResourceId : quint16 {
    Resolution = 1005,
    Iptc = 1028,
    IccProfile = 1039,
    VersionInfo = 1057,
    Xmp = 1060
};

void putResource(BigEndian &section, ResourceId id, const QByteArray &data)
{
    section.put("8BIM").put(quint16(id)).put(quint16(0)); // no name
    section.put(quint32(data.size())).put(data).padTo(2);
}

QByteArray resolution(double pixelsPerInch)
{
    const auto fixed = quint32(std::lround(pixelsPerInch * 65536)); // 16.16
    constexpr quint16 kPerInch = 1, kInches = 1;
    BigEndian data;
    for (int axis = 0; axis < 2; ++axis)
        data.put(fixed).put(kPerInch).put(kInches);
    return data.bytes();
}

QByteArray versionInfo()
{
    BigEndian data;
    data.put(quint32(1)).put(quint8(1)); // the merged picture is real
    data.putUnicode(QStringLiteral("Moodloom")).putUnicode(QStringLiteral("Moodloom"));
    data.put(quint32(1));
    return data.bytes();
}

// IPTC-IIM records: the character set (UTF-8), the record version and the caption.
QByteArray iptc(const QString &caption)
{
    constexpr int kMaxCaption = 2000;
    BigEndian data;
    const auto putRecord = [&data](quint8 record, quint8 number, const QByteArray &value) {
        data.put(quint8(0x1c)).put(record).put(number).put(quint16(value.size())).put(value);
    };
    putRecord(1, 90, QByteArrayLiteral("\x1b%G"));
    putRecord(2, 0, QByteArray("\0\2", 2));
    putRecord(2, 120, utf8Prefix(caption, kMaxCaption));
    return data.bytes();
}

} // namespace

QByteArray utf8Prefix(const QString &text, int maxBytes)
{
    QByteArray bytes = text.toUtf8();
    if (bytes.size() > maxBytes) {
        int end = maxBytes;
        while (end > 0 && (uchar(bytes[end]) & 0xc0) == 0x80)
            --end;
        bytes.truncate(end);
    }
    return bytes;
}

QByteArray psdResources(const PsdDocument &document)
{
    BigEndian section;
    putResource(section, Resolution, resolution(document.pixelsPerInch));
    if (!document.caption.isEmpty())
        putResource(section, Iptc, iptc(document.caption));
    putResource(section, IccProfile, srgbProfile());
    putResource(section, VersionInfo, versionInfo());
    if (!document.xmp.isEmpty())
        putResource(section, Xmp, document.xmp);
    BigEndian whole;
    whole.put(quint32(section.bytes().size())).put(section.bytes());
    return whole.bytes();
}

} // namespace moodloom::exporting
