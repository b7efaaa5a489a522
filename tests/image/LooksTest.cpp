// What is derived from pixels: palettes, colour names, perceptual hashes, thumbnails.
#include "Fixtures.h"

#include "core/image/ColorNames.h"
#include "core/image/Decode.h"
#include "core/image/Palette.h"
#include "core/image/PerceptualHash.h"
#include "core/image/Thumbnail.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::image;
using namespace fixtures;

namespace {

QImage stripes(const QList<std::pair<QColor, int>> &colors)
{
    int width = 0;
    for (const auto &[color, share] : colors)
        width += share;
    QImage image(width, 60, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    int x = 0;
    for (const auto &[color, share] : colors) {
        painter.fillRect(x, 0, share, 60, color);
        x += share;
    }
    return image;
}

bool isNear(const QColor &left, const QColor &right)
{
    return qAbs(left.red() - right.red()) < 16 && qAbs(left.green() - right.green()) < 16 &&
           qAbs(left.blue() - right.blue()) < 16;
}

} // namespace

class LooksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsTheColorsAndTheirShares()
    {
        const QImage image = stripes(
            {{QColor(20, 90, 200), 60}, {QColor(240, 200, 40), 30}, {QColor(200, 30, 30), 10}});
        const auto palette = dominantColors(image);
        QVERIFY(palette.size() >= 3);
        QVERIFY(isNear(palette[0].color, QColor(20, 90, 200)));
        QVERIFY(qAbs(palette[0].share - 0.6f) < 0.05f);
        QVERIFY(isNear(palette[1].color, QColor(240, 200, 40)));
        float sum = 0;
        for (const auto &color : palette)
            sum += color.share;
        QVERIFY(qAbs(sum - 1) < 1e-4f);
        const auto again = dominantColors(image);
        QCOMPARE(again.size(), palette.size());
        for (qsizetype i = 0; i < again.size(); ++i)
            QCOMPARE(again[i].color, palette[i].color);
    }

    void leavesTransparentPixelsOut()
    {
        const QImage image = stripes({{QColor(10, 200, 10), 20}, {QColor(255, 0, 0, 0), 80}});
        const auto palette = dominantColors(image);
        QCOMPARE(palette.size(), 1);
        QVERIFY(isNear(palette[0].color, QColor(10, 200, 10)));
        QImage nothing(8, 8, QImage::Format_ARGB32);
        nothing.fill(Qt::transparent);
        QVERIFY(dominantColors(nothing).isEmpty());
        QVERIFY(dominantColors(QImage()).isEmpty());
    }

    void findsAtMostSixColorsInANoisyPicture()
    {
        QImage image(64, 64, QImage::Format_RGB32);
        for (int y = 0; y < 64; ++y)
            for (int x = 0; x < 64; ++x)
                image.setPixelColor(
                    x, y, QColor::fromHsv((x * 37 + y * 91) % 360, 200, 60 + (x * y) % 190));
        const auto palette = dominantColors(image);
        QVERIFY(palette.size() <= 6 && palette.size() >= 4);
    }

    void namesColorsInBothLanguages()
    {
        QCOMPARE(nearestNamedColor(QColor(210, 35, 45)).english, QStringLiteral("red"));
        QCOMPARE(nearestNamedColor(QColor(252, 252, 250)).chinese, QStringLiteral("白"));
        QCOMPARE(colorNamedIn(QStringLiteral("a dark green SUV"))->english,
                 QStringLiteral("dark green"));
        QCOMPARE(colorNamedIn(QStringLiteral("a gray cat"))->english, QStringLiteral("grey"));
        QCOMPARE(colorNamedIn(QStringLiteral("红色的气球"))->english, QStringLiteral("red"));
        QCOMPARE(colorNamedIn(QStringLiteral("墨绿汽车"))->english, QStringLiteral("dark green"));
        QVERIFY(!colorNamedIn(QStringLiteral("金字塔")));
        QVERIFY(!colorNamedIn(QStringLiteral("a tired redwood")));
        QVERIFY(colorAgreement(Qt::red, QColor(250, 5, 5)) > 0.9f);
        QCOMPARE(colorAgreement(Qt::red, Qt::blue), 0.0f);
    }

    void hashesTheSamePictureAlikeAndOthersNot()
    {
        const QImage card = testCard(640, 480);
        const quint64 hash = perceptualHash(card);
        QVERIFY(hashDistance(hash, perceptualHash(card.scaled(200, 150, Qt::IgnoreAspectRatio,
                                                              Qt::SmoothTransformation))) <= 4);
        const auto jpeg = decodeBytes(saved(toVips(card), ".jpg[Q=40]"));
        QVERIFY(hashDistance(hash, perceptualHash(*jpeg)) <= 4);
        QVERIFY(hashDistance(hash, perceptualHash(card.mirrored(true, false))) > 12);
        QVERIFY(hashDistance(hash, perceptualHash(stripes(
                                       {{Qt::red, 20}, {Qt::white, 20}, {Qt::blue, 20}}))) > 12);
    }

    void keepsThumbnailsByHash()
    {
        QTemporaryDir dir;
        const ThumbnailStore store(dir.filePath(QStringLiteral("thumbnails")));
        const QString hash = QStringLiteral("abcdef");
        QCOMPARE(store.read(hash).error().code, ErrorCode::NotFound);
        QVERIFY(store.write(hash, testCard(1280, 640)));
        QVERIFY(store.contains(hash));
        const auto stored = store.read(hash);
        QVERIFY(stored);
        QCOMPARE(stored->size(), QSize(320, 160));
        QVERIFY(!QImage(store.path(hash)).isNull()); // plain Qt reads it too

        QImage glass(50, 50, QImage::Format_RGBA8888);
        glass.fill(QColor(10, 20, 30, 99));
        QVERIFY(store.write(QStringLiteral("glass"), glass));
        QCOMPARE(store.read(QStringLiteral("glass"))->pixelColor(4, 4), QColor(10, 20, 30, 99));
        store.remove(hash);
        QVERIFY(!store.contains(hash));
    }

    void makesAThumbnailAgainThatWasCutOff()
    {
        QTemporaryDir dir;
        const ThumbnailStore store(dir.path());
        const QString picture = dir.filePath(QStringLiteral("picture.png"));
        QVERIFY(testCard(800, 600).save(picture));
        const QString hash = QStringLiteral("0123");
        QCOMPARE(store.readOrMake(hash, picture)->size(), QSize(320, 240));
        QVERIFY(store.contains(hash));
        QVERIFY(QFile::resize(store.path(hash), 100));
        QCOMPARE(store.read(hash).error().code, ErrorCode::Corrupt);
        QCOMPARE(store.readOrMake(hash, picture)->size(), QSize(320, 240));
        QVERIFY(store.read(hash));
    }

    void saysWhenAThumbnailCannotBeWritten()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const ThumbnailStore store(file.fileName()); // a file where the folder should be
        QVERIFY(!store.write(QStringLiteral("abc"), testCard()));
    }
};

QTEST_GUILESS_MAIN(LooksTest)
#include "LooksTest.moc"
