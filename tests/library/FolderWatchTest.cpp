// Watching folders: what changes is told once it is whole, whatever happens to the folders.
#include "core/library/FolderWatch.h"

#include <QDir>
#include <QFile>
#include <QMutex>
#include <QScopeGuard>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <sys/mount.h>

using namespace moodloom::library;

class FolderWatchTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FolderWatch> m_watch;
    QMutex m_mutex;
    QSet<QString> m_told;

    QString at(const QString &name) const { return m_dir->filePath(name); }
    bool told(const QString &name)
    {
        const QMutexLocker lock(&m_mutex);
        return m_told.contains(at(name));
    }
    QSet<QString> allTold()
    {
        const QMutexLocker lock(&m_mutex);
        return m_told;
    }
    void forgetTold()
    {
        const QMutexLocker lock(&m_mutex);
        m_told.clear();
    }
    static void write(const QString &path)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("x");
    }
    // Everything that was asked for before is in effect when this has been told.
    void settle()
    {
        static int number = 0;
        const QString marker = QStringLiteral("marker%1.png").arg(++number);
        QDir(m_dir->path()).mkpath(QStringLiteral("."));
        const auto tried = [&] {
            write(at(marker));
            return told(marker);
        };
        QTRY_VERIFY_WITH_TIMEOUT(tried(), 20'000);
        QFile::remove(at(marker));
        QTest::qWait(0);
    }
    void watch(const QStringList &folders, FolderWatchTimes times = {},
               FolderWatch::Filter matters = {})
    {
        times.rest = std::chrono::milliseconds(30);
        m_watch = std::make_unique<FolderWatch>(
            [this](const QStringList &paths) {
                const QMutexLocker lock(&m_mutex);
                for (const QString &path : paths)
                    m_told.insert(path);
            },
            times, std::move(matters));
        m_watch->setFolders(folders);
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        forgetTold();
    }
    void cleanup() { m_watch.reset(); }

    void tellsTheFilesThatMatterToWhoeverAsks()
    {
        watch({m_dir->path()}, {}, [](const QString &path) {
            return path.endsWith(QLatin1String(".safetensors")) || path.contains(QLatin1String("marker"));
        });
        settle();
        write(at(QStringLiteral("a.png")));
        write(at(QStringLiteral("a.safetensors")));
        QTRY_VERIFY(told(QStringLiteral("a.safetensors")));
        settle();
        QVERIFY(!told(QStringLiteral("a.png")));
    }

    void tellsWrittenMovedAndRemovedPictures()
    {
        watch({m_dir->path()});
        settle();
        write(at(QStringLiteral("a.png")));
        QTRY_VERIFY(told(QStringLiteral("a.png")));
        QVERIFY(QFile::rename(at(QStringLiteral("a.png")), at(QStringLiteral("b.png"))));
        QTRY_VERIFY(told(QStringLiteral("b.png")));
        forgetTold();
        QVERIFY(QFile::remove(at(QStringLiteral("b.png"))));
        QTRY_VERIFY(told(QStringLiteral("b.png")));
    }

    void passesOverWhatIsNoPictureAndWhatIsHidden()
    {
        watch({m_dir->path()});
        settle();
        write(at(QStringLiteral("notes.txt")));
        write(at(QStringLiteral(".hidden.png")));
        write(at(QStringLiteral("last.png")));
        QTRY_VERIFY(told(QStringLiteral("last.png")));
        QVERIFY(!told(QStringLiteral("notes.txt")));
        QVERIFY(!told(QStringLiteral(".hidden.png")));
    }

    void followsNewFoldersHoweverDeep()
    {
        watch({m_dir->path()});
        settle();
        QVERIFY(QDir().mkpath(at(QStringLiteral("one/two/three"))));
        QTRY_VERIFY(told(QStringLiteral("one")));
        forgetTold();
        write(at(QStringLiteral("one/two/three/deep.png")));
        // Itself, or a folder above it that is told as a whole.
        QTRY_VERIFY(!allTold().isEmpty());
        for (const QString &path : allTold())
            QVERIFY(at(QStringLiteral("one/two/three/deep.png")).startsWith(path));
    }

    void goesWithAFolderThatMoves()
    {
        QVERIFY(QDir().mkpath(at(QStringLiteral("old/inner"))));
        watch({m_dir->path()});
        settle();
        QVERIFY(QDir().rename(at(QStringLiteral("old")), at(QStringLiteral("new"))));
        QTRY_VERIFY(told(QStringLiteral("old")) && told(QStringLiteral("new")));
        forgetTold();
        write(at(QStringLiteral("new/inner/later.png")));
        QTRY_VERIFY(told(QStringLiteral("new/inner/later.png")));
    }

    void doesNotRunInCirclesOfLinks()
    {
        QVERIFY(QDir().mkpath(at(QStringLiteral("loop"))));
        QVERIFY(QFile::link(m_dir->path(), at(QStringLiteral("loop/back"))));
        watch({m_dir->path()});
        settle();
        QVERIFY(QDir().mkpath(at(QStringLiteral("again"))));
        QVERIFY(QFile::link(m_dir->path(), at(QStringLiteral("again/back"))));
        write(at(QStringLiteral("loop/x.png")));
        QTRY_VERIFY(told(QStringLiteral("loop/x.png")) || told(QStringLiteral("loop")));
    }

    void watchesThousandsOfFolders()
    {
        for (int i = 0; i < 3000; ++i)
            QVERIFY(QDir(m_dir->path()).mkpath(QStringLiteral("%1/%2").arg(i % 50).arg(i)));
        watch({m_dir->path()});
        settle();
        write(at(QStringLiteral("49/2999/far.png")));
        QTRY_VERIFY(told(QStringLiteral("49/2999/far.png")));
    }

    // Not after minutes: the folder is told as soon as it is there again.
    void aRootThatGoesIsToldAgainWhenItIsBack()
    {
        const QString root = QStringLiteral("disk/pictures");
        QVERIFY(QDir().mkpath(at(root)));
        watch({at(root)});
        const auto watched = [&] {
            write(at(root + QStringLiteral("/first.png")));
            return told(root + QStringLiteral("/first.png"));
        };
        QTRY_VERIFY(watched());
        for (int time = 0; time < 2; ++time) {
            forgetTold();
            QVERIFY(QDir(at(QStringLiteral("disk"))).removeRecursively());
            QTRY_VERIFY(told(root));
            forgetTold();
            QVERIFY(QDir().mkpath(at(root)));
            QTRY_VERIFY(told(root));
            forgetTold();
            write(at(root + QStringLiteral("/again.png")));
            QTRY_VERIFY(told(root + QStringLiteral("/again.png")) || told(root));
        }
    }

    void aRootThatIsMovedItselfIsFollowedByItsName()
    {
        QVERIFY(QDir().mkpath(at(QStringLiteral("pictures"))));
        watch({at(QStringLiteral("pictures"))});
        const auto watched = [&] {
            write(at(QStringLiteral("pictures/first.png")));
            return told(QStringLiteral("pictures/first.png"));
        };
        QTRY_VERIFY(watched());
        forgetTold();
        QVERIFY(QDir().rename(at(QStringLiteral("pictures")), at(QStringLiteral("other"))));
        QTRY_VERIFY(told(QStringLiteral("pictures")));
        forgetTold();
        write(at(QStringLiteral("other/elsewhere.png"))); // is nobody's
        QVERIFY(QDir().mkpath(at(QStringLiteral("pictures"))));
        QTRY_VERIFY(told(QStringLiteral("pictures")));
        write(at(QStringLiteral("pictures/new.png")));
        QTRY_VERIFY(told(QStringLiteral("pictures/new.png")) || told(QStringLiteral("pictures")));
        QVERIFY(!told(QStringLiteral("other/elsewhere.png")));
    }

    void aFolderAboveARootThatIsMovedTakesTheRootAlong()
    {
        const QString root = QStringLiteral("disk/year/pictures");
        QVERIFY(QDir().mkpath(at(root)));
        watch({at(root), at(QStringLiteral("disk/year/pictures/inner"))});
        const auto watched = [&] {
            write(at(root + QStringLiteral("/first.png")));
            return told(root + QStringLiteral("/first.png"));
        };
        QTRY_VERIFY(watched());
        for (const QString &above : {QStringLiteral("disk/year"), QStringLiteral("disk")}) {
            const QString away = QStringLiteral("elsewhere");
            forgetTold();
            QVERIFY(QDir().rename(at(above), at(away)));
            QTRY_VERIFY(told(root));
            forgetTold();
            write(at(away + root.mid(above.size()) + QStringLiteral("/nobodys.png")));
            QVERIFY(QDir().rename(at(away), at(above)));
            QTRY_VERIFY(told(root));
            forgetTold();
            write(at(root + QStringLiteral("/again.png")));
            QTRY_VERIFY(told(root + QStringLiteral("/again.png")) || told(root));
            for (const QString &path : allTold())
                QVERIFY2(!path.contains(away), qPrintable(path));
        }
    }

    void aLinkOnTheWayToARootThatChangesIsTold()
    {
        QVERIFY(QDir().mkpath(at(QStringLiteral("old/pictures"))));
        QVERIFY(QDir().mkpath(at(QStringLiteral("new/pictures"))));
        QVERIFY(QFile::link(at(QStringLiteral("old")), at(QStringLiteral("link"))));
        const QString root = QStringLiteral("link/pictures");
        watch({at(root)});
        const auto watched = [&] {
            write(at(QStringLiteral("old/pictures/first.png")));
            return told(root + QStringLiteral("/first.png"));
        };
        QTRY_VERIFY(watched());
        forgetTold();
        QVERIFY(QFile::remove(at(QStringLiteral("link"))));
        QVERIFY(QFile::link(at(QStringLiteral("new")), at(QStringLiteral("link"))));
        QTRY_VERIFY(told(root));
        forgetTold();
        write(at(QStringLiteral("new/pictures/second.png")));
        QTRY_VERIFY(told(root + QStringLiteral("/second.png")) || told(root));
        forgetTold();
        QVERIFY(QDir().rename(at(QStringLiteral("new")), at(QStringLiteral("newer"))));
        QTRY_VERIFY(told(root));
    }

    void aRootThatIsNotThereYetIsToldWhenItComes()
    {
        watch({at(QStringLiteral("a/b/c"))});
        QTest::qWait(50);
        for (const char *folder : {"a", "a/b", "a/b/c"})
            QVERIFY(QDir().mkpath(at(QString::fromLatin1(folder))));
        QTRY_VERIFY(told(QStringLiteral("a/b/c")));
        forgetTold();
        write(at(QStringLiteral("a/b/c/new.png")));
        QTRY_VERIFY(told(QStringLiteral("a/b/c/new.png")) || told(QStringLiteral("a/b/c")));
    }

    // Each comes in three steps, while the thread looks after the others.
    void manyRootsThatComeAreAllTold()
    {
        QStringList roots;
        for (int i = 0; i < 80; ++i)
            roots << QStringLiteral("come%1/b/c").arg(i);
        QStringList folders;
        for (const QString &root : roots)
            folders << at(root);
        watch(folders);
        QTest::qWait(200);
        for (const QString &root : roots)
            for (int steps : {2, 1, 0})
                QVERIFY(QDir().mkpath(at(root.section(u'/', 0, -1 - steps))));
        QTRY_VERIFY(std::all_of(roots.begin(), roots.end(), [this](const QString &root) { return told(root); }));
    }

    void aDiskThatComesAndGoesIsTold()
    {
        const QString root = at(QStringLiteral("disk"));
        QVERIFY(QDir().mkpath(root));
        const QByteArray place = QFile::encodeName(root);
        if (::mount("none", place, "tmpfs", 0, nullptr) != 0)
            QSKIP("this user may not mount");
        const auto unmount = qScopeGuard([&] { ::umount2(place, MNT_DETACH); });
        watch({root});
        const auto watched = [&] {
            write(at(QStringLiteral("disk/first.png")));
            return told(QStringLiteral("disk/first.png"));
        };
        QTRY_VERIFY(watched());
        forgetTold();
        QCOMPARE(::umount(place), 0);
        QTRY_VERIFY(told(QStringLiteral("disk")));
        forgetTold();
        QCOMPARE(::mount("none", place, "tmpfs", 0, nullptr), 0);
        QTRY_VERIFY(told(QStringLiteral("disk")));
        forgetTold();
        write(at(QStringLiteral("disk/again.png")));
        QTRY_VERIFY(told(QStringLiteral("disk/again.png")));
    }

    void watchesNoMoreWhatIsTakenAway()
    {
        QVERIFY(QDir().mkpath(at(QStringLiteral("a"))) && QDir().mkpath(at(QStringLiteral("b"))));
        watch({at(QStringLiteral("a")), at(QStringLiteral("b"))});
        const auto tried = [&] {
            write(at(QStringLiteral("a/x.png")));
            return told(QStringLiteral("a/x.png"));
        };
        QTRY_VERIFY(tried());
        m_watch->setFolders({at(QStringLiteral("b"))});
        const auto triedOther = [&] {
            write(at(QStringLiteral("b/y.png")));
            return told(QStringLiteral("b/y.png"));
        };
        QTRY_VERIFY(triedOther());
        QTest::qWait(100); // what is still on its way of the first folder
        forgetTold();
        write(at(QStringLiteral("a/z.png")));
        write(at(QStringLiteral("b/z.png")));
        QTRY_VERIFY(told(QStringLiteral("b/z.png")));
        QVERIFY(!told(QStringLiteral("a/z.png")));
    }
};

QTEST_GUILESS_MAIN(FolderWatchTest)
#include "FolderWatchTest.moc"
