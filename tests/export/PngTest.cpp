// PNG files read back by Qt (texts) and ImageMagick (pixels, profile).
#include "core/export/Png.h"
#include "core/base/SafeFile.h"
#include "core/export/Srgb.h"
#include "tests/export/Program.h"
#include "tests/export/Samples.h"

#include <QImageReader>
#include <QTemporaryDir>

#include <csignal>
#include <sys/resource.h>

using namespace moodloom;
using namespace moodloom::exporting;
using namespace moodloom::testing;

class PngTest : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    QString file(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

private Q_SLOTS:
    void keepsThePixels_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("alpha");
        for (const QSize size : {QSize(1, 1), QSize(37, 23), QSize(5000, 3)})
            for (const bool alpha : {false, true})
                QTest::addRow("%dx%d %s", size.width(), size.height(), alpha ? "rgba" : "rgb")
                    << size << alpha;
    }
    void keepsThePixels()
    {
        if (!isInstalled(QStringLiteral("convert")))
            QSKIP("ImageMagick is not installed (apt-get install imagemagick)");
        QFETCH(QSize, size);
        QFETCH(bool, alpha);
        Random random(1);
        const QImage image = samplePicture(random, size, alpha);
        QVERIFY(writePng(image, file("a.png")));
        const auto read = outputOf(QStringLiteral("convert"),
                                   {file("a.png"), QStringLiteral("-depth"), QStringLiteral("8"),
                                    alpha ? QStringLiteral("rgba:-") : QStringLiteral("rgb:-")});
        QCOMPARE(read.value_or(""), packedPixels(image, alpha));
        const auto profile =
            outputOf(QStringLiteral("convert"), {file("a.png"), QStringLiteral("icc:-")});
        QCOMPARE(profile.value_or(""), srgbProfile());
    }

    void keepsTextsExactly_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("ascii") << QStringLiteral("a Talagon SUV, \"quoted\" \\ <b>");
        QTest::newRow("lines") << QStringLiteral("one\ntwo\n\n  three \t end ");
        QTest::newRow("latin") << QStringLiteral("château à l'été");
        QTest::newRow("chinese") << QStringLiteral("大众揽巡飞跃长城，日落");
        QTest::newRow("emoji") << QStringLiteral("🚙👩‍🎨 𠮷");
        QTest::newRow("long") << QStringLiteral("长城 and ").repeated(50'000);
        QTest::newRow("empty") << QString();
    }
    void keepsTextsExactly()
    {
        QFETCH(QString, text);
        QImage image(2, 2, QImage::Format_RGB888);
        image.fill(Qt::red);
        QVERIFY(writePng(image, file("t.png"),
                         {{"parameters", text}, {"other", QStringLiteral("长")}}));
        const auto texts = readPngTexts(file("t.png"));
        QVERIFY(texts);
        QCOMPARE(texts->size(), 2);
        QCOMPARE((*texts)[0].keyword, QByteArray("parameters"));
        QCOMPARE((*texts)[0].text, text);
        QImageReader reader(file("t.png"));
        QCOMPARE(reader.text(QStringLiteral("other")), QStringLiteral("长"));
        // Qt tidies the white space of the texts that it lists.
        QCOMPARE(reader.text(QStringLiteral("parameters")).simplified(), text.simplified());
    }

    void leavesOutWhatPngCannotHold()
    {
        QImage image(2, 2, QImage::Format_RGB888);
        image.fill(Qt::red);
        const QString text = QStringLiteral("a") + QChar(u'\0') + QStringLiteral("长");
        QVERIFY(writePng(image, file("n.png"), {{"k", text}}));
        QCOMPARE((*readPngTexts(file("n.png")))[0].text, QStringLiteral("a长"));
    }

    void refusesBadKeywords()
    {
        QImage image(2, 2, QImage::Format_RGB888);
        for (const QByteArray &keyword : {QByteArray(), QByteArray(" x"), QByteArray("a  b"),
                                          QByteArray("a\nb"), QByteArray(80, 'k')}) {
            const auto result = writePng(image, file("k.png"), {{keyword, QStringLiteral("x")}});
            QVERIFY(!result);
            QCOMPARE(result.error().code, ErrorCode::Invalid);
        }
        QVERIFY(!QFile::exists(file("k.png")));
    }

    void saysWhatIsWrongWithAFile()
    {
        QCOMPARE(readPngTexts(file("absent.png")).error().code, ErrorCode::NotFound);
        QVERIFY(writeFileSafely(file("empty.png").toStdString(), std::string()));
        QCOMPARE(readPngTexts(file("empty.png")).error().code, ErrorCode::Corrupt);
        Random random(2);
        QVERIFY(writePng(samplePicture(random, {64, 64}, false), file("whole.png"),
                         {{"k", QStringLiteral("x")}}));
        const std::string whole = *readFile(file("whole.png").toStdString());
        for (const size_t length : {size_t(4), size_t(20), whole.size() / 2, whole.size() - 13}) {
            QVERIFY(writeFileSafely(file("cut.png").toStdString(), whole.substr(0, length)));
            QCOMPARE(readPngTexts(file("cut.png")).error().code, ErrorCode::Corrupt);
        }
    }

    void keepsTheOldFileWhenStoppedOrFull()
    {
        Random random(3);
        const QImage image = samplePicture(random, {600, 600}, false);
        const std::string path = file("old.png").toStdString();
        QVERIFY(writeFileSafely(path, std::string("old")));
        std::stop_source source;
        ExportControl control{source.get_token(), [&](double done) {
                                  if (done > 0.5)
                                      source.request_stop();
                              }};
        QCOMPARE(writePng(image, file("old.png"), {}, control).error().code, ErrorCode::Cancelled);
        QCOMPARE(*readFile(path), std::string("old"));

        std::signal(SIGXFSZ, SIG_IGN); // the limit makes write() fail half-way, as a full disk does
        rlimit before;
        getrlimit(RLIMIT_FSIZE, &before);
        const rlimit small{1 << 16, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        const auto full = writePng(image, file("old.png"));
        setrlimit(RLIMIT_FSIZE, &before);
        QCOMPARE(full.error().code, ErrorCode::DiskFull);
        QCOMPARE(*readFile(path), std::string("old"));
    }
};

QTEST_GUILESS_MAIN(PngTest)
#include "PngTest.moc"
