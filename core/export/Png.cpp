#include "core/export/Png.h"

#include "core/base/SafeFile.h"
#include "core/export/Srgb.h"

#include <QFile>

#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <vector>

// libpng reports errors by longjmp, which skips destructors. So every function that calls setjmp
// here holds plain values only; what has a destructor lives in its caller.

namespace moodloom::exporting {
namespace {

struct Messages
{
    std::string error;
};

[[noreturn]] void onError(png_structp png, png_const_charp message)
{
    static_cast<Messages *>(png_get_error_ptr(png))->error = message;
    png_longjmp(png, 1);
}

void onWarning(png_structp, png_const_charp) {}

struct Encoder
{
    const QImage &pixels; // RGB888 or RGBA8888
    const ByteSink &sink;
    const ExportControl &control;
    std::vector<png_text> texts; // points into strings that outlive it
    Messages messages;
    png_structp png = nullptr;
    png_infop info = nullptr;
    bool stopped = false;

    ~Encoder() { png_destroy_write_struct(&png, &info); }
};

void writeBytes(png_structp png, png_bytep bytes, size_t count)
{
    const auto *encoder = static_cast<Encoder *>(png_get_io_ptr(png));
    if (!encoder->sink(std::as_bytes(std::span(bytes, count))))
        png_error(png, "writing failed");
}

void flushNothing(png_structp) {}

void writeHeader(Encoder &e)
{
    const bool alpha = e.pixels.format() == QImage::Format_RGBA8888;
    png_set_IHDR(e.png, e.info, png_uint_32(e.pixels.width()), png_uint_32(e.pixels.height()), 8,
                 alpha ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    const QByteArray &profile = srgbProfile();
    png_set_iCCP(e.png, e.info, "sRGB", PNG_COMPRESSION_TYPE_BASE,
                 reinterpret_cast<png_const_bytep>(profile.constData()),
                 png_uint_32(profile.size()));
    png_set_text(e.png, e.info, e.texts.data(), int(e.texts.size()));
    png_write_info(e.png, e.info);
}

// False when libpng failed (the message is in e.messages) or the export was stopped.
bool encode(Encoder &e)
{
    if (setjmp(png_jmpbuf(e.png)))
        return false;
    png_set_write_fn(e.png, &e, writeBytes, flushNothing);
    writeHeader(e);
    const int height = e.pixels.height();
    for (int y = 0; y < height; ++y) {
        if (e.control.stop.stop_requested()) {
            e.stopped = true;
            return false;
        }
        png_write_row(e.png, e.pixels.constScanLine(y));
        if (e.control.progress && (y + 1) * qint64(100) / height != y * qint64(100) / height)
            e.control.progress(double(y + 1) / height);
    }
    png_write_end(e.png, e.info);
    return true;
}

struct Decoder
{
    QFile file;
    std::vector<png_byte> row;
    Messages messages;
    png_structp png = nullptr;
    png_infop info = nullptr;
    png_infop end = nullptr;

    ~Decoder() { png_destroy_read_struct(&png, &info, &end); }
};

void readBytes(png_structp png, png_bytep bytes, size_t count)
{
    auto *decoder = static_cast<Decoder *>(png_get_io_ptr(png));
    if (decoder->file.read(reinterpret_cast<char *>(bytes), qint64(count)) != qint64(count))
        png_error(png, "the file ends too early");
}

// Texts may also stand behind the pixels, so these are read too, each row over the one before.
bool decodeTexts(Decoder &d)
{
    if (setjmp(png_jmpbuf(d.png)))
        return false;
    png_set_read_fn(d.png, &d, readBytes);
    png_read_info(d.png, d.info);
    const int passes = png_set_interlace_handling(d.png);
    png_read_update_info(d.png, d.info);
    d.row.resize(png_get_rowbytes(d.png, d.info));
    for (int pass = 0; pass < passes; ++pass)
        for (png_uint_32 y = 0; y < png_get_image_height(d.png, d.info); ++y)
            png_read_row(d.png, d.row.data(), nullptr);
    png_read_end(d.png, d.end);
    return true;
}

void collectTexts(png_structp png, png_infop info, QVector<PngText> &texts)
{
    png_textp chunks = nullptr;
    int count = 0;
    png_get_text(png, info, &chunks, &count);
    for (int i = 0; i < count; ++i) {
        const bool international = chunks[i].compression >= PNG_ITXT_COMPRESSION_NONE;
        const auto length =
            qsizetype(international ? chunks[i].itxt_length : chunks[i].text_length);
        texts.append({chunks[i].key, international ? QString::fromUtf8(chunks[i].text, length)
                                                   : QString::fromLatin1(chunks[i].text, length)});
    }
}

bool isKeyword(const QByteArray &keyword)
{
    if (keyword.isEmpty() || keyword.size() > 79 || keyword != keyword.simplified())
        return false;
    for (const char character : keyword) {
        const auto code = uchar(character);
        if (code < 32 || (code > 126 && code < 161))
            return false;
    }
    return true;
}

} // namespace

Result<void> writePng(const QImage &image, const QString &path, const QVector<PngText> &texts,
                      const ExportControl &control)
{
    const std::string subject = path.toStdString();
    if (image.isNull())
        return fail(ErrorCode::Invalid, subject, "the picture has no pixels");
    const QImage pixels = toSrgb8(image);
    if (pixels.isNull())
        return fail(ErrorCode::OutOfMemory, subject, "export a smaller picture");

    std::vector<QByteArray> utf8;
    utf8.reserve(size_t(texts.size())); // png_text points into it
    std::vector<png_text> chunks;
    for (const PngText &text : texts) {
        if (!isKeyword(text.keyword))
            return fail(ErrorCode::Invalid, text.keyword.toStdString(), "not a PNG keyword");
        utf8.push_back(QString(text.text).remove(QChar(u'\0')).toUtf8());
        png_text chunk{};
        const bool ascii = std::all_of(utf8.back().begin(), utf8.back().end(),
                                       [](char c) { return uchar(c) < 128; });
        chunk.compression = ascii ? PNG_TEXT_COMPRESSION_NONE : PNG_ITXT_COMPRESSION_NONE;
        chunk.key = const_cast<char *>(text.keyword.constData()); // libpng copies both
        chunk.text = utf8.back().data();
        chunks.push_back(chunk);
    }

    return writeFileSafely(
        QFile::encodeName(path).toStdString(), [&](const ByteSink &sink) -> Result<void> {
            Encoder encoder{pixels, sink, control, std::move(chunks), {}};
            encoder.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &encoder.messages, onError,
                                                  onWarning);
            if (encoder.png)
                encoder.info = png_create_info_struct(encoder.png);
            if (!encoder.info)
                return fail(ErrorCode::OutOfMemory, subject, "export a smaller picture");
            if (encode(encoder))
                return {};
            return encoder.stopped ? cancelled()
                                   : fail(ErrorCode::Internal, subject, encoder.messages.error);
        });
}

Result<QVector<PngText>> readPngTexts(const QString &path)
{
    const std::string subject = path.toStdString();
    Decoder decoder;
    decoder.file.setFileName(path);
    if (!decoder.file.exists())
        return fail(ErrorCode::NotFound, subject, "the file does not exist");
    if (!decoder.file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Unreadable, subject, decoder.file.errorString().toStdString());
    decoder.png =
        png_create_read_struct(PNG_LIBPNG_VER_STRING, &decoder.messages, onError, onWarning);
    if (decoder.png) {
        decoder.info = png_create_info_struct(decoder.png);
        decoder.end = png_create_info_struct(decoder.png);
    }
    if (!decoder.info || !decoder.end)
        return fail(ErrorCode::OutOfMemory, subject);
    if (!decodeTexts(decoder))
        return fail(ErrorCode::Corrupt, subject, "not a sound PNG: " + decoder.messages.error);
    QVector<PngText> texts;
    collectTexts(decoder.png, decoder.info, texts);
    collectTexts(decoder.png, decoder.end, texts);
    return texts;
}

} // namespace moodloom::exporting
