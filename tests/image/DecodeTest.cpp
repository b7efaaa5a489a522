// Decoding: every format gives the pixels that other readers find, upright and in sRGB, and what is
// cut off, damaged, foreign or too large says so without harm.
#include "Fixtures.h"

#include "core/image/Decode.h"

#include <QBuffer>
#include <QColorSpace>
#include <QImageReader>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <exiv2/exiv2.hpp>

#include <thread>

using namespace moodloom;
using namespace moodloom::image;
using namespace fixtures;
using vips::VImage;

namespace {

QByteArray savedByQt(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format, 95);
    return bytes;
}

QByteArray withOrientation(const QByteArray &bytes, int orientation)
{
    const auto image = Exiv2::ImageFactory::open(
        reinterpret_cast<const Exiv2::byte *>(bytes.constData()), long(bytes.size()));
    image->readMetadata();
    image->exifData()["Exif.Image.Orientation"] = uint16_t(orientation);
    image->writeMetadata();
    Exiv2::BasicIo &io = image->io();
    io.open();
    const Exiv2::DataBuf data = io.read(long(io.size()));
    return QByteArray(reinterpret_cast<const char *>(data.pData_), qsizetype(data.size_));
}

std::string textOf(const Result<QImage> &result)
{
    return result ? "decoded" : errorText(result.error());
}

} // namespace

class DecodeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(vipsio::start()); }

    void findsThePixelsThatImageMagickFinds_data()
    {
        QTest::addColumn<QByteArray>("saver");
        QTest::addColumn<QByteArray>("suffix");
        QTest::addColumn<QString>("format");
        QTest::addColumn<int>("tolerance");
        QTest::newRow("png") << QByteArray(".png") << QByteArray("png") << "png" << 0;
        QTest::newRow("interlaced png")
            << QByteArray(".png[interlace]") << QByteArray("png") << "png" << 0;
        QTest::newRow("palette png")
            << QByteArray(".png[palette]") << QByteArray("png") << "png" << 0;
        QTest::newRow("jpeg") << QByteArray(".jpg[Q=95]") << QByteArray("jpg") << "jpeg" << 2;
        QTest::newRow("progressive jpeg")
            << QByteArray(".jpg[Q=95,interlace]") << QByteArray("jpg") << "jpeg" << 2;
        QTest::newRow("webp") << QByteArray(".webp[Q=90]") << QByteArray("webp") << "webp" << 2;
        QTest::newRow("lossless webp")
            << QByteArray(".webp[lossless]") << QByteArray("webp") << "webp" << 0;
        QTest::newRow("tiff") << QByteArray(".tif") << QByteArray("tif") << "tiff" << 0;
        QTest::newRow("lzw tiff") << QByteArray(".tif[compression=lzw]") << QByteArray("tif")
                                  << "tiff" << 0;
        QTest::newRow("tiled tiff")
            << QByteArray(".tif[compression=deflate,tile]") << QByteArray("tif") << "tiff" << 0;
        QTest::newRow("gif") << QByteArray(".gif") << QByteArray("gif") << "gif" << 0;
        QTest::newRow("avif") << QByteArray(".avif[Q=90]") << QByteArray("avif") << "avif" << 6;
        QTest::newRow("heic") << QByteArray(".heic[Q=90]") << QByteArray("heic") << "heif" << 6;
    }
    void findsThePixelsThatImageMagickFinds()
    {
        QFETCH(QByteArray, saver);
        QFETCH(QByteArray, suffix);
        QFETCH(QString, format);
        QFETCH(int, tolerance);
        const QImage card = testCard();
        const QByteArray bytes = saved(toVips(card), saver.constData());
        const auto picture = decodePictureBytes(bytes);
        QVERIFY2(picture, picture ? "" : errorText(picture.error()).c_str());
        QCOMPARE(formatName(picture->format), format);
        QCOMPARE(picture->fullSize, card.size());
        QVERIFY(!picture->image.hasAlphaChannel());
        const QImage other = readByMagick(bytes, suffix.constData(), card.size());
        QVERIFY2(!other.isNull(), "ImageMagick (convert) could not read it");
        QVERIFY2(difference(picture->image, other) <= tolerance,
                 qPrintable(QString::number(difference(picture->image, other))));
        QVERIFY(difference(other, card) < 80); // and it is the card
    }

    void drawsSvgAtAnySize()
    {
        const QByteArray svg =
            "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>"
            "<rect width='40' height='20' fill='#0a8040'/><rect x='20' width='20' height='20' "
            "fill='#fff'/></svg>";
        const auto natural = decodePictureBytes(svg);
        QVERIFY(natural);
        QCOMPARE(natural->format, Format::Svg);
        QCOMPARE(natural->image.size(), QSize(40, 20));
        QCOMPARE(natural->image.pixelColor(5, 5), QColor(0x0a, 0x80, 0x40));
        DecodeOptions large;
        large.maxSide = 400;
        const auto drawn = decodePictureBytes(svg, large);
        QCOMPARE(drawn->image.size(), QSize(400, 200));
        QCOMPARE(drawn->fullSize, QSize(40, 20));
        QCOMPARE(drawn->image.pixelColor(198, 100), QColor(0x0a, 0x80, 0x40)); // a sharp edge
        QCOMPARE(drawn->image.pixelColor(202, 100), QColor(Qt::white));
    }

    void standsUpright_data()
    {
        QTest::addColumn<int>("orientation");
        for (int i = 1; i <= 8; ++i)
            QTest::addRow("%d", i) << i;
    }
    void standsUpright()
    {
        QFETCH(int, orientation);
        const QByteArray bytes = withOrientation(savedByQt(testCard(), "jpeg"), orientation);
        QBuffer buffer;
        buffer.setData(bytes);
        QImageReader qt(&buffer, "jpeg");
        qt.setAutoTransform(true);
        const QImage expected = qt.read();
        const auto full = decodePictureBytes(bytes);
        QVERIFY(full);
        QCOMPARE(full->fullSize, expected.size());
        QVERIFY(difference(full->image, expected) <= 3);
        DecodeOptions small;
        small.maxSide = 32;
        const auto reduced = decodePictureBytes(bytes, small);
        QCOMPARE(reduced->fullSize, expected.size());
        QCOMPARE(reduced->image.size(), expected.size() / 2);
        const QImage expectedSmall =
            expected.scaled(expected.size() / 2, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        for (const QPoint corner : {QPoint(1, 1), QPoint(expectedSmall.width() - 2, 1),
                                    QPoint(1, expectedSmall.height() - 2)}) {
            const QColor found = reduced->image.pixelColor(corner),
                         wanted = expectedSmall.pixelColor(corner);
            QVERIFY(qAbs(found.red() - wanted.red()) < 24 &&
                    qAbs(found.green() - wanted.green()) < 24 &&
                    qAbs(found.blue() - wanted.blue()) < 24);
        }
    }

    void convertsEmbeddedProfilesToSrgb_data()
    {
        QTest::addColumn<QColorSpace>("space");
        QTest::newRow("Adobe RGB") << QColorSpace(QColorSpace::AdobeRgb);
        QTest::newRow("Display P3") << QColorSpace(QColorSpace::DisplayP3);
    }
    void convertsEmbeddedProfilesToSrgb()
    {
        QFETCH(QColorSpace, space);
        QImage image = testCard();
        image.setColorSpace(space);
        const QByteArray bytes = savedByQt(image, "png");
        const QImage expected = image.convertedToColorSpace(QColorSpace(QColorSpace::SRgb));
        QVERIFY(difference(image, expected) > 8); // else this shows nothing
        for (const int side : {0, 64}) {
            DecodeOptions options;
            options.maxSide = side;
            const auto found = decodeBytes(bytes, options);
            QVERIFY(found);
            QVERIFY2(difference(*found, expected) <= 4,
                     qPrintable(QString::number(difference(*found, expected))));
        }
    }

    void readsPicturesForPrinting()
    {
        QImage flat(32, 32, QImage::Format_RGB32);
        flat.fill(QColor(150, 120, 90)); // well inside what inks can show
        const VImage cmyk =
            toVips(flat).icc_transform("cmyk", VImage::option()->set("input_profile", "srgb"));
        QCOMPARE(cmyk.bands(), 4);
        VImage bare = cmyk.copy();
        bare.remove(VIPS_META_ICC_NAME);
        for (const VImage &image : {cmyk, bare})
            for (const char *suffix : {".jpg", ".tif"}) {
                const auto found = decodeBytes(saved(image, suffix));
                QVERIFY(found);
                QVERIFY(!found->hasAlphaChannel());
                QVERIFY2(difference(*found, flat) <= 12,
                         qPrintable(found->pixelColor(5, 5).name()));
            }
    }

    void keepsTransparency()
    {
        QImage image(16, 16, QImage::Format_RGBA8888);
        image.fill(QColor(200, 100, 50, 128));
        image.setPixelColor(3, 3, QColor(0, 0, 0, 0));
        for (const char *suffix : {".png", ".webp[lossless]", ".tif"}) {
            const auto found = decodeBytes(saved(toVips(image), suffix));
            QVERIFY(found);
            QVERIFY(found->hasAlphaChannel());
            QCOMPARE(found->pixelColor(8, 8), QColor(200, 100, 50, 128));
            QCOMPARE(found->pixelColor(3, 3).alpha(), 0);
        }
        DecodeOptions small;
        small.maxSide = 8;
        const auto reduced = decodeBytes(saved(toVips(image), ".png"), small);
        QVERIFY(reduced->hasAlphaChannel());
        QVERIFY(qAbs(reduced->pixelColor(6, 6).alpha() - 128) < 3);
        QVERIFY2(qAbs(reduced->pixelColor(6, 6).red() - 200) < 6,
                 qPrintable(reduced->pixelColor(6, 6).name(QColor::HexArgb)));
    }

    void readsDeepAndGreyAndIndexedPictures()
    {
        QImage deep(8, 8, QImage::Format_RGBA64);
        deep.fill(QColor::fromRgba64(0xc000, 0x8000, 0x2000, 0x8000));
        const auto fromDeep = decodeBytes(savedByQt(deep, "png"));
        QVERIFY(fromDeep);
        const QColor color = fromDeep->pixelColor(4, 4);
        QVERIFY2(qAbs(color.red() - 0xc0) < 2 && qAbs(color.green() - 0x80) < 2 &&
                     qAbs(color.blue() - 0x20) < 2 && qAbs(color.alpha() - 0x80) < 2,
                 qPrintable(color.name(QColor::HexArgb)));
        QImage grey(8, 8, QImage::Format_Grayscale8);
        grey.fill(77);
        for (const char *format : {"png", "jpeg"})
            QCOMPARE(decodeBytes(savedByQt(grey, format))->pixelColor(2, 2), QColor(77, 77, 77));
        QImage grey16(8, 8, QImage::Format_Grayscale16);
        grey16.fill(QColor::fromRgba64(0x4d00, 0x4d00, 0x4d00));
        QVERIFY(qAbs(decodeBytes(savedByQt(grey16, "png"))->pixelColor(2, 2).red() - 77) < 2);
        QImage mono(8, 8, QImage::Format_Mono);
        mono.fill(1);
        QCOMPARE(decodeBytes(savedByQt(mono, "png"))->pixelColor(2, 2), mono.pixelColor(2, 2));
        QImage indexed(8, 8, QImage::Format_Indexed8);
        indexed.setColorTable({qRgba(1, 2, 3, 255), qRgba(200, 10, 20, 0)});
        indexed.fill(0);
        indexed.setPixel(1, 1, 1);
        const auto found = decodeBytes(savedByQt(indexed, "png"));
        QCOMPARE(found->pixelColor(0, 0), QColor(1, 2, 3));
        QCOMPARE(found->pixelColor(1, 1).alpha(), 0);
    }

    void takesThePixelsAsTheyAreWhenTheProfileIsBroken()
    {
        const QImage card = testCard();
        VImage image = toVips(card).copy();
        const QByteArray garbage(500, 'x');
        vips_image_set_blob_copy(image.get_image(), VIPS_META_ICC_NAME, garbage.constData(),
                                 size_t(garbage.size()));
        const QByteArray bytes = saved(image, ".tif");
        for (const int side : {0, 64}) {
            DecodeOptions options;
            options.maxSide = side;
            const auto found = decodeBytes(bytes, options);
            QVERIFY2(found, textOf(found).c_str());
            QVERIFY(difference(*found, card) <= 1);
        }
    }

    void reducesWithoutEnlarging()
    {
        DecodeOptions options;
        options.maxSide = 100;
        const QByteArray bytes = saved(toVips(testCard(1600, 400)), ".jpg");
        const auto picture = decodePictureBytes(bytes, options);
        QVERIFY(picture);
        QCOMPARE(picture->image.size(), QSize(100, 25));
        QCOMPARE(picture->fullSize, QSize(1600, 400));
        QCOMPARE(decodeBytes(saved(toVips(testCard()), ".jpg"), options)->size(), QSize(64, 48));
    }

    void saysWhereACutOffPictureEnds_data()
    {
        QTest::addColumn<QByteArray>("suffix");
        QTest::addColumn<QString>("expected");
        QTest::newRow("jpeg") << QByteArray(".jpg") << "rows";
        QTest::newRow("png") << QByteArray(".png") << "ends after";
        QTest::newRow("webp") << QByteArray(".webp") << "ends after";
        QTest::newRow("gif") << QByteArray(".gif") << "ends after";
        QTest::newRow("tiff") << QByteArray(".tif") << "";
        QTest::newRow("avif") << QByteArray(".avif") << "";
        QTest::newRow("heic") << QByteArray(".heic") << "";
    }
    void saysWhereACutOffPictureEnds()
    {
        QFETCH(QByteArray, suffix);
        QFETCH(QString, expected);
        const QByteArray whole = saved(toVips(testCard(400, 300)), suffix.constData());
        QVERIFY(decodeBytes(whole));
        for (const qsizetype size : {whole.size() * 9 / 10, whole.size() / 2, qsizetype(40)})
            for (const int side : {0, 64}) {
                DecodeOptions options;
                options.maxSide = side;
                const auto result = decodeBytes(whole.left(size), options, QStringLiteral("cut"));
                QVERIFY2(!result,
                         qPrintable(QStringLiteral("%1 of %2").arg(size).arg(whole.size())));
                QCOMPARE(result.error().code, ErrorCode::Corrupt);
                QCOMPARE(result.error().subject, std::string("cut"));
                QVERIFY(!result.error().detail.empty());
                if (size > 40)
                    QVERIFY2(QString::fromStdString(result.error().detail).contains(expected),
                             result.error().detail.c_str());
            }
    }

    void readsPicturesWithOtherDataBehindThem()
    {
        for (const char *suffix : {".png", ".jpg", ".gif", ".webp"}) {
            const QByteArray bytes = saved(toVips(testCard()), suffix) + QByteArray(10'000, 'x');
            const auto result = decodeBytes(bytes);
            QVERIFY2(result, textOf(result).c_str());
        }
    }

    void countsTheRowsBeforeTheEnd()
    {
        const QByteArray whole = saved(toVips(testCard(400, 300)), ".png[compression=0]");
        const auto result = decodeBytes(whole.left(whole.size() / 2));
        QVERIFY(!result);
        const QString detail = QString::fromStdString(result.error().detail);
        const int rows = detail.section(QLatin1Char(' '), 2, 2).toInt();
        QVERIFY2(rows > 100 && rows <= 150, qPrintable(detail));
        QVERIFY2(detail.endsWith(QStringLiteral("of 300 rows")), qPrintable(detail));
    }

    void namesWhatItDoesNotRead_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("detail");
        QTest::newRow("empty") << QByteArray() << int(ErrorCode::Corrupt) << "empty (0 bytes)";
        QTest::newRow("text") << QByteArray("Dear diary") << int(ErrorCode::Unsupported)
                              << "not a picture";
        QTest::newRow("psd") << QByteArray("8BPS\0\1", 6) << int(ErrorCode::Unsupported)
                             << "Photoshop";
        QTest::newRow("pdf") << QByteArray("%PDF-1.4") << int(ErrorCode::Unsupported) << "PDF";
        QTest::newRow("page") << QByteArray("<html><body>") << int(ErrorCode::Unsupported)
                              << "not a picture";
        QTest::newRow("jpeg mark only")
            << QByteArray("\xff\xd8\xff", 3) << int(ErrorCode::Corrupt) << "ends after 3 bytes";
    }
    void namesWhatItDoesNotRead()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        QFETCH(QString, detail);
        const auto result = decodeBytes(bytes, {}, QStringLiteral("file"));
        QVERIFY(!result);
        QCOMPARE(int(result.error().code), code);
        QVERIFY2(QString::fromStdString(result.error().detail).contains(detail),
                 result.error().detail.c_str());
    }

    void refusesFilesThatAreNone()
    {
        QTemporaryDir dir;
        QCOMPARE(decode(dir.filePath(QStringLiteral("none.png"))).error().code,
                 ErrorCode::NotFound);
        QCOMPARE(decode(dir.path()).error().code, ErrorCode::Unreadable);
        QCOMPARE(decode(QStringLiteral("/dev/zero")).error().code, ErrorCode::Unreadable);
    }

    void refusesBombsBeforeUnpackingThem()
    {
        DecodeOptions options;
        options.maxPixels = 10'000'000;
        const QByteArray bomb = saved(VImage::black(20000, 20000), ".png");
        QVERIFY(bomb.size() < 2'000'000);
        for (const int side : {0, 320}) {
            options.maxSide = side;
            const auto result = decodeBytes(bomb, options);
            QVERIFY(!result);
            QCOMPARE(result.error().code, ErrorCode::Invalid);
            QVERIFY(QString::fromStdString(result.error().detail)
                        .contains(QStringLiteral("400 megapixels")));
        }
    }

    void survivesAnyDamage()
    {
        QRandomGenerator random(1);
        for (const char *suffix :
             {".jpg", ".png", ".webp", ".gif", ".tif[compression=lzw]", ".avif"}) {
            const QByteArray whole = saved(toVips(testCard(48, 40)), suffix);
            for (int round = 0; round < 60; ++round) {
                QByteArray bytes = whole;
                const int hits = random.bounded(1, 12);
                for (int i = 0; i < hits; ++i)
                    bytes[random.bounded(int(bytes.size()))] = char(random.bounded(256));
                if (random.bounded(3) == 0)
                    bytes.truncate(random.bounded(int(bytes.size())));
                DecodeOptions options;
                options.maxPixels = 4'000'000;
                options.maxSide = round % 2 ? 32 : 0;
                const auto result = decodeBytes(bytes, options);
                if (result)
                    QVERIFY(!result->isNull());
                else
                    QVERIFY2(result.error().code == ErrorCode::Corrupt ||
                                 result.error().code == ErrorCode::Unsupported ||
                                 result.error().code == ErrorCode::Invalid ||
                                 result.error().code == ErrorCode::OutOfMemory,
                             textOf(result).c_str());
            }
        }
    }

    void tellsEveryThreadItsOwnError()
    {
        const QByteArray good = saved(toVips(testCard(200, 150)), ".jpg");
        const QByteArray cutPng = saved(toVips(testCard(200, 150)), ".png").left(2000);
        const QByteArray foreign("8BPS....");
        std::atomic<int> wrong = 0;
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 20; ++i) {
                    const auto png = decodeBytes(cutPng);
                    const auto psd = decodeBytes(foreign);
                    wrong += !decodeBytes(good);
                    wrong += png ||
                             png.error().detail.find("ends after 2000 bytes") == std::string::npos;
                    wrong += psd || psd.error().code != ErrorCode::Unsupported;
                }
            });
        threads.clear();
        QCOMPARE(wrong.load(), 0);
    }
};

QTEST_GUILESS_MAIN(DecodeTest)
#include "DecodeTest.moc"
