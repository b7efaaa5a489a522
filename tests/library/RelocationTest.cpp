// A folder that moved: the library follows, and knows what it knew.
#include "core/library/Importer.h"
#include "core/library/Relocation.h"
#include "tests/image/Fixtures.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::library;

class RelocationTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Library> m_library;

    QString at(const QString &name) const { return m_dir->filePath(name); }
    void write(const QString &name, int number)
    {
        QImage image = fixtures::testCard(80, 60);
        image.setPixelColor(number % 80, 59, QColor(1, 2, 3));
        QDir(m_dir->path()).mkpath(QFileInfo(name).path());
        const QByteArray bytes = fixtures::saved(fixtures::toVips(image), ".png");
        QFile file(at(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    void import(const QString &folder, ImportKind kind = ImportKind::OnPurpose)
    {
        ImportOptions options;
        options.thumbnails = image::ThumbnailStore(at(QStringLiteral("thumbnails")));
        Importer importer(*m_library, options);
        QVERIFY(importer.run({{at(folder)}, kind}));
    }
    Asset picture(const QString &name)
    {
        const auto assets = m_library->assets(AssetQuery{});
        for (const Asset &asset : *assets)
            if (asset.path.endsWith(u'/' + name))
                return asset;
        return {};
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_library = std::move(*Library::open(at(QStringLiteral("library"))));
        for (int i = 0; i < 4; ++i)
            write(QStringLiteral("drive/in/%1.png").arg(i), i);
        write(QStringLiteral("drive/top.png"), 10);
        write(QStringLiteral("drive-2/other.png"), 11);
        import(QStringLiteral("drive"));
        import(QStringLiteral("drive-2"));
        QVERIFY(m_library->watchFolder(at(QStringLiteral("drive"))));
        QVERIFY(m_library->watchFolder(at(QStringLiteral("drive-2"))));
    }
    void cleanup() { m_library.reset(); }

    void aFolderThatMovedKeepsAllThatIsKnownOfItsPictures()
    {
        Asset known = picture(QStringLiteral("2.png"));
        known.keywords = {QStringLiteral("kite")};
        QVERIFY(m_library->replace(known));
        const std::vector<float> vector{0.6f, 0.8f};
        QVERIFY(m_library->setEmbedding(known.id, QStringLiteral("m"), vector));

        QVERIFY(QDir().rename(at(QStringLiteral("drive")), at(QStringLiteral("new"))));
        import(QStringLiteral("drive"), ImportKind::Rescan);
        QVERIFY(picture(QStringLiteral("2.png")).missing);
        QCOMPARE(*missingBelow(*m_library, at(QStringLiteral("drive"))), 5);
        QCOMPARE(*missingBelow(*m_library, at(QStringLiteral("drive-2"))), 0);

        const auto moved = relocateFolder(*m_library, at(QStringLiteral("drive")), at(QStringLiteral("new")));
        QVERIFY(moved);
        QCOMPARE(moved->found, 5);
        QCOMPARE(moved->other, 0);
        const Asset now = picture(QStringLiteral("2.png"));
        QCOMPARE(now.id, known.id);
        QCOMPARE(now.path, at(QStringLiteral("new/in/2.png")));
        QVERIFY(!now.missing);
        QCOMPARE(now.keywords, known.keywords);
        QCOMPARE(*m_library->embedding(now.id, QStringLiteral("m")), vector);
        QCOMPARE(*m_library->count(), 6);
        QCOMPARE(*m_library->watchedFolders(),
                 (QStringList{at(QStringLiteral("drive-2")), at(QStringLiteral("new"))}));
        // Nothing is read or counted again.
        import(QStringLiteral("new"), ImportKind::Rescan);
        QCOMPARE(*m_library->count(), 6);
        QCOMPARE(m_library->statistics()->missing, 0);
    }

    void itIsTheSameFolderBeforeTheLibraryHasNoticedThatItIsGone()
    {
        QVERIFY(QDir().rename(at(QStringLiteral("drive")), at(QStringLiteral("new"))));
        QCOMPARE(relocateFolder(*m_library, at(QStringLiteral("drive")), at(QStringLiteral("new")))->found, 5);
        QCOMPARE(m_library->statistics()->missing, 0);
    }

    void whatChangedOrIsGoneStaysMissing()
    {
        QVERIFY(QDir().rename(at(QStringLiteral("drive")), at(QStringLiteral("new"))));
        QVERIFY(QFile::remove(at(QStringLiteral("new/in/0.png"))));
        // As large and not the same; the same at another time.
        QFile changed(at(QStringLiteral("new/in/1.png")));
        QVERIFY(changed.open(QIODevice::ReadWrite));
        changed.seek(changed.size() - 1);
        changed.write("x");
        changed.close();
        QFile touched(at(QStringLiteral("new/in/2.png")));
        QVERIFY(touched.open(QIODevice::ReadWrite));
        QVERIFY(touched.setFileTime(QDateTime::currentDateTimeUtc().addDays(-3),
                                    QFileDevice::FileModificationTime));
        touched.close();
        const auto moved = relocateFolder(*m_library, at(QStringLiteral("drive")), at(QStringLiteral("new")));
        QVERIFY(moved);
        QCOMPARE(moved->found, 3);
        QCOMPARE(moved->other, 2);
        QVERIFY(picture(QStringLiteral("0.png")).missing);
        QVERIFY(picture(QStringLiteral("1.png")).missing);
        QVERIFY(!picture(QStringLiteral("2.png")).missing);
    }

    void aFolderOfOtherPicturesIsNotTaken()
    {
        QVERIFY(QDir().rename(at(QStringLiteral("drive")), at(QStringLiteral("new"))));
        const auto moved =
            relocateFolder(*m_library, at(QStringLiteral("drive")), at(QStringLiteral("drive-2")));
        QVERIFY(!moved);
        QCOMPARE(moved.error().code, ErrorCode::NotFound);
        QVERIFY(!relocateFolder(*m_library, at(QStringLiteral("drive")), at(QStringLiteral("nowhere"))));
        QCOMPARE(*m_library->watchedFolders(),
                 (QStringList{at(QStringLiteral("drive")), at(QStringLiteral("drive-2"))}));
        QVERIFY(!picture(QStringLiteral("other.png")).missing);
    }
};

QTEST_GUILESS_MAIN(RelocationTest)
#include "RelocationTest.moc"
