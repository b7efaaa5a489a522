// Embedded words: XMP, IPTC and EXIF are understood in every format, in every language, and broken
// ones never hurt.
#include "Fixtures.h"

#include "core/image/Metadata.h"

#include <QRandomGenerator>
#include <QTest>

#include <exiv2/exiv2.hpp>

using namespace moodloom::image;
using namespace fixtures;

namespace {

template <class Change> QByteArray changed(const QByteArray &bytes, const Change &change)
{
    const auto image = Exiv2::ImageFactory::open(
        reinterpret_cast<const Exiv2::byte *>(bytes.constData()), long(bytes.size()));
    image->readMetadata();
    change(*image);
    image->writeMetadata();
    Exiv2::BasicIo &io = image->io();
    io.open();
    const Exiv2::DataBuf data = io.read(long(io.size()));
    return QByteArray(reinterpret_cast<const char *>(data.pData_), qsizetype(data.size_));
}

void setKeywords(Exiv2::Image &image, std::initializer_list<const char *> words)
{
    const auto bag = Exiv2::Value::create(Exiv2::xmpBag);
    for (const char *word : words)
        bag->read(word);
    image.xmpData().add(Exiv2::XmpKey("Xmp.dc.subject"), bag.get());
}

void setCaption(Exiv2::Image &image)
{
    image.xmpData()["Xmp.dc.description"] =
        "lang=\"x-default\" A Talagon leaps over the Great Wall";
    image.xmpData()["Xmp.dc.description"] = "lang=\"zh-CN\" 大众揽巡飞跃长城";
    image.xmpData()["Xmp.dc.description"] = "lang=\"en\" A Talagon leaps over the Great Wall";
    setKeywords(image, {"Talagon", "揽巡", "长城"});
}

QByteArray file(const char *suffix)
{
    return saved(toVips(testCard()), suffix);
}

} // namespace

class MetadataTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(vipsio::start()); }

    void readsXmpOfEveryLanguage_data()
    {
        QTest::addColumn<QByteArray>("suffix");
        for (const char *suffix : {".jpg", ".png", ".webp", ".tif"})
            QTest::newRow(suffix) << QByteArray(suffix);
    }
    void readsXmpOfEveryLanguage()
    {
        QFETCH(QByteArray, suffix);
        const QByteArray bytes = changed(file(suffix.constData()), setCaption);
        const Metadata metadata = readMetadata(bytes, sniffFormat(bytes));
        QCOMPARE(metadata.description,
                 QStringLiteral("A Talagon leaps over the Great Wall\n大众揽巡飞跃长城"));
        QCOMPARE(metadata.keywords, (QStringList{QStringLiteral("Talagon"), QStringLiteral("揽巡"),
                                                 QStringLiteral("长城")}));
    }

    void readsXmpThatLibvipsWroteIntoAnyFormat_data()
    {
        QTest::addColumn<QByteArray>("suffix");
        for (const char *suffix : {".jpg", ".png", ".webp", ".tif", ".avif", ".heic"})
            QTest::newRow(suffix) << QByteArray(suffix);
    }
    void readsXmpThatLibvipsWroteIntoAnyFormat()
    {
        QFETCH(QByteArray, suffix);
        const QByteArray xmp =
            "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
            "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
            "<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:description><rdf:Alt>"
            "<rdf:li xml:lang='x-default'>灯塔与海</rdf:li></rdf:Alt></dc:description>"
            "<dc:subject><rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag></dc:subject></rdf:Description></"
            "rdf:RDF></x:xmpmeta>";
        vips::VImage image = toVips(testCard()).copy();
        vips_image_set_blob_copy(image.get_image(), VIPS_META_XMP_NAME, xmp.constData(),
                                 size_t(xmp.size()));
        const QByteArray bytes = saved(image, suffix.constData());
        const Metadata metadata = readMetadata(bytes, sniffFormat(bytes));
        QCOMPARE(metadata.description, QStringLiteral("灯塔与海"));
        QCOMPARE(metadata.keywords, QStringList{QStringLiteral("sea")});
    }

    // A field may end within a character, which is no reason to read what stands before otherwise.
    void aCharacterThatIsCutOffSpoilsNothing_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("whole") << QByteArray("灯塔") << QStringLiteral("灯塔");
        QTest::newRow("one byte missing") << QByteArray("灯塔").chopped(1) << QStringLiteral("灯");
        QTest::newRow("two bytes missing") << QByteArray("灯塔").chopped(2) << QStringLiteral("灯");
        QTest::newRow("Latin-1 that begins a character of UTF-8 at its end")
            << QByteArray("caf\xe9") << QStringLiteral("café");
        QTest::newRow("Latin-1") << QByteArray("caf\xe9 noir \xe9") << QStringLiteral("café noir é");
    }
    void aCharacterThatIsCutOffSpoilsNothing()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        const QByteArray picture = changed(file(".jpg"), [&bytes](Exiv2::Image &image) {
            image.exifData()["Exif.Image.ImageDescription"] = bytes.toStdString();
        });
        QCOMPARE(readMetadata(picture, Format::Jpeg).description, text);
    }

    void readsIptcAndExifWhereThereIsNoXmp()
    {
        const QByteArray bytes = changed(file(".jpg"), [](Exiv2::Image &image) {
            image.iptcData()["Iptc.Application2.Caption"] = "Ein Boot auf dem See";
            auto value = Exiv2::Value::create(Exiv2::string);
            for (const char *word : {"boat", "lake", "boat"}) {
                value->read(word);
                image.iptcData().add(Exiv2::IptcKey("Iptc.Application2.Keywords"), value.get());
            }
            image.exifData()["Exif.Photo.DateTimeOriginal"] = "2021:03:04 05:06:07";
            image.exifData()["Exif.Image.ImageDescription"] = "less good";
        });
        const Metadata metadata = readMetadata(bytes, Format::Jpeg);
        QCOMPARE(metadata.description, QStringLiteral("Ein Boot auf dem See"));
        QCOMPARE(metadata.keywords, (QStringList{QStringLiteral("boat"), QStringLiteral("lake")}));
        QCOMPARE(metadata.captured, QDateTime(QDate(2021, 3, 4), QTime(5, 6, 7)));

        const QByteArray exifOnly = changed(file(".jpg"), [](Exiv2::Image &image) {
            image.exifData()["Exif.Image.ImageDescription"] = "caf\xe9 terrace"; // Latin-1
        });
        QCOMPARE(readMetadata(exifOnly, Format::Jpeg).description, QStringLiteral("café terrace"));
    }

    void cleansKeywords()
    {
        const QByteArray bytes = changed(file(".png"), [](Exiv2::Image &image) {
            setKeywords(image, {" red\nboat ", "", "  ", "red boat"});
        });
        QCOMPARE(readMetadata(bytes, Format::Png).keywords,
                 QStringList{QStringLiteral("red boat")});
    }

    void readsTitlesOfSvg()
    {
        const QByteArray svg =
            "<svg xmlns='http://www.w3.org/2000/svg'><title>T</title><desc>a <b>red</b> kite</desc>"
            "<g><title>tooltip</title></g></svg>";
        QCOMPARE(readMetadata(svg, Format::Svg).description, QStringLiteral("a red kite"));
    }

    void isEmptyForAPictureWithoutWords()
    {
        const Metadata metadata = readMetadata(file(".jpg"), Format::Jpeg);
        QVERIFY(metadata.description.isEmpty());
        QVERIFY(metadata.keywords.isEmpty());
        QVERIFY(!metadata.captured.isValid());
    }

    void survivesAnyDamage()
    {
        QRandomGenerator random(7);
        for (const char *suffix : {".jpg", ".png", ".webp", ".tif"}) {
            const QByteArray whole = changed(file(suffix), setCaption);
            for (int round = 0; round < 75; ++round) {
                QByteArray bytes = whole;
                for (int i = random.bounded(1, 10); i > 0; --i)
                    bytes[random.bounded(int(bytes.size()))] = char(random.bounded(256));
                if (random.bounded(4) == 0)
                    bytes.truncate(random.bounded(int(bytes.size())));
                const Metadata metadata = readMetadata(bytes, sniffFormat(bytes));
                QVERIFY(metadata.keywords.size() < 100);
            }
        }
    }
};

QTEST_GUILESS_MAIN(MetadataTest)
#include "MetadataTest.moc"
