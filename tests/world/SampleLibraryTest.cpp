// The sample library is read back by readers that are not ours: libvips for pixels, Exiv2 for
// words.
#include "core/world/SampleLibrary.h"

#include "core/base/SafeFile.h"
#include "core/world/Designs.h"

#include <QDir>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <exiv2/exiv2.hpp>
#include <vips/vips8>

#include <csignal>
#include <set>
#include <sys/resource.h>

using namespace moodloom;
using namespace moodloom::world;

namespace {

SampleLibraryOptions few(int count)
{
    SampleLibraryOptions options;
    options.count = count;
    options.seed = 7;
    options.size = 96;
    return options;
}

std::string folderOf(const QTemporaryDir &dir)
{
    return dir.path().toStdString();
}

} // namespace

class SampleLibraryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCOMPARE(VIPS_INIT("tests"), 0); }

    void writesPicturesThatOthersRead()
    {
        QTemporaryDir dir;
        const auto summary = writeSampleLibrary(folderOf(dir), few(12));
        QVERIFY(summary);
        QCOMPARE(summary->written, 12);
        int jpeg = 0, png = 0;
        for (int i = 0; i < 12; ++i) {
            const Sample sample = sampleAt(i, few(12));
            const std::string path = folderOf(dir) + "/" + sample.path;
            (path.ends_with(".png") ? png : jpeg)++;

            vips::VImage image = vips::VImage::new_from_file(
                path.c_str(), vips::VImage::option()->set("fail", true));
            QCOMPARE(image.width(), 96);
            QCOMPARE(image.height(), 96);
            QCOMPARE(image.bands(), 3);
            const QImage drawn = drawScene(sample.scene, 96);
            const std::vector<double> pixel = image.getpoint(48, 48);
            QVERIFY(std::abs(pixel[0] - qRed(drawn.pixel(48, 48))) < 40);

            const auto file = Exiv2::ImageFactory::open(path);
            file->readMetadata();
            const std::string description = file->xmpData()["Xmp.dc.description"].toString();
            QVERIFY2(description.find(sample.captionEn) != std::string::npos, description.c_str());
            QVERIFY2(description.find(sample.captionZh) != std::string::npos, description.c_str());
            QCOMPARE(size_t(file->xmpData()["Xmp.dc.subject"].count()), sample.keywords.size());
            const std::string caption = file->iptcData()["Iptc.Application2.Caption"].toString();
            QVERIFY2(caption.find(sample.captionZh) != std::string::npos, caption.c_str());
        }
        QVERIFY(jpeg > 0 && png > 0);
    }

    void namesWhatIsInThePicture()
    {
        const Sample sample = sampleAt(0, few(2));
        for (const char *word : {"Talagon", "揽巡", "大众揽巡", "SUV"})
            QVERIFY2(std::find(sample.keywords.begin(), sample.keywords.end(), word) !=
                         sample.keywords.end(),
                     word);
        QVERIFY(sample.captionEn.find("Talagon: a teal SUV with a white band") !=
                std::string::npos);
    }

    void showsEveryNamedDesignEvenTheHeldOut()
    {
        std::set<int> shown;
        std::set<std::string> paths;
        int heldOut = 0;
        for (int i = 0; i < designCount; ++i) {
            const Sample sample = sampleAt(i, few(designCount));
            const int design = sample.scene.entities[0].design.named == -1
                                   ? -1
                                   : sample.scene.entities[0].design.named;
            paths.insert(sample.path);
            for (const Entity &entity : sample.scene.entities)
                shown.insert(entity.design.named);
            if (design >= 0)
                heldOut += namedDesign(design).heldOut;
        }
        shown.erase(-1);
        QCOMPARE(int(shown.size()), designCount);
        QVERIFY(heldOut > 0);
        QCOMPARE(int(paths.size()), designCount);
    }

    void writesTheSameBytesAgainAndKeepsThem()
    {
        QTemporaryDir one, two;
        QVERIFY(writeSampleLibrary(folderOf(one), few(9)));
        QVERIFY(writeSampleLibrary(folderOf(two), few(9)));
        for (int i = 0; i < 9; ++i) {
            const std::string path = "/" + sampleAt(i, few(9)).path;
            QVERIFY(*readFile(folderOf(one) + path) == *readFile(folderOf(two) + path));
        }
        const auto again = writeSampleLibrary(folderOf(one), few(9));
        QCOMPARE(again->unchanged, 9);
        QCOMPARE(again->written, 0);
    }

    void neverOverwritesAnotherFile()
    {
        QTemporaryDir dir;
        const std::string path = folderOf(dir) + "/" + sampleAt(1, few(4)).path;
        QVERIFY(QDir(dir.path()).mkpath(QFileInfo(QString::fromStdString(path)).path()));
        QVERIFY(writeFileSafely(path, std::string("mine")));
        const auto summary = writeSampleLibrary(folderOf(dir), few(4));
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, ErrorCode::Invalid);
        QCOMPARE(summary.error().subject, path);
        QCOMPARE(*readFile(path), std::string("mine"));
    }

    void saysThatTheDiskIsFull()
    {
        QTemporaryDir dir;
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before;
        getrlimit(RLIMIT_FSIZE, &before);
        rlimit small{256, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        const auto summary = writeSampleLibrary(folderOf(dir), few(3));
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, ErrorCode::DiskFull);
        QDirIterator files(dir.path(), QDir::Files, QDirIterator::Subdirectories);
        QVERIFY(!files.hasNext());
    }

    void reportsProgressAndStops()
    {
        QTemporaryDir dir;
        std::stop_source stop;
        int last = 0, total = 0;
        const auto summary = writeSampleLibrary(
            folderOf(dir), few(200),
            [&](int done, int of) {
                last = done;
                total = of;
                if (done == 5)
                    stop.request_stop();
            },
            stop.get_token());
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, ErrorCode::Cancelled);
        QCOMPARE(total, 200);
        QVERIFY(last >= 5 && last < 200);
    }

    void refusesSizesThatMakeNoSense()
    {
        QTemporaryDir dir;
        SampleLibraryOptions options = few(1);
        options.size = 8;
        QCOMPARE(writeSampleLibrary(folderOf(dir), options).error().code, ErrorCode::Invalid);
        options = few(0);
        QCOMPARE(writeSampleLibrary(folderOf(dir), options).error().code, ErrorCode::Invalid);
    }
};

QTEST_GUILESS_MAIN(SampleLibraryTest)
#include "SampleLibraryTest.moc"
