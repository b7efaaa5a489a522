#include "core/image/PictureTexts.h"

#include "core/image/Exiv2Start.h"
#include "core/image/Format.h"

#include <exiv2/exiv2.hpp>
#include <zlib.h>

#include <QFile>
#include <QFileInfo>
#include <QIODevice>
#include <QStringDecoder>
#include <QtEndian>

#include <algorithm>

namespace moodloom::image {
namespace {

constexpr qsizetype kLongestText = 16 << 20; // a large ComfyUI graph has two or three MB
constexpr qsizetype kMostTexts = 256;
constexpr qint64 kLargestWhole = qint64(256) << 20; // of a file that Exiv2 gets at once
constexpr int kMostChunks = 1'000'000;

const QByteArray kXmpKeyword("XML:com.adobe.xmp");

// UTF-8 where it is valid, else Latin-1, as PNG has it.
QString decoded(const QByteArray &bytes)
{
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = utf8(bytes);
    return utf8.hasError() ? QString::fromLatin1(bytes) : text;
}

// What zlib packed; nothing where it is damaged or larger than a text should be.
std::optional<QByteArray> unpacked(const QByteArray &packed)
{
    QByteArray text;
    z_stream stream{};
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.constData()));
    stream.avail_in = uInt(packed.size());
    if (inflateInit(&stream) != Z_OK)
        return std::nullopt;
    int state = Z_OK;
    QByteArray part(64 << 10, Qt::Uninitialized);
    while (state == Z_OK && text.size() <= kLongestText) {
        stream.next_out = reinterpret_cast<Bytef *>(part.data());
        stream.avail_out = uInt(part.size());
        state = inflate(&stream, Z_NO_FLUSH);
        text.append(part.constData(), part.size() - qsizetype(stream.avail_out));
    }
    inflateEnd(&stream);
    if (state != Z_STREAM_END || text.size() > kLongestText)
        return std::nullopt;
    return text;
}

// PNG, third edition, 11.3.3: keyword, NUL, and then what the kind of chunk says.
std::optional<PictureText> textOfChunk(const QByteArray &type, const QByteArray &data)
{
    const qsizetype end = data.indexOf('\0');
    if (end < 1 || end > 79)
        return std::nullopt;
    PictureText text{data.left(end), {}};
    QByteArray body = data.mid(end + 1);
    if (type == "iTXt") { // compression flag and method, language NUL, translated keyword NUL
        const qsizetype language = body.indexOf('\0', 2);
        const qsizetype translated = language < 0 ? -1 : body.indexOf('\0', language + 1);
        if (translated < 0)
            return std::nullopt;
        const bool packed = body[0] != 0;
        body = body.mid(translated + 1);
        if (packed) {
            const auto plain = unpacked(body);
            if (!plain)
                return std::nullopt;
            body = *plain;
        }
    } else if (type == "zTXt") {
        const auto plain = unpacked(body.mid(1));
        if (!plain)
            return std::nullopt;
        body = *plain;
    }
    // Programs write UTF-8 into tEXt, too, where PNG has Latin-1.
    text.text = decoded(body);
    return text;
}

// A comment's first eight bytes name its characters (EXIF 2.32, 4.6.5). Which of UTF-16's two
// orders "UNICODE" means is told by none of them: Latin letters show it.
QString commentText(const QByteArray &raw)
{
    const QByteArray body = raw.mid(8);
    if (raw.startsWith("ASCII\0\0\0") || raw.left(8) == QByteArray(8, '\0'))
        return decoded(body);
    if (!raw.startsWith("UNICODE"))
        return decoded(raw.size() > 8 ? body : raw);
    qsizetype big = 0, little = 0;
    for (qsizetype i = 0; i + 1 < body.size(); i += 2) {
        big += body[i] == 0 && body[i + 1] != 0;
        little += body[i] != 0 && body[i + 1] == 0;
    }
    if (body.startsWith("\xfe\xff"))
        big = body.size();
    else if (body.startsWith("\xff\xfe"))
        little = body.size();
    QStringDecoder utf16(big >= little ? QStringDecoder::Utf16BE : QStringDecoder::Utf16LE);
    return QString(utf16(body)).remove(QChar(0xfeff));
}

void collect(const Exiv2::ExifData &exif, QVector<PictureText> &texts)
{
    for (const auto &[key, name] :
         {std::pair("Exif.Photo.UserComment", "UserComment"),
          std::pair("Exif.Image.ImageDescription", "ImageDescription"),
          std::pair("Exif.Image.Make", "Make"), std::pair("Exif.Image.Model", "Model")}) {
        const auto found = exif.findKey(Exiv2::ExifKey(key));
        if (found == exif.end() || qsizetype(found->size()) > kLongestText)
            continue;
        QByteArray raw(qsizetype(found->size()), '\0');
        found->copy(reinterpret_cast<Exiv2::byte *>(raw.data()), Exiv2::bigEndian);
        QString text = std::string_view(name) == "UserComment" ? commentText(raw) : decoded(raw);
        while (text.endsWith(QChar(0)))
            text.chop(1);
        if (!text.isEmpty())
            texts.append({name, text});
    }
}

void collectExif(const QByteArray &tiff, QVector<PictureText> &texts)
{
    startExiv2();
    try {
        Exiv2::ExifData exif;
        Exiv2::ExifParser::decode(exif, reinterpret_cast<const Exiv2::byte *>(tiff.constData()),
                                  uint32_t(tiff.size()));
        collect(exif, texts);
    } catch (const std::exception &) {
        // Exiv2's word for broken metadata.
    }
}

QVector<PictureText> textsOfPng(QIODevice &file)
{
    QVector<PictureText> texts;
    qint64 at = 8; // the signature
    for (int chunk = 0; chunk < kMostChunks && texts.size() < kMostTexts; ++chunk) {
        if (at >= file.size() || !file.seek(at))
            break;
        const QByteArray head = file.read(8);
        if (head.size() != 8)
            break;
        const qint64 length = qFromBigEndian<quint32>(head.constData());
        const QByteArray type = head.mid(4);
        const bool isText = type == "tEXt" || type == "zTXt" || type == "iTXt";
        if ((isText || type == "eXIf") && length <= kLongestText) {
            const QByteArray data = file.read(length);
            if (data.size() != length)
                break;
            if (!isText)
                collectExif(data, texts);
            else if (auto text = textOfChunk(type, data))
                texts.append(*text);
        }
        if (type == "IEND")
            break;
        at += 8 + length + 4; // the checksum is the decoder's business
    }
    return texts;
}

// XMP packets are made to be found by whoever does not know the format around them.
void collectPacket(const QByteArray &bytes, QVector<PictureText> &texts)
{
    const qsizetype begin = bytes.indexOf("<x:xmpmeta");
    const QByteArray close("</x:xmpmeta>");
    const qsizetype end = begin < 0 ? -1 : bytes.indexOf(close, begin);
    if (end > begin && end - begin <= kLongestText)
        texts.append(
            {kXmpKeyword, QString::fromUtf8(bytes.mid(begin, end + close.size() - begin))});
}

} // namespace

QVector<PictureText> pictureTexts(QIODevice &file)
{
    file.seek(0);
    const QByteArray head = file.read(kSniffBytes);
    const Format format = sniffFormat(head);
    if (format == Format::Png)
        return textsOfPng(file);
    if (format == Format::Unknown || format == Format::Svg || format == Format::Gif ||
        file.size() > kLargestWhole)
        return {};
    file.seek(0);
    const QByteArray bytes = file.readAll();
    QVector<PictureText> texts;
    startExiv2();
    try {
        const auto image = Exiv2::ImageFactory::open(
            reinterpret_cast<const Exiv2::byte *>(bytes.constData()), long(bytes.size()));
        image->readMetadata();
        collect(image->exifData(), texts);
    } catch (const std::exception &) {
        // Exiv2's word for broken metadata.
    }
    collectPacket(bytes, texts);
    return texts;
}

Result<QVector<PictureText>> readPictureTexts(const QString &path)
{
    QFile file(path);
    const std::string subject = path.toStdString();
    if (!QFileInfo(path).isFile())
        return fail(ErrorCode::NotFound, subject, "no such file");
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Unreadable, subject, file.errorString().toStdString());
    const QByteArray head = file.read(kSniffBytes);
    if (sniffFormat(head) == Format::Unknown)
        return fail(ErrorCode::Unsupported, subject, describeForeignFormat(head).toStdString());
    return pictureTexts(file);
}

} // namespace moodloom::image
