#include "core/image/Damage.h"

#include "core/image/Vips.h"

#include <QtEndian>

namespace moodloom::image {
namespace {

// JPEG decoders fill up what is missing with grey. The end mark must stand somewhere behind the
// header (not in a preview inside it); what cameras and phones append follows it.
bool jpegHasEnd(const QByteArray &bytes)
{
    qsizetype at = 2;
    while (at + 4 <= bytes.size() && uchar(bytes[at]) == 0xff) {
        const uchar marker = uchar(bytes[at + 1]);
        if (marker == 0xff) { // padding
            ++at;
            continue;
        }
        at += 2 + qFromBigEndian<quint16>(bytes.constData() + at + 2);
        if (marker == 0xda)                             // the first scan begins
            return bytes.lastIndexOf("\xff\xd9") >= at; // from the back: it mostly stands there
    }
    return false;
}

// What libvips said, in one line.
std::string vipsText()
{
    const QString text = QString::fromUtf8(vips_error_buffer());
    return text.section(QLatin1Char('\n'), 0, 0, QString::SectionSkipEmpty).trimmed().toStdString();
}

bool speaksOfTheEnd(const std::string &said)
{
    const QString text = QString::fromStdString(said).toLower();
    for (const char *word :
         {"unexpected end", "end of", "truncated", "premature", "not enough data"})
        if (text.contains(QLatin1String(word)))
            return true;
    return false;
}

// Rows that decode before the first that does not. Throws vips::VError for a bad header.
int goodRows(const vips::VImage &image)
{
    VipsRegion *region = vips_region_new(image.get_image());
    constexpr int kStrip = 8;
    int row = 0;
    for (; row < image.height(); row += kStrip) {
        const VipsRect strip{0, row, image.width(), qMin(kStrip, image.height() - row)};
        if (vips_region_prepare(region, &strip) != 0)
            break;
    }
    g_object_unref(region);
    return qMin(row, image.height());
}

} // namespace

bool isCutOff(const QByteArray &bytes, Format format)
{
    switch (format) {
    case Format::Jpeg:
        return !jpegHasEnd(bytes);
    case Format::Png: // from the back: other data may follow the end
        return bytes.lastIndexOf("IEND") < 0;
    case Format::Webp:
        return bytes.size() < 12 ||
               qint64(qFromLittleEndian<quint32>(bytes.constData() + 4)) + 8 > bytes.size();
    default:
        return false;
    }
}

Error explainDamage(const QByteArray &bytes, Format format, const QString &name)
{
    const auto lock = vipsio::alone();
    vips_error_clear();
    int rows = 0;
    int height = 0; // 0 = not even the header can be read
    try {
        const auto image =
            vipsio::open(bytes, format, vipsio::Access::Sequential, 1, VIPS_FAIL_ON_WARNING);
        height = image.height();
        rows = goodRows(image);
    } catch (const vips::VError &) {
        // Its text is in the buffer.
    }
    const std::string said = vipsText();
    vips_error_clear();
    const std::string where = std::to_string(rows) + " of " + std::to_string(height) + " rows";
    std::string detail;
    if (isCutOff(bytes, format) || speaksOfTheEnd(said))
        detail = "ends after " + (rows > 0 ? where : std::to_string(bytes.size()) + " bytes");
    else if (rows > 0 && rows < height)
        detail = "damaged after " + where + (said.empty() ? "" : " (" + said + ")");
    else
        detail = said;
    return {ErrorCode::Corrupt, name.toStdString(), detail};
}

} // namespace moodloom::image
