// Importing again: what is as it was, moved, changed, gone, taken out and put back.
#include "core/library/FileIndex.h"
#include "tests/library/ImportFixture.h"

using namespace moodloom;
using namespace moodloom::library;

class RescanTest : public QObject, protected ImportFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(image::vipsio::start()); }
    void init() { open(); }

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
};

QTEST_GUILESS_MAIN(RescanTest)
#include "RescanTest.moc"
