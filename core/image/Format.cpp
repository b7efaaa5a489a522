#include "core/image/Format.h"

#include <array>
#include <utility>

namespace moodloom::image {
namespace {

// ISO base media files: the size of the box, "ftyp", a major brand and compatible ones.
Format sniffBrands(QByteArrayView head)
{
    if (head.size() < 16 || head.sliced(4, 4) != "ftyp")
        return Format::Unknown;
    const auto *bytes = reinterpret_cast<const unsigned char *>(head.data());
    const qsizetype box = qsizetype(bytes[2]) << 8 | bytes[3];
    Format format = Format::Unknown;
    for (qsizetype at = 8; at + 4 <= qMin(qMax<qsizetype>(box, 16), head.size()); at += 4) {
        const QByteArrayView brand = head.sliced(at, 4);
        if (brand == "avif" || brand == "avis")
            return Format::Avif;
        if (brand == "heic" || brand == "heix" || brand == "hevc" || brand == "heim" ||
            brand == "heis" || brand == "mif1" || brand == "msf1")
            format = Format::Heif;
    }
    return format;
}

bool looksLikeSvg(QByteArrayView head)
{
    if (head.startsWith("\xef\xbb\xbf"))
        head = head.sliced(3);
    while (!head.isEmpty() &&
           (head[0] == ' ' || head[0] == '\t' || head[0] == '\r' || head[0] == '\n'))
        head = head.sliced(1);
    if (!head.startsWith('<'))
        return false;
    const qsizetype tag = head.indexOf("<svg");
    const qsizetype prefixed = head.indexOf("<svg:svg");
    return tag >= 0 || prefixed >= 0;
}

} // namespace

Format sniffFormat(QByteArrayView head)
{
    if (head.startsWith("\xff\xd8\xff"))
        return Format::Jpeg;
    if (head.startsWith("\x89PNG\r\n\x1a\n"))
        return Format::Png;
    if (head.startsWith("GIF87a") || head.startsWith("GIF89a"))
        return Format::Gif;
    if (head.size() >= 12 && head.startsWith("RIFF") && head.sliced(8, 4) == "WEBP")
        return Format::Webp;
    // Classic and big TIFF. Camera raw files often are TIFF inside; their makers' marks follow.
    if (head.startsWith(QByteArrayView("II*\0", 4)) ||
        head.startsWith(QByteArrayView("MM\0*", 4)) ||
        head.startsWith(QByteArrayView("II+\0", 4)) ||
        head.startsWith(QByteArrayView("MM\0+", 4))) {
        const bool canonRaw = head.size() >= 10 && head.sliced(8, 2) == "CR";
        return canonRaw ? Format::Unknown : Format::Tiff;
    }
    if (const Format format = sniffBrands(head); format != Format::Unknown)
        return format;
    return looksLikeSvg(head.first(qMin(head.size(), kSniffBytes))) ? Format::Svg : Format::Unknown;
}

QString formatName(Format format)
{
    switch (format) {
    case Format::Unknown:
        return {};
    case Format::Jpeg:
        return QStringLiteral("jpeg");
    case Format::Png:
        return QStringLiteral("png");
    case Format::Webp:
        return QStringLiteral("webp");
    case Format::Tiff:
        return QStringLiteral("tiff");
    case Format::Gif:
        return QStringLiteral("gif");
    case Format::Avif:
        return QStringLiteral("avif");
    case Format::Heif:
        return QStringLiteral("heif");
    case Format::Svg:
        return QStringLiteral("svg");
    }
    return {};
}

QString describeForeignFormat(QByteArrayView head)
{
    static constexpr std::array<std::pair<const char *, const char *>, 14> marks{{
        {"8BPS", "a Photoshop document"},
        {"%PDF", "a PDF document"},
        {"BM", "a BMP picture"},
        {"II*", "a camera raw file"}, // other TIFFs are read
        {"FUJIFILMCCD-RAW", "a camera raw file"},
        {"\xff\x0a", "a JPEG XL picture"},
        {"gimp xcf", "a GIMP document"},
        {"qoif", "a QOI picture"},
        {"v/1\x01", "an OpenEXR picture"},
        {"DDS ", "a DirectDraw texture"},
        {"%!PS", "a PostScript document"},
        {"PK\x03\x04", "a ZIP archive or an office document"},
        {"\x1f\x8b", "a compressed file"},
        {"RIFF", "a sound or video file"},
    }};
    if (head.size() >= 12 && head.sliced(4, 4) == "JXL ")
        return QStringLiteral("a JPEG XL picture");
    if (head.size() >= 12 && head.sliced(4, 4) == "jP  ")
        return QStringLiteral("a JPEG 2000 picture");
    if (head.size() >= 12 && head.sliced(4, 4) == "ftyp")
        return QStringLiteral("a video file");
    for (const auto &[mark, name] : marks)
        if (head.startsWith(mark))
            return QString::fromLatin1(name);
    return QStringLiteral("not a picture that Moodloom knows");
}

const QStringList &pictureSuffixes()
{
    static const QStringList suffixes{
        QStringLiteral("jpg"),  QStringLiteral("jpeg"), QStringLiteral("jpe"),
        QStringLiteral("jfif"), QStringLiteral("png"),  QStringLiteral("webp"),
        QStringLiteral("tif"),  QStringLiteral("tiff"), QStringLiteral("gif"),
        QStringLiteral("avif"), QStringLiteral("heic"), QStringLiteral("heif"),
        QStringLiteral("hif"),  QStringLiteral("svg")};
    return suffixes;
}

} // namespace moodloom::image
