// Moving pictures: GIFs and WebPs of several frames, as another program writes them.
#include "core/image/Animation.h"
#include "Fixtures.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::image;

class AnimationTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

    // Red, green and blue, written by ImageMagick: 120, 240 and 360 ms. Its WebP gives each frame
    // the time of the next one, so there all have 240.
    QByteArray file(const QString &suffix)
    {
        const QString path = m_folder.filePath(QStringLiteral("a.") + suffix);
        QProcess convert;
        QStringList arguments;
        const char *colors[] = {"#ff0000", "#00ff00", "#0000ff"};
        for (int i = 0; i < 3; ++i)
            arguments << QStringLiteral("-delay")
                      << QString::number(suffix == QLatin1String("gif") ? 12 * (i + 1) : 24)
                      << QStringLiteral("-size") << QStringLiteral("80x40")
                      << QStringLiteral("xc:%1").arg(QLatin1String(colors[i]));
        arguments << QStringLiteral("-loop") << QStringLiteral("0") << path;
        convert.start(QStringLiteral("convert"), arguments);
        QFile written(path);
        if (!convert.waitForFinished() || convert.exitCode() != 0 ||
            !written.open(QIODevice::ReadOnly))
            return {};
        return written.readAll();
    }

private Q_SLOTS:
    void readsEveryFrameWithItsTime_data()
    {
        QTest::addColumn<QString>("suffix");
        QTest::newRow("gif") << QStringLiteral("gif");
        QTest::newRow("webp") << QStringLiteral("webp");
    }

    void readsEveryFrameWithItsTime()
    {
        QFETCH(QString, suffix);
        const QByteArray bytes = file(suffix);
        if (bytes.isEmpty())
            QSKIP("ImageMagick does not write it here");
        const auto animation = decodeAnimation(bytes);
        QVERIFY2(animation, animation ? "" : errorText(animation.error()).c_str());
        QCOMPARE(animation->frames.size(), 3);
        const bool gif = suffix == QLatin1String("gif");
        QCOMPARE(animation->delays,
                 gif ? (QVector<int>{120, 240, 360}) : (QVector<int>{240, 240, 240}));
        const QColor colors[] = {Qt::red, Qt::green, Qt::blue};
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(animation->frames[i].size(), QSize(80, 40));
            const QColor seen = animation->frames[i].pixelColor(40, 20);
            QVERIFY(qAbs(seen.red() - colors[i].red()) < 12 &&
                    qAbs(seen.green() - colors[i].green()) < 12 &&
                    qAbs(seen.blue() - colors[i].blue()) < 12);
        }
        QCOMPARE(animation->duration(), 720);
        QCOMPARE(animation->frameAt(0), 0);
        QCOMPARE(animation->frameAt(gif ? 120 : 240), 1);
        QCOMPARE(animation->frameAt(719), 2);
        QCOMPARE(animation->frameAt(720 * 1000 + (gif ? 130 : 250)), 1);
    }

    void becomesSmallerToFitItsMemory()
    {
        const QByteArray bytes = file(QStringLiteral("gif"));
        AnimationOptions options;
        options.maxBytes = 3 * 40 * 20 * 4;
        const auto animation = decodeAnimation(bytes, options);
        QVERIFY(animation);
        QCOMPARE(animation->frames[0].size(), QSize(40, 20));
        QVERIFY(animation->bytes() <= options.maxBytes);
        options.maxSide = 16;
        QCOMPARE(decodeAnimation(bytes, options)->frames[2].size(), QSize(16, 8));
        options.maxPixels = 80 * 40 * 2;
        QCOMPARE(decodeAnimation(bytes, options).error().code, ErrorCode::Invalid);
    }

    void whatDoesNotMoveHasOneFrame()
    {
        (void)decodeAnimation("GIF89a"); // starts libvips, which then writes the file
        const auto still =
            decodeAnimation(fixtures::saved(fixtures::toVips(fixtures::testCard()), ".webp"));
        QVERIFY(still);
        QCOMPARE(still->frames.size(), 1);
        QCOMPARE(still->frames[0].size(), QSize(64, 48));
    }

    void refusesWhatIsDamagedOrForeign()
    {
        QCOMPARE(decodeAnimation("GIF89a nothing of the kind").error().code, ErrorCode::Corrupt);
        QCOMPARE(decodeAnimation("\x89PNG\r\n\x1a\n").error().code, ErrorCode::Unsupported);
        QCOMPARE(decodeAnimation({}).error().code, ErrorCode::Unsupported);
    }
};

QTEST_GUILESS_MAIN(AnimationTest)
#include "AnimationTest.moc"
