// PSD files, read back by ImageMagick: the same size, layers, names, places and pixels.
#include "core/base/SafeFile.h"
#include "core/export/Composite.h"
#include "core/export/Srgb.h"
#include "tests/export/Program.h"
#include "tests/export/Samples.h"

#include <QColorSpace>
#include <QDir>
#include <QTemporaryDir>

#include <csignal>
#include <sys/resource.h>

using namespace moodloom;
using namespace moodloom::exporting;
using namespace moodloom::testing;

namespace {

PsdLayer picture(const QString &name, const QImage &image, QPoint position = {})
{
    PsdLayer layer;
    layer.name = name;
    layer.image = image;
    layer.position = position;
    return layer;
}

PsdDocument documentOf(const QImage &image)
{
    return {image.size(), {picture(QStringLiteral("only"), image)}};
}

// "width height x y name" of the merged picture and of each layer with pixels.
QStringList scenes(const QString &path)
{
    const auto output =
        outputOf(QStringLiteral("identify"),
                 {QStringLiteral("-format"), QStringLiteral("%w %h %X %Y %l\n"), path});
    return output ? QString::fromUtf8(*output).split(u'\n', Qt::SkipEmptyParts) : QStringList();
}

QByteArray pixels(const QString &path, int scene, bool alpha)
{
    return outputOf(QStringLiteral("convert"),
                    {QStringLiteral("%1[%2]").arg(path).arg(scene), QStringLiteral("-depth"),
                     QStringLiteral("8"),
                     alpha ? QStringLiteral("rgba:-") : QStringLiteral("rgb:-")})
        .value_or(QByteArray());
}

QString signedText(int value)
{
    return value < 0 ? QString::number(value) : QStringLiteral("+%1").arg(value);
}

// Every layer and the merged picture, as ImageMagick reads them.
void compare(const PsdDocument &document, const QString &path)
{
    const QStringList found = scenes(path);
    std::vector<const PsdLayer *> layers;
    collectPixels(document.layers, layers);
    QCOMPARE(found.size(), qsizetype(layers.size()) + 1);
    QVERIFY2(
        found[0].startsWith(
            QStringLiteral("%1 %2 +0 +0").arg(document.size.width()).arg(document.size.height())),
        qPrintable(found[0]));
    QByteArray expected;
    for (size_t i = 0; i < layers.size(); ++i) {
        const PsdLayer &layer = *layers[i];
        QCOMPARE(found[qsizetype(i) + 1], QStringLiteral("%1 %2 %3 %4 %5")
                                              .arg(layer.image.width())
                                              .arg(layer.image.height())
                                              .arg(signedText(layer.position.x()),
                                                   signedText(layer.position.y()), layer.name));
        expected += packedPixels(layer.image, false);
    }
    // All scenes in one go, the merged picture first. ImageMagick multiplies a layer's opacity into
    // its alpha: the colours are what is stored.
    const auto colours = outputOf(
        QStringLiteral("convert"),
        {path, QStringLiteral("-depth"), QStringLiteral("8"), QStringLiteral("rgb:-")});
    QCOMPARE(colours.value_or("").mid(document.size.width() * document.size.height() * 3), expected);
}

} // namespace

class PsdTest : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    QString file(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

private Q_SLOTS:
    void init()
    {
        if (!isInstalled(QStringLiteral("identify")) || !isInstalled(QStringLiteral("convert")))
            QSKIP("ImageMagick is not installed (apt-get install imagemagick)");
    }

    void keepsRandomLayerTrees_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 8; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void keepsRandomLayerTrees()
    {
        QFETCH(unsigned, seed);
        Random random(seed);
        PsdDocument document;
        document.size = {between(random, 1, 150), between(random, 1, 90)};
        document.layers = sampleLayers(random, document.size, 3, true);
        const QString path = file("tree.psd");
        QVERIFY(writePsd(document, path));
        compare(document, path);
    }

    void keepsUnusualSizes_data()
    {
        QTest::addColumn<QSize>("size");
        for (const QSize size :
             {QSize(1, 1), QSize(1, 77), QSize(129, 1), QSize(3, 5), QSize(5000, 7)})
            QTest::addRow("%dx%d", size.width(), size.height()) << size;
    }
    void keepsUnusualSizes()
    {
        QFETCH(QSize, size);
        Random random(3);
        for (const PsdFormat format : {PsdFormat::Psd, PsdFormat::Psb}) {
            const PsdDocument document = documentOf(samplePicture(random, size, false));
            const QString path = file(format == PsdFormat::Psd ? "size.psd" : "size.psb");
            QVERIFY(writePsd(document, path, format));
            compare(document, path);
            QCOMPARE(pixels(path, 0, false), packedPixels(document.layers[0].image, false));
        }
    }

    void keepsAlphaExactly()
    {
        Random random(4);
        const PsdDocument document = documentOf(samplePicture(random, {61, 40}, true));
        QVERIFY(writePsd(document, file("alpha.psd")));
        QCOMPARE(pixels(file("alpha.psd"), 1, true), packedPixels(document.layers[0].image, true));
    }

    void mergesWhatIsVisible()
    {
        const QSize size(8, 4);
        QImage red(size, QImage::Format_RGB888), blue(size, QImage::Format_RGB888);
        red.fill(qRgb(200, 0, 0));
        blue.fill(qRgb(0, 0, 100));
        PsdLayer half = picture(QStringLiteral("blue"), blue, {4, 0});
        half.opacity = 0.5;
        PsdLayer hidden = picture(QStringLiteral("hidden"), blue);
        hidden.visible = false;
        PsdDocument document{size, {picture(QStringLiteral("red"), red), half, hidden}};
        QVERIFY(writePsd(document, file("merged.psd")));
        QByteArray row;
        for (int x = 0; x < 8; ++x)
            row.append(x < 4 ? QByteArray("\xc8\0\0", 3) : QByteArray("\x64\0\x32", 3));
        QCOMPARE(pixels(file("merged.psd"), 0, false), row.repeated(4));
    }

    void keepsTheTransparencyOfTheMergedPicture()
    {
        QImage image(3, 1, QImage::Format_RGBA8888);
        image.setPixelColor(0, 0, QColor(10, 20, 30, 255));
        image.setPixelColor(1, 0, QColor(200, 100, 50, 0));
        image.setPixelColor(2, 0, QColor(255, 255, 255, 128));
        QVERIFY(writePsd(documentOf(image), file("clear.psd")));
        const QByteArray merged = pixels(file("clear.psd"), 0, true);
        QCOMPARE(merged.size(), 12);
        QCOMPARE(merged.left(4), QByteArray("\x0a\x14\x1e\xff", 4));
        QCOMPARE(merged[7], '\0');
        QCOMPARE(merged.right(4), QByteArray("\xff\xff\xff\x80", 4));
    }

    void blendsATranslucentGroupAsAWhole()
    {
        QImage white(2, 2, QImage::Format_RGB888), black(2, 2, QImage::Format_RGB888);
        white.fill(Qt::white);
        black.fill(Qt::black);
        PsdLayer group;
        group.kind = PsdLayer::Kind::Group;
        group.opacity = 0.5;
        group.children = {picture(QStringLiteral("below"), white),
                          picture(QStringLiteral("above"), black)};
        const PsdDocument document{{2, 2}, {picture(QStringLiteral("paper"), white), group}};
        const auto merged = composite(document);
        QVERIFY(merged);
        QCOMPARE(merged->pixelColor(0, 0).red(), 127); // the white inside the group is covered
    }

    void carriesProfileResolutionCaptionAndXmp()
    {
        Random random(6);
        PsdDocument document = documentOf(samplePicture(random, {9, 9}, false));
        document.caption = QStringLiteral("长城 at sunset 🌅");
        document.pixelsPerInch = 300;
        document.xmp = "<?xpacket begin=\"\"?><a/><?xpacket end=\"w\"?>";
        const QString path = file("info.psd");
        QVERIFY(writePsd(document, path));
        const auto info = outputOf(QStringLiteral("identify"),
                                   {QStringLiteral("-format"),
                                    QStringLiteral("%[IPTC:2:120]|%[icc:description]|%x|%U"),
                                    path + QStringLiteral("[0]")});
        QCOMPARE(QString::fromUtf8(info.value_or("")),
                 QStringLiteral("长城 at sunset 🌅|sRGB|300|PixelsPerInch"));
        const auto profile = outputOf(QStringLiteral("convert"),
                                      {path + QStringLiteral("[0]"), QStringLiteral("icc:-")});
        QCOMPARE(profile.value_or(""), srgbProfile());
        const auto xmp = outputOf(QStringLiteral("convert"),
                                  {path + QStringLiteral("[0]"), QStringLiteral("xmp:-")});
        QCOMPARE(xmp.value_or("").trimmed(), document.xmp);
    }

    void convertsOtherColourSpaces()
    {
        QImage wide(4, 4, QImage::Format_RGB888);
        wide.fill(qRgb(0, 200, 0));
        wide.setColorSpace(QColorSpace(QColorSpace::DisplayP3));
        QVERIFY(writePsd(documentOf(wide), file("wide.psd")));
        const QColor srgb =
            wide.convertedToColorSpace(QColorSpace(QColorSpace::SRgb)).pixelColor(0, 0);
        QVERIFY(srgb != QColor(0, 200, 0));
        QImage expected(4, 4, QImage::Format_RGB888);
        expected.fill(srgb);
        QCOMPARE(pixels(file("wide.psd"), 1, false), packedPixels(expected, false));
    }

    void writesTheSameBytesAgain()
    {
        Random random(8);
        PsdDocument document{{40, 30}, sampleLayers(random, {40, 30}, 2, true)};
        QVERIFY(writePsd(document, file("one.psd")));
        QVERIFY(writePsd(document, file("two.psd")));
        QCOMPARE(*readFile(file("one.psd").toStdString()),
                 *readFile(file("two.psd").toStdString()));
    }

    void reportsProgressToTheEnd()
    {
        Random random(9);
        double last = 0;
        ExportControl control;
        control.progress = [&last](double done) {
            QVERIFY(done > last);
            last = done;
        };
        PsdDocument document{{40, 30}, sampleLayers(random, {40, 30}, 2, true)};
        QVERIFY(writePsd(document, file("progress.psd"), PsdFormat::Psd, control));
        QCOMPARE(last, 1.0);
    }

    void keepsTheOldFileWhenStopped()
    {
        Random random(10);
        const QString path = file("stopped.psd");
        QVERIFY(writeFileSafely(path.toStdString(), std::string("old")));
        // Once before anything is written, once amidst the pixels.
        for (const double when : {0.1, 0.9}) {
            std::stop_source source;
            ExportControl control{source.get_token(), [&](double done) {
                                      if (done > when)
                                          source.request_stop();
                                  }};
            const auto result = writePsd(documentOf(samplePicture(random, {50, 300}, true)), path,
                                         PsdFormat::Psd, control);
            QVERIFY(!result);
            QCOMPARE(result.error().code, ErrorCode::Cancelled);
            QCOMPARE(*readFile(path.toStdString()), std::string("old"));
        }
    }

    void keepsTheOldFileWhenTheDiskIsFull()
    {
        Random random(11);
        const QString path = file("full.psd");
        QVERIFY(writeFileSafely(path.toStdString(), std::string("old")));
        const qsizetype files = QDir(m_folder.path()).count();
        // A file-size limit makes write() fail half-way, as a full disk does.
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before;
        getrlimit(RLIMIT_FSIZE, &before);
        const rlimit small{3 << 20, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        const auto result = writePsd(documentOf(samplePicture(random, {2000, 1500}, false)), path);
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::DiskFull);
        QCOMPARE(*readFile(path.toStdString()), std::string("old"));
        QCOMPARE(qsizetype(QDir(m_folder.path()).count()), files);
    }

    void saysWhatTheFormatCannotHold()
    {
        PsdDocument document;
        QCOMPARE(writePsd(document, file("none.psd")).error().code, ErrorCode::Invalid);
        document.size = {30'001, 1};
        const auto large = writePsd(document, file("large.psd"));
        QVERIFY(!large);
        QCOMPARE(large.error().code, ErrorCode::Invalid);
        QVERIFY(large.error().detail.find("PNG") != std::string::npos);
        QVERIFY(writePsd(document, file("large.psb"), PsdFormat::Psb));
        document.size = {1, 1};
        document.layers.assign(8001, PsdLayer{});
        QCOMPARE(writePsd(document, file("many.psd")).error().code, ErrorCode::Invalid);
        QVERIFY(!QFile::exists(file("many.psd")));
    }
};

QTEST_GUILESS_MAIN(PsdTest)
#include "PsdTest.moc"
