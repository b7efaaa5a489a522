// Importing: every picture once, whatever the folders are like, and what fails is listed.
#include "core/library/PictureFile.h"
#include "core/library/Schema.h"
#include "core/world/SampleLibrary.h"
#include "tests/library/ImportFixture.h"

#include <algorithm>
#include <thread>
#include <unistd.h>

using namespace moodloom;
using namespace moodloom::library;

namespace {

// Gives every picture its mean colour, and remembers how it was used.
class MeanColor : public image::Embedder
{
public:
    QString name = QStringLiteral("mean-color");
    std::vector<size_t> batches;
    std::vector<std::thread::id> threads;
    std::optional<Error> failure;

    QString id() const override { return name; }
    int dimension() const override { return 3; }
    Result<std::vector<image::Embedding>> embedImages(std::span<const QImage> images,
                                                      std::stop_token) override
    {
        if (failure)
            return fail(*failure);
        batches.push_back(images.size());
        threads.push_back(std::this_thread::get_id());
        std::vector<image::Embedding> vectors;
        for (const QImage &image : images) {
            const QColor mean = image.scaled(1, 1, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                                    .pixelColor(0, 0);
            vectors.push_back({float(mean.redF()), float(mean.greenF()), float(mean.blueF())});
        }
        return vectors;
    }
    Result<image::Embedding> embedText(const QString &) override
    {
        return image::Embedding{0, 0, 1};
    }
};

} // namespace

class ImportTest : public QObject, protected ImportFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(image::vipsio::start()); }
    void init() { open(); }

    void importsFoldersWithTheWordsInside()
    {
        QDir(m_pictures).mkpath(QStringLiteral("a/b"));
        QDir(m_pictures).mkpath(QStringLiteral(".hidden"));
        save(1, QStringLiteral("one.png"));
        save(2, QStringLiteral("a/two.JPG"));
        save(3, QStringLiteral(".hidden/three.png"));
        writeFile(
            at(QStringLiteral("a/b/wall.png")),
            captioned(numbered(4), QStringLiteral("大众揽巡飞跃长城"), QStringLiteral("长城")));
        writeFile(at(QStringLiteral("a/notes.txt")), "text");
        const ImportReport report = import();
        QVERIFY(!report.stoppedBy);
        QCOMPARE(report.counts.found, 3);
        QCOMPARE(report.counts.added, 3);
        QCOMPARE(report.counts.done, 3);
        QCOMPARE(report.counts.ignored, 1);
        QCOMPARE(*m_library->count(), 3);
        const auto hits = m_library->searchWords(QStringLiteral("揽巡"), 5);
        QCOMPARE(hits->size(), 1);
        const auto asset = m_library->asset(hits->first().id);
        QCOMPARE(asset->path, at(QStringLiteral("a/b/wall.png")));
        QCOMPARE(asset->format, QStringLiteral("png"));
        QCOMPARE(asset->size, QSize(80, 60));
        QCOMPARE(asset->bytes, QFileInfo(asset->path).size());
        QCOMPARE(asset->keywords, QStringList{QStringLiteral("长城")});
        QCOMPARE(asset->hash.size(), 64);
        QVERIFY(asset->palette.size() >= 2);
        QVERIFY(asset->perceptualHash != 0);
        QCOMPARE(options().thumbnails.read(asset->hash)->size(), QSize(80, 60));
    }

    void findsThePicturesOfTheSampleLibraryInBothLanguages()
    {
        world::SampleLibraryOptions few;
        few.count = 12;
        few.size = 96;
        QVERIFY(world::writeSampleLibrary(m_pictures.toStdString(), few));
        QCOMPARE(import().counts.added, 12);
        for (int i = 0; i < few.count; ++i) {
            const world::Sample sample = world::sampleAt(i, few);
            const QString path = at(QString::fromStdString(sample.path));
            for (const std::string &caption : {sample.captionEn, sample.captionZh}) {
                const auto hits = m_library->searchWords(QString::fromStdString(caption), 1);
                QVERIFY(hits);
                QCOMPARE(hits->size(), 1);
                QCOMPARE(m_library->asset(hits->first().id)->path, path);
            }
            AssetQuery query;
            query.keyword = QString::fromStdString(sample.keywords.front());
            QVERIFY(*m_library->count(query) > 0);
        }
    }

    void listsWhatFailsWithTheReason()
    {
        save(1, QStringLiteral("good.png"));
        writeFile(at(QStringLiteral("empty.jpg")), {});
        QFile good(at(QStringLiteral("good.png")));
        QVERIFY(good.open(QIODevice::ReadOnly));
        writeFile(at(QStringLiteral("cut.png")), good.read(600));
        writeFile(at(QStringLiteral("text.webp")), "not a picture at all");
        const ImportReport report = import();
        QCOMPARE(report.counts.added, 1);
        QCOMPARE(report.counts.failed, 3);
        const auto failures = m_library->failures();
        QCOMPARE(failures->size(), 3);
        QHash<QString, Error> reasons;
        for (const FailedImport &failure : *failures)
            reasons.insert(QFileInfo(failure.path).fileName(), failure.error);
        QCOMPARE(reasons[QStringLiteral("empty.jpg")].code, ErrorCode::Corrupt);
        QCOMPARE(reasons[QStringLiteral("empty.jpg")].detail,
                 std::string("the file is empty (0 bytes)"));
        QVERIFY(reasons[QStringLiteral("cut.png")].detail.starts_with("ends after"));
        QCOMPARE(reasons[QStringLiteral("text.webp")].code, ErrorCode::Unsupported);
        // Unchanged, they are not tried again; repaired, they are.
        QCOMPARE(import().counts.failed, 3);
        save(2, QStringLiteral("cut.png"));
        QCOMPARE(import().counts.added, 1);
        QCOMPARE(m_library->failures()->size(), 2);
        // Gone, they are forgotten.
        QFile::remove(at(QStringLiteral("empty.jpg")));
        import(ImportKind::Rescan);
        QCOMPARE(m_library->failures()->size(), 1);
    }

    void entersEveryFolderOnceHoweverItIsLinked()
    {
        QDir(m_pictures).mkpath(QStringLiteral("a"));
        save(1, QStringLiteral("a/one.png"));
        QVERIFY(QFile::link(m_pictures, at(QStringLiteral("a/loop"))));
        QVERIFY(QFile::link(at(QStringLiteral("a")), at(QStringLiteral("twin"))));
        QVERIFY(QFile::link(at(QStringLiteral("nowhere.png")), at(QStringLiteral("dangling.png"))));
        const ImportReport report = import();
        QCOMPARE(report.counts.found, 1);
        QCOMPARE(report.counts.added, 1);
        QCOMPARE(report.counts.failed, 0);
    }

    void listsFoldersThatMayNotBeRead()
    {
        if (::geteuid() == 0)
            QSKIP("the superuser may read everything");
        QDir(m_pictures).mkpath(QStringLiteral("closed"));
        save(1, QStringLiteral("open.png"));
        QFile::setPermissions(at(QStringLiteral("closed")), {});
        const ImportReport report = import();
        QFile::setPermissions(at(QStringLiteral("closed")),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QCOMPARE(report.counts.added, 1);
        QCOMPARE(report.counts.failed, 1);
        QCOMPARE(m_library->failures()->first().error.code, ErrorCode::Unreadable);
        QCOMPARE(import().counts.failed, 0);
        QVERIFY(m_library->failures()->isEmpty());
    }

    void saysWhenANamedFileIsNotThereOrNoFile()
    {
        const auto report =
            Importer(*m_library, options())
                .run({{at(QStringLiteral("none.png")), QStringLiteral("/dev/zero")}});
        QVERIFY(report);
        QCOMPARE(report->counts.failed, 2);
        QCOMPARE(m_library->failures()->size(), 2);
    }

    void embedsEveryPictureOnceInBatchesOnTheCallingThread()
    {
        saveMany(70);
        MeanColor embedder;
        ImportOptions chosen = options();
        chosen.embedder = &embedder;
        Importer importer(*m_library, chosen);
        ImportProgress last;
        const auto report =
            importer.run({{m_pictures}}, [&](const ImportProgress &progress) { last = progress; });
        QVERIFY(report && !report->stoppedBy);
        QCOMPARE(report->counts.embedded, 70);
        QCOMPARE(last.phase, ImportPhase::Embedding);
        QCOMPARE(last.counts.embedded, 70);
        QCOMPARE(last.counts.added, 70);
        QCOMPARE(last.secondsLeft, 0.0);
        QCOMPARE(embedder.batches, (std::vector<size_t>{32, 32, 6}));
        for (const auto &thread : embedder.threads)
            QCOMPARE(thread, std::this_thread::get_id());
        const auto table = m_library->embeddings(embedder.id());
        QCOMPARE(table->ids.size(), size_t(70));
        QCOMPARE(table->dimension, 3);
        QCOMPARE(importer.run({{m_pictures}})->counts.embedded, 0);
        embedder.name = QStringLiteral("another");
        QCOMPARE(importer.embedMissing()->counts.embedded, 70);
    }

    void keepsPicturesWhenTheEmbedderFails()
    {
        saveMany(3);
        MeanColor embedder;
        embedder.failure = Error{ErrorCode::OutOfMemory, "model", "too large"};
        ImportOptions chosen = options();
        chosen.embedder = &embedder;
        const auto report = Importer(*m_library, chosen).run({{m_pictures}});
        QVERIFY(report);
        QCOMPARE(report->stoppedBy->code, ErrorCode::OutOfMemory);
        QCOMPARE(*m_library->count(), 3);
        embedder.failure.reset();
        QCOMPARE(Importer(*m_library, chosen).embedMissing()->counts.embedded, 3);
    }

    void importsOneFileAtOnce()
    {
        save(1, QStringLiteral("a.png"));
        Importer importer(*m_library, options());
        const auto asset = importer.importFile(at(QStringLiteral("a.png")));
        QVERIFY(asset);
        QCOMPARE(asset->path, at(QStringLiteral("a.png")));
        QCOMPARE(importer.importFile(at(QStringLiteral("a.png")))->id, asset->id);
        writeFile(at(QStringLiteral("bad.png")), "x");
        QCOMPARE(importer.importFile(at(QStringLiteral("bad.png"))).error().code,
                 ErrorCode::Unsupported);
    }

    void keepsPicturesThatHadNoFile()
    {
        const auto path = keepPicture(*m_library, numbered(5), QStringLiteral("a/b: pasted?"));
        QVERIFY(path);
        QVERIFY(path->startsWith(m_library->picturesFolder()));
        QCOMPARE(*keepPicture(*m_library, numbered(5), QStringLiteral("a/b: pasted?")), *path);
        QVERIFY(Importer(*m_library, options()).importFile(*path));
        const QByteArray webp = fixtures::saved(fixtures::toVips(numbered(6)), ".webp");
        QVERIFY(keepPictureBytes(*m_library, webp, {})->endsWith(QStringLiteral(".webp")));
        QCOMPARE(keepPictureBytes(*m_library, "<html>", QStringLiteral("page")).error().code,
                 ErrorCode::Unsupported);
        QVERIFY(!keepPicture(*m_library, QImage(), QStringLiteral("nothing")));
    }

    void changesNothingInALibraryOfANewerVersion()
    {
        QVERIFY(m_library->database().setSchemaVersion(kSchemaVersion + 1));
        auto newer = Library::open(m_library->folder());
        const auto report = Importer(**newer, options()).run({{m_pictures}});
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::NewerVersion);
    }
};

QTEST_GUILESS_MAIN(ImportTest)
#include "ImportTest.moc"
