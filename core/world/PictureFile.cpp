#include "core/world/PictureFile.h"

#include <QBuffer>
#include <QImageWriter>

#include <exiv2/exiv2.hpp>

#include <mutex>

namespace moodloom::world {
namespace {

// The XMP toolkit is not thread-safe by itself. Whoever initialises it first in a process gives it
// the lock; later calls change nothing.
void startExiv2()
{
    static std::recursive_mutex xmpMutex;
    static const bool started = Exiv2::XmpParser::initialize(
        [](void *mutex, bool lock) {
            auto *held = static_cast<std::recursive_mutex *>(mutex);
            lock ? held->lock() : held->unlock();
        },
        &xmpMutex);
    (void)started;
}

// At most `bytes` long, never cut inside a character: IPTC fields have fixed limits.
std::string limited(std::string text, size_t bytes)
{
    if (text.size() <= bytes)
        return text;
    size_t end = bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    text.resize(end);
    return text;
}

void setIptc(Exiv2::IptcData &iptc, const PictureWords &words)
{
    iptc["Iptc.Envelope.CharacterSet"] = std::string("\x1b%G"); // UTF-8
    iptc["Iptc.Application2.ObjectName"] = limited(words.title, 64);
    iptc["Iptc.Application2.Caption"] =
        limited(words.descriptionEn + "\n" + words.descriptionZh, 2000);
    for (const std::string &keyword : words.keywords) {
        const auto value = Exiv2::Value::create(Exiv2::string);
        value->read(limited(keyword, 64));
        iptc.add(Exiv2::IptcKey("Iptc.Application2.Keywords"), value.get());
    }
}

void setXmp(Exiv2::XmpData &xmp, const PictureWords &words)
{
    const auto text = Exiv2::Value::create(Exiv2::langAlt);
    text->read("lang=x-default " + words.descriptionEn);
    text->read("lang=zh-CN " + words.descriptionZh);
    xmp.add(Exiv2::XmpKey("Xmp.dc.description"), text.get());
    const auto title = Exiv2::Value::create(Exiv2::langAlt);
    title->read("lang=x-default " + words.title);
    xmp.add(Exiv2::XmpKey("Xmp.dc.title"), title.get());
    const auto subjects = Exiv2::Value::create(Exiv2::xmpBag);
    for (const std::string &keyword : words.keywords)
        subjects->read(keyword);
    xmp.add(Exiv2::XmpKey("Xmp.dc.subject"), subjects.get());
}

} // namespace

Result<std::string> encodePicture(const QImage &image, PictureFormat format,
                                  const PictureWords &words)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, format == PictureFormat::Jpeg ? "jpeg" : "png");
    writer.setQuality(format == PictureFormat::Jpeg ? 92 : 40);
    if (!writer.write(image))
        return fail(ErrorCode::Internal, words.title,
                    "the picture could not be encoded: " + writer.errorString().toStdString());
    try {
        startExiv2();
        const auto file = Exiv2::ImageFactory::open(
            reinterpret_cast<const Exiv2::byte *>(buffer.data().constData()),
            long(buffer.data().size()));
        file->readMetadata();
        setXmp(file->xmpData(), words);
        setIptc(file->iptcData(), words);
        file->writeMetadata();
        Exiv2::BasicIo &io = file->io();
        io.open();
        const Exiv2::DataBuf bytes = io.read(long(io.size()));
        return std::string(reinterpret_cast<const char *>(bytes.pData_), size_t(bytes.size_));
    } catch (const Exiv2::AnyError &error) {
        return fail(ErrorCode::Internal, words.title,
                    std::string("its description could not be written: ") + error.what());
    }
}

} // namespace moodloom::world
