// Texts in picture files, put there by Qt, libvips, Exiv2 and by hand.
#include "core/image/PictureTexts.h"
#include "tests/image/Fixtures.h"

#include <exiv2/exiv2.hpp>
#include <zlib.h>

#include <QBuffer>
#include <QImageWriter>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtEndian>
#include <QTest>

using namespace moodloom;
using namespace moodloom::image;

namespace {

QVector<PictureText> textsOf(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    return pictureTexts(buffer);
}

QByteArray chunk(const char *type, const QByteArray &data)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(quint32(data.size()), bytes.data());
    bytes += type;
    bytes += data;
    QByteArray sum(4, '\0');
    qToBigEndian(
        quint32(crc32(crc32(0, reinterpret_cast<const Bytef *>(type), 4),
                      reinterpret_cast<const Bytef *>(data.constData()), uInt(data.size()))),
        sum.data());
    return bytes + sum;
}

QByteArray png(const QByteArray &before = {}, const QByteArray &after = {})
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    fixtures::testCard(8, 8).save(&buffer, "PNG");
    const qsizetype header = 8 + 25; // signature, IHDR
    bytes.insert(bytes.size() - 12, after);
    bytes.insert(header, before);
    return bytes;
}

QByteArray packed(const QByteArray &text)
{
    return qCompress(text).mid(4); // without Qt's own length
}

QByteArray withComment(const char *suffix, const QByteArray &raw)
{
    const QByteArray plain = fixtures::saved(fixtures::toVips(fixtures::testCard()), suffix);
    auto image = Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte *>(plain.constData()),
                                           long(plain.size()));
    image->readMetadata();
    Exiv2::DataValue value(reinterpret_cast<const Exiv2::byte *>(raw.constData()), long(raw.size()),
                           Exiv2::bigEndian, Exiv2::undefined);
    image->exifData().add(Exiv2::ExifKey("Exif.Photo.UserComment"), &value);
    image->writeMetadata();
    Exiv2::BasicIo &io = image->io();
    io.seek(0, Exiv2::BasicIo::beg);
    QByteArray bytes(qsizetype(io.size()), '\0');
    io.read(reinterpret_cast<Exiv2::byte *>(bytes.data()), long(bytes.size()));
    return bytes;
}

} // namespace

class PictureTextsTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase() { QVERIFY(VIPS_INIT("tests") == 0); }

    void readsWhatQtWrites()
    {
        const QString path = m_folder.filePath(QStringLiteral("qt.png"));
        QImageWriter writer(path, "png");
        const QString longText =
            QStringLiteral("a red car, ").repeated(2000).trimmed(); // Qt packs it
        writer.setText(QStringLiteral("parameters"), QStringLiteral("a car, at sunset"));
        writer.setText(QStringLiteral("prompt"), longText);
        writer.setText(QStringLiteral("moodloom"), QStringLiteral("{\"prompt\": \"长城\"}"));
        QVERIFY(writer.write(fixtures::testCard()));
        const auto texts = readPictureTexts(path);
        QVERIFY(texts);
        QVERIFY(texts->contains({"parameters", QStringLiteral("a car, at sunset")}));
        QVERIFY(texts->contains({"prompt", longText}));
        QVERIFY(texts->contains({"moodloom", QStringLiteral("{\"prompt\": \"长城\"}")}));
    }

    void readsEveryKindOfChunkBeforeAndBehindThePixels()
    {
        const QByteArray utf8 = QStringLiteral("长城 été").toUtf8();
        const auto texts = textsOf(png(
            chunk("tEXt", QByteArray("a\0one", 5)) + chunk("tEXt", QByteArray("b\0caf\xe9", 6)) +
                chunk("tEXt", "c" + QByteArray(1, '\0') + utf8),
            chunk("zTXt", QByteArray("d\0\0", 3) + packed("packed")) +
                chunk("iTXt", QByteArray("e\0\0\0de\0Titel\0", 13) + utf8) +
                chunk("iTXt", QByteArray("f\0\1\0\0\0", 6) + packed(utf8))));
        QCOMPARE(texts, (QVector<PictureText>{{"a", QStringLiteral("one")},
                                              {"b", QStringLiteral("café")},
                                              {"c", QString::fromUtf8(utf8)},
                                              {"d", QStringLiteral("packed")},
                                              {"e", QString::fromUtf8(utf8)},
                                              {"f", QString::fromUtf8(utf8)}}));
    }

    void whatUnpacksTooFarIsLeftOut()
    {
        const QByteArray bomb = packed(QByteArray(64 << 20, 'a'));
        const auto texts = textsOf(png(chunk("zTXt", QByteArray("a\0\0", 3) + bomb) +
                                       chunk("tEXt", QByteArray("b\0after", 7))));
        QCOMPARE(texts, (QVector<PictureText>{{"b", QStringLiteral("after")}}));
    }

    void readsTheCommentsThatA1111PutsIntoJpegAndWebp_data()
    {
        QTest::addColumn<QString>("suffix");
        for (const char *suffix : {".jpg", ".webp", ".tif"})
            QTest::addRow("%s", suffix) << QString::fromLatin1(suffix);
    }
    void readsTheCommentsThatA1111PutsIntoJpegAndWebp()
    {
        QFETCH(QString, suffix);
        const QString text = QStringLiteral("a car, 长城\nNegative prompt: blur\nSteps: 20");
        for (const bool big : {true, false}) {
            QByteArray raw("UNICODE\0", 8);
            for (const QChar c : text) {
                raw += char(big ? c.unicode() >> 8 : c.unicode() & 255);
                raw += char(big ? c.unicode() & 255 : c.unicode() >> 8);
            }
            QVERIFY(textsOf(withComment(suffix.toLatin1(), raw)).contains({"UserComment", text}));
        }
        QVERIFY(textsOf(withComment(suffix.toLatin1(), QByteArray("ASCII\0\0\0", 8) + "plain"))
                    .contains({"UserComment", QStringLiteral("plain")}));
    }

    void cutAndDamagedFilesTellWhatStandsBefore()
    {
        const QByteArray whole = png(chunk("tEXt", QByteArray("a\0one", 5)) +
                                     chunk("iTXt", QByteArray("f\0\1\0\0\0", 6) + packed("two")));
        for (qsizetype size = 0; size < whole.size(); ++size)
            textsOf(whole.left(size));
        QCOMPARE(textsOf(whole.left(33 + 17)),
                 (QVector<PictureText>{{"a", QStringLiteral("one")}}));
        QRandomGenerator random(3);
        for (const QByteArray &file : {whole, withComment(".jpg", QByteArray("UNICODE\0\0a", 10)),
                                       withComment(".webp", QByteArray("UNICODE\0\0a", 10))})
            for (int round = 0; round < 1500; ++round) {
                QByteArray bytes = file;
                for (int i = 0; i < 4; ++i)
                    bytes[int(random.bounded(bytes.size()))] = char(random.bounded(256));
                textsOf(bytes);
            }
    }

    void saysWhatIsNoPicture()
    {
        QCOMPARE(readPictureTexts(m_folder.filePath(QStringLiteral("none.png"))).error().code,
                 ErrorCode::NotFound);
        const QString path = m_folder.filePath(QStringLiteral("words.png"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("words");
        file.close();
        QCOMPARE(readPictureTexts(path).error().code, ErrorCode::Unsupported);
    }
};

QTEST_GUILESS_MAIN(PictureTextsTest)
#include "PictureTextsTest.moc"
