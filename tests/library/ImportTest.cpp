// Importing: every picture once, whatever the folders are like; what fails is listed, what was done
// is kept, and doing it again is quick.
#include "core/library/FileIndex.h"
#include "core/library/Importer.h"
#include "core/library/PictureFile.h"
#include "core/library/Schema.h"
#include "core/world/SampleLibrary.h"
#include "tests/image/Fixtures.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <thread>
#include <unistd.h>

using namespace moodloom;
using namespace moodloom::library;

namespace {

QImage numbered(int number)
{
    QImage image = fixtures::testCard(80, 60);
    image.setPixelColor(number % 80, 59 - number / 80, QColor(1, 2, 3));
    return image;
}

void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

// A PNG with a description and one keyword in its XMP.
QByteArray captioned(const QImage &image, const QString &text, const QString &keyword)
{
    const QByteArray xmp =
        QStringLiteral("<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
                       "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
                       "<rdf:Description "
                       "xmlns:dc='http://purl.org/dc/elements/1.1/"
                       "'><dc:description><rdf:Alt><rdf:li xml:lang='x-default'>%1"
                       "</rdf:li></rdf:Alt></dc:description><dc:subject><rdf:Bag><rdf:li>%2</"
                       "rdf:li></rdf:Bag></dc:subject>"
                       "</rdf:Description></rdf:RDF></x:xmpmeta>")
            .arg(text, keyword)
            .toUtf8();
    vips::VImage with = fixtures::toVips(image).copy();
    vips_image_set_blob_copy(with.get_image(), VIPS_META_XMP_NAME, xmp.constData(),
                             size_t(xmp.size()));
    return fixtures::saved(with, ".png");
}

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

class ImportTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Library> m_library;
    QString m_pictures;

    ImportOptions options(int threads = 2)
    {
        ImportOptions chosen;
        chosen.threads = threads;
        chosen.thumbnails = image::ThumbnailStore(m_dir->filePath(QStringLiteral("thumbnails")));
        return chosen;
    }
    QString at(const QString &name) const { return m_pictures + QLatin1Char('/') + name; }
    void save(int number, const QString &name) { QVERIFY(numbered(number).save(at(name))); }
    void saveMany(int count)
    {
        for (int i = 0; i < count; ++i)
            save(i, QStringLiteral("many%1.png").arg(i, 4, 10, QLatin1Char('0')));
    }
    ImportReport import(ImportKind kind = ImportKind::OnPurpose)
    {
        const auto report = Importer(*m_library, options()).run({{m_pictures}, kind});
        return report ? *report : ImportReport{{}, 0, report.error()};
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(image::vipsio::start()); }

    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_pictures = m_dir->filePath(QStringLiteral("pictures"));
        QVERIFY(QDir().mkpath(m_pictures));
        auto library = Library::open(m_dir->filePath(QStringLiteral("library")));
        QVERIFY(library);
        m_library = std::move(*library);
    }

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

    void doesNotReadUnchangedFilesAgain()
    {
        saveMany(5);
        QCOMPARE(import().counts.added, 5);
        // Other bytes behind the same size and date: only a reader would notice.
        QFile file(at(QStringLiteral("many0002.png")));
        const auto date = QFileInfo(file).lastModified();
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.write(QByteArray(100, 'x'));
        file.flush();
        QVERIFY(file.setFileTime(date, QFileDevice::FileModificationTime));
        file.close();
        const ImportReport again = import();
        QCOMPARE(again.counts.unchanged, 5);
        QCOMPARE(again.counts.failed, 0);
        QCOMPARE(again.counts.done, again.counts.found);
    }

    void keepsOneAssetOfEqualFiles()
    {
        save(1, QStringLiteral("a.png"));
        QVERIFY(QFile::copy(at(QStringLiteral("a.png")), at(QStringLiteral("b.png"))));
        const ImportReport report = import();
        QCOMPARE(report.counts.added, 1);
        QCOMPARE(report.counts.duplicates, 1);
        const auto asset = m_library->assets(AssetQuery{})->first();
        QCOMPARE(*FileIndex(*m_library).paths(asset.id),
                 (QStringList{at(QStringLiteral("a.png")), at(QStringLiteral("b.png"))}));
        // One of them goes: the picture stays, at the other path.
        QFile::remove(asset.path);
        QCOMPARE(import(ImportKind::Rescan).counts.missing, 0);
        const auto kept = m_library->asset(asset.id);
        QVERIFY(!kept->missing);
        QVERIFY(kept->path != asset.path);
    }

    void followsAMovedFile()
    {
        save(1, QStringLiteral("old.png"));
        import();
        const auto before = m_library->assets(AssetQuery{})->first();
        QVERIFY(QFile::rename(at(QStringLiteral("old.png")), at(QStringLiteral("new.png"))));
        const ImportReport report = import(ImportKind::Rescan);
        QCOMPARE(report.counts.moved, 1);
        QCOMPARE(report.counts.missing, 0);
        const auto after = m_library->asset(before.id);
        QCOMPARE(after->path, at(QStringLiteral("new.png")));
        QVERIFY(!after->missing);
        QCOMPARE(*m_library->count(), 1);
        QCOMPARE(m_library->searchWords(QStringLiteral("new"), 5)->size(), 1);
        QVERIFY(m_library->searchWords(QStringLiteral("old"), 5)->isEmpty());
    }

    void updatesAPictureThatChangedInPlace()
    {
        save(1, QStringLiteral("a.png"));
        import();
        const auto before = m_library->assets(AssetQuery{})->first();
        m_library->setEmbedding(before.id, QStringLiteral("m"), std::vector<float>{1});
        writeFile(at(QStringLiteral("a.png")),
                  captioned(numbered(9), QStringLiteral("changed"), QStringLiteral("new")));
        const ImportReport report = import(ImportKind::Rescan);
        QCOMPARE(report.counts.updated, 1);
        const auto after = m_library->asset(before.id);
        QVERIFY(after->hash != before.hash);
        QCOMPARE(after->description, QStringLiteral("changed"));
        QCOMPARE(after->imported, before.imported);
        QCOMPARE(*m_library->embeddingCount(QStringLiteral("m")), 0);
        QCOMPARE(*m_library->count(), 1);
    }

    void marksWhatIsGoneAndFindsItAgain()
    {
        save(1, QStringLiteral("a.png"));
        save(2, QStringLiteral("b.png"));
        import();
        QVERIFY(QFile::rename(at(QStringLiteral("a.png")),
                              m_dir->filePath(QStringLiteral("away.png"))));
        save(3, QStringLiteral("c.png"));
        const ImportReport report = import(ImportKind::Rescan);
        QCOMPARE(report.counts.added, 1);
        QCOMPARE(report.counts.missing, 1);
        AssetQuery missing;
        missing.presence = AssetPresence::Missing;
        QCOMPARE(m_library->assets(missing)->first().path, at(QStringLiteral("a.png")));
        QVERIFY(QFile::rename(m_dir->filePath(QStringLiteral("away.png")),
                              at(QStringLiteral("a.png"))));
        QCOMPARE(import(ImportKind::Rescan).counts.moved, 1);
        QCOMPARE(*m_library->count(missing), 0);
    }

    void bringsRemovedPicturesBackOnlyOnPurpose()
    {
        save(1, QStringLiteral("a.png"));
        import();
        QVERIFY(m_library->remove({m_library->assets(AssetQuery{})->first().id}));
        QVERIFY(QFile::exists(at(QStringLiteral("a.png"))));
        QCOMPARE(import(ImportKind::Rescan).counts.unchanged, 1);
        QCOMPARE(*m_library->count(), 0);
        QCOMPARE(import().counts.added, 1);
    }

    // What is put back is known by its files again; one that has gone meanwhile is missing.
    void putsPicturesBackWithTheirFiles()
    {
        save(1, QStringLiteral("a.png"));
        QVERIFY(QFile::copy(at(QStringLiteral("a.png")), at(QStringLiteral("copy of a.png"))));
        save(2, QStringLiteral("b.png"));
        import();
        QCOMPARE(*m_library->count(), 2);
        const auto removed = m_library->remove(*m_library->ids(AssetQuery{}));
        QCOMPARE(removed->size(), 2);
        const bool aFirst = removed->first().files.size() == 2;
        const Asset a = removed->at(aFirst ? 0 : 1).asset, b = removed->at(aFirst ? 1 : 0).asset;
        QVERIFY(QFile::remove(a.path)); // of two files
        QVERIFY(QFile::remove(b.path)); // of one
        import(ImportKind::Rescan);
        QVERIFY(m_library->putBack(*removed));
        QCOMPARE(*m_library->count(), 2);
        QVERIFY(m_library->asset(a.id)->path != a.path);
        QVERIFY(!m_library->asset(a.id)->missing);
        QVERIFY(m_library->asset(b.id)->missing);
        const ImportReport report = import(); // nothing is taken for new
        QCOMPARE(report.counts.added, 0);
        QCOMPARE(report.counts.unchanged, 1);
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

    void keepsWhatWasDoneWhenCancelledAndGoesOnLater()
    {
        saveMany(300);
        std::stop_source stop;
        ImportProgress last;
        Importer importer(*m_library, options());
        const auto report = importer.run(
            {{m_pictures}},
            [&](const ImportProgress &progress) {
                last = progress;
                if (progress.counts.done > 0)
                    stop.request_stop();
            },
            stop.get_token());
        QVERIFY(report);
        QVERIFY(report->stoppedBy);
        QCOMPARE(report->stoppedBy->code, ErrorCode::Cancelled);
        QVERIFY(report->counts.added > 0);
        QVERIFY2(report->counts.added < 300, "it was not stopped in time to show anything");
        QCOMPARE(*m_library->count(), report->counts.added);
        const ImportReport rest = import();
        QVERIFY(!rest.stoppedBy);
        QCOMPARE(rest.counts.unchanged, report->counts.added);
        QCOMPARE(rest.counts.added, 300 - report->counts.added);
        QCOMPARE(*m_library->count(), 300);
    }

    void doesNothingWhilePaused()
    {
        saveMany(400);
        Importer importer(*m_library, options());
        int ticks = 0;
        qint64 settled = -1;
        const auto report = importer.run({{m_pictures}}, [&](const ImportProgress &progress) {
            if (ticks == 0 && progress.counts.done > 0) {
                importer.pause();
                ticks = 1;
            } else if (ticks > 0 && importer.isPaused()) {
                QVERIFY(progress.paused);
                ++ticks;
                if (ticks == 12) // pictures that were under way have arrived by now
                    settled = progress.counts.done;
                if (ticks > 12)
                    QCOMPARE(progress.counts.done, settled);
                if (ticks == 16)
                    importer.resume();
            }
        });
        QVERIFY(report);
        QVERIFY(settled > 0);
        QVERIFY(settled < 400);
        QCOMPARE(report->counts.added, 400);
    }

    void canBeCancelledWhilePaused()
    {
        saveMany(200);
        Importer importer(*m_library, options());
        importer.pause();
        std::stop_source stop;
        const auto report = importer.run(
            {{m_pictures}},
            [&](const ImportProgress &progress) {
                if (!progress.scanning)
                    stop.request_stop();
            },
            stop.get_token());
        QVERIFY(report);
        QCOMPARE(report->stoppedBy->code, ErrorCode::Cancelled);
        QCOMPARE(report->counts.added, 0);
    }

    void stopsCleanlyWhenTheDiskIsFull()
    {
        saveMany(300);
        QVERIFY(m_library->limitSize(m_library->statistics()->databaseBytes + 60'000));
        const ImportReport report = import();
        QVERIFY(report.stoppedBy);
        QCOMPARE(report.stoppedBy->code, ErrorCode::DiskFull);
        QCOMPARE(*m_library->count(), report.counts.added);
        QVERIFY(report.counts.added < 300);
        QVERIFY(m_library->limitSize(qint64(1) << 30));
        QVERIFY(!import().stoppedBy);
        QCOMPARE(*m_library->count(), 300);
    }

    void goesOnWithoutThumbnailsWhereTheyCannotBeKept()
    {
        save(1, QStringLiteral("a.png"));
        ImportOptions chosen = options();
        chosen.thumbnails = image::ThumbnailStore(at(QStringLiteral("a.png"))); // a file, no folder
        const auto report = Importer(*m_library, chosen).run({{m_pictures}});
        QCOMPARE(report->counts.added, 1);
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

    void letsOthersReadMeanwhile()
    {
        saveMany(150);
        std::atomic<bool> done = false;
        std::atomic<int> errors = 0;
        std::jthread reader([&] {
            auto library = Library::open(m_library->folder(), Library::Mode::ReadOnly);
            while (library && !done) {
                errors += !(*library)->assets(AssetQuery{});
                errors += !(*library)->searchWords(QStringLiteral("many"), 5);
            }
            errors += !library;
        });
        QCOMPARE(import().counts.added, 150);
        done = true;
        reader.join();
        QCOMPARE(errors.load(), 0);
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
