#include "core/image/Metadata.h"

#include "core/image/Exiv2Start.h"

#include <QStringDecoder>
#include <QXmlStreamReader>

#include <exiv2/exiv2.hpp>

#include <algorithm>
#include <mutex>

namespace moodloom::image {

void startExiv2()
{
    static const bool started = [] {
        static std::recursive_mutex xmpMutex; // the XMP toolkit is not thread-safe by itself
        Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
        Exiv2::enableBMFF(true); // AVIF and HEIF
        return Exiv2::XmpParser::initialize(
            [](void *mutex, bool lock) {
                auto *held = static_cast<std::recursive_mutex *>(mutex);
                lock ? held->lock() : held->unlock();
            },
            &xmpMutex);
    }();
    (void)started;
}

namespace {

constexpr qsizetype kLongestDescription = 20'000;
constexpr qsizetype kLongestKeyword = 200;
constexpr qsizetype kMostKeywords = 500;

// Text of unknown encoding: UTF-8 where it is valid, else Latin-1. Fields of limited length may end
// within a character: behind others of UTF-8 it is left out, behind plain ASCII it is Latin-1.
QString decoded(const std::string &bytes)
{
    const QByteArrayView view(bytes.data(), qsizetype(bytes.size()));
    QStringDecoder utf8(QStringDecoder::Utf8);
    const QString text = utf8(view);
    if (utf8.hasError())
        return QString::fromLatin1(view);
    const QString behind = utf8("."); // within a character it is an error
    const bool cutOff = utf8.hasError();
    const auto isAscii = [](QChar c) { return c.unicode() < 0x80; };
    return cutOff && std::all_of(text.begin(), text.end(), isAscii) ? QString::fromLatin1(view)
                                                                    : text;
}

// One clean line or paragraph: no control characters, no blanks around.
QString cleaned(QString text, bool keepLines)
{
    for (QChar &c : text)
        if (c.category() == QChar::Other_Control && !(keepLines && c == QLatin1Char('\n')))
            c = QLatin1Char(' ');
    return text.trimmed();
}

void addKeyword(QStringList &keywords, const QString &word)
{
    const QString clean = cleaned(word, false).left(kLongestKeyword);
    if (!clean.isEmpty() && keywords.size() < kMostKeywords && !keywords.contains(clean))
        keywords << clean;
}

// "2020:05:04 03:02:01" (EXIF) or ISO 8601 (XMP).
QDateTime date(const QString &text)
{
    const QString trimmed = text.trimmed();
    QDateTime found =
        QDateTime::fromString(trimmed.left(19), QStringLiteral("yyyy:MM:dd HH:mm:ss"));
    if (!found.isValid())
        found = QDateTime::fromString(trimmed, Qt::ISODate);
    return found;
}

// All languages of an alternative, "x-default" first, equal texts once.
QString allLanguages(const Exiv2::XmpData &xmp, const char *key)
{
    const auto found = xmp.findKey(Exiv2::XmpKey(key));
    if (found == xmp.end())
        return {};
    QStringList texts;
    if (const auto *alternatives = dynamic_cast<const Exiv2::LangAltValue *>(&found->value())) {
        for (const auto &[language, text] : alternatives->value_) {
            const QString clean = cleaned(decoded(text), true);
            if (clean.isEmpty() || texts.contains(clean))
                continue;
            if (language == "x-default")
                texts.prepend(clean);
            else
                texts.append(clean);
        }
    } else {
        texts << cleaned(decoded(found->toString()), true);
    }
    return texts.join(QLatin1Char('\n'));
}

void readXmp(const Exiv2::XmpData &xmp, Metadata &metadata)
{
    metadata.description = allLanguages(xmp, "Xmp.dc.description");
    if (metadata.description.isEmpty())
        metadata.description = allLanguages(xmp, "Xmp.dc.title");
    const auto subject = xmp.findKey(Exiv2::XmpKey("Xmp.dc.subject"));
    if (subject != xmp.end())
        for (long i = 0; i < subject->count(); ++i)
            addKeyword(metadata.keywords, decoded(subject->toString(i)));
    for (const char *key : {"Xmp.exif.DateTimeOriginal", "Xmp.photoshop.DateCreated"})
        if (const auto found = xmp.findKey(Exiv2::XmpKey(key));
            !metadata.captured.isValid() && found != xmp.end())
            metadata.captured = date(decoded(found->toString()));
}

void readIptc(const Exiv2::IptcData &iptc, Metadata &metadata)
{
    for (const auto &datum : iptc) {
        if (datum.key() == "Iptc.Application2.Keywords")
            addKeyword(metadata.keywords, decoded(datum.toString()));
        else if (datum.key() == "Iptc.Application2.Caption" && metadata.description.isEmpty())
            metadata.description = cleaned(decoded(datum.toString()), true);
    }
}

// Windows' XPKeywords and XPComment: UTF-16, little-endian, as bytes.
QString utf16Bytes(const Exiv2::Exifdatum &datum)
{
    QByteArray bytes(qsizetype(datum.size()), '\0');
    datum.copy(reinterpret_cast<Exiv2::byte *>(bytes.data()), Exiv2::littleEndian);
    QStringDecoder utf16(QStringDecoder::Utf16LE);
    return QString(utf16(bytes)).remove(QChar(0));
}

void readExif(const Exiv2::ExifData &exif, Metadata &metadata)
{
    const auto find = [&](const char *key) { return exif.findKey(Exiv2::ExifKey(key)); };
    for (const char *key : {"Exif.Photo.DateTimeOriginal", "Exif.Photo.DateTimeDigitized"})
        if (const auto found = find(key); found != exif.end())
            if (const QDateTime taken = date(decoded(found->toString())); taken.isValid()) {
                metadata.captured = taken;
                break;
            }
    if (const auto found = find("Exif.Image.XPKeywords"); found != exif.end())
        for (const QString &word : utf16Bytes(*found).split(QLatin1Char(';')))
            addKeyword(metadata.keywords, word);
    if (!metadata.description.isEmpty())
        return;
    if (const auto found = find("Exif.Image.ImageDescription"); found != exif.end())
        metadata.description = cleaned(decoded(found->toString()), true);
    if (!metadata.description.isEmpty())
        return;
    if (const auto found = find("Exif.Photo.UserComment"); found != exif.end())
        if (const auto *comment = dynamic_cast<const Exiv2::CommentValue *>(&found->value()))
            metadata.description = cleaned(decoded(comment->comment()), true);
    if (metadata.description.isEmpty())
        if (const auto found = find("Exif.Image.XPComment"); found != exif.end())
            metadata.description = cleaned(utf16Bytes(*found), true);
}

// XMP packets are made to be found by whoever does not know the format around them.
QByteArray findPacket(const QByteArray &bytes, const QByteArray &element)
{
    const qsizetype begin = bytes.indexOf('<' + element);
    const QByteArray close = "</" + element + '>';
    const qsizetype end = begin < 0 ? -1 : bytes.indexOf(close, begin);
    return end < 0 ? QByteArray() : bytes.mid(begin, end + close.size() - begin);
}

void readPacket(const QByteArray &bytes, Metadata &metadata)
{
    QByteArray packet = findPacket(bytes, "x:xmpmeta");
    if (packet.isEmpty())
        packet = findPacket(bytes, "rdf:RDF");
    if (packet.isEmpty())
        return;
    Exiv2::XmpData xmp;
    if (Exiv2::XmpParser::decode(xmp, packet.toStdString()) == 0)
        readXmp(xmp, metadata);
}

void readSvgTexts(const QByteArray &bytes, Metadata &metadata)
{
    QXmlStreamReader xml(bytes);
    QString title;
    for (int depth = 0; !xml.atEnd() && metadata.description.isEmpty();) {
        const auto token = xml.readNext();
        depth += token == QXmlStreamReader::StartElement ? 1
                 : token == QXmlStreamReader::EndElement ? -1
                                                         : 0;
        if (token != QXmlStreamReader::StartElement || depth != 2)
            continue; // a title deeper inside is a tooltip
        const bool isTitle = xml.name() == QLatin1String("title");
        if (!isTitle && xml.name() != QLatin1String("desc"))
            continue;
        const QString text =
            cleaned(xml.readElementText(QXmlStreamReader::IncludeChildElements), true);
        --depth;
        (isTitle ? title : metadata.description) = text;
    }
    if (metadata.description.isEmpty())
        metadata.description = title;
}

void readWithExiv2(const QByteArray &bytes, Metadata &metadata)
{
    const auto image = Exiv2::ImageFactory::open(
        reinterpret_cast<const Exiv2::byte *>(bytes.constData()), long(bytes.size()));
    image->readMetadata();
    readXmp(image->xmpData(), metadata);
    readIptc(image->iptcData(), metadata);
    readExif(image->exifData(), metadata);
}

} // namespace

Metadata readMetadata(const QByteArray &bytes, Format format)
{
    startExiv2();
    Metadata metadata;
    // Each reader alone: what one of them stumbles over does not keep the next from trying.
    const auto attempt = [&](const auto &read) {
        try {
            read();
        } catch (const std::exception &) {
            // Exiv2's word for broken metadata.
        }
    };
    if (format != Format::Svg && format != Format::Gif)
        attempt([&] { readWithExiv2(bytes, metadata); });
    if (metadata.description.isEmpty() && metadata.keywords.isEmpty())
        attempt([&] { readPacket(bytes, metadata); });
    if (format == Format::Svg && metadata.description.isEmpty())
        attempt([&] { readSvgTexts(bytes, metadata); });
    metadata.description.truncate(kLongestDescription);
    return metadata;
}

} // namespace moodloom::image
