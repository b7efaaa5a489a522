// The stages together, as the window uses them: import, models, boards, and an event loop that
// never stands still.
#include "core/base/Problems.h"
#include "core/board/Board.h"
#include "core/generation/Generator.h"
#include "core/session/BoardSet.h"
#include "tests/session/SessionFixture.h"
#include "tests/support/EventLoopWatch.h"

#include <QCoroTask>
#include <QDir>

using namespace moodloom;
using namespace moodloom::session;

class SessionTest : public QObject, private testing::SessionFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { open(); }
    void cleanup() { m_session.reset(); }

    void importsAndCounts()
    {
        QVERIFY(import(pictures()));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->library()->assetCount(), kPictures, 20'000);
        QVERIFY(!m_session->library()->importStatus().running);
    }

    void anotherModelBringsItsSize()
    {
        const auto native = generation::Generator::canvas(testing::modelFolder());
        QVERIFY(native);
        PaintSettings settings = m_session->settings();
        settings.model.clear();
        settings.size = QSize(512, 256);
        m_session->setSettings(settings);
        QSignalSpy changed(m_session.get(), &Session::canvasChanged);
        m_session->useModel(testing::modelFolder());
        QTRY_COMPARE(m_session->settings().model, testing::modelFolder());
        QTRY_COMPARE(m_session->canvas(), *native);
        const QSize size = m_session->settings().size;
        QCOMPARE(size.width() % native->step, 0);
        QVERIFY(size.width() > size.height());
        const double pixels = double(native->native.width()) * native->native.height();
        QVERIFY(size.width() * size.height() < 1.5 * pixels &&
                size.width() * size.height() > pixels / 1.5);
    }

    void aFolderThatIsNoModelChangesNothing()
    {
        const PaintSettings before = m_session->settings();
        QSignalSpy failed(m_session.get(), &Session::failed);
        m_session->useModel(pictures());
        // It stands where models are chosen, until another one is.
        QTRY_COMPARE_WITH_TIMEOUT(m_session->modelProblems()->all().size(), 1, 10'000);
        QVERIFY(failed.isEmpty());
        QCOMPARE(m_session->settings(), before);
        m_session->useModel({});
        QTRY_VERIFY_WITH_TIMEOUT(m_session->modelProblems()->all().isEmpty(), 10'000);
    }

    void whatIsCopiedIntoAnImportedFolderComesByItself()
    {
        const QString folder = m_dir.filePath(QStringLiteral("watched"));
        QVERIFY(QDir().mkpath(folder));
        const auto write = [&folder](const char *name, QColor color) {
            QImage image(64, 48, QImage::Format_RGB32);
            image.fill(color);
            return image.save(folder + QLatin1Char('/') + QLatin1String(name));
        };
        LibraryService &library = *m_session->library();
        QVERIFY(write("first.png", Qt::red));
        QVERIFY(import(folder));
        QVERIFY(library.watchedFolders().contains(folder));
        const auto matching = [&library](const QString &words) {
            const auto page = QCoro::waitFor(library.page(words, 0, 100));
            return page ? page->total : -1;
        };
        QTRY_COMPARE(matching(QStringLiteral("second")), 0);
        QVERIFY(write("second.png", Qt::green));
        QTRY_COMPARE_WITH_TIMEOUT(matching(QStringLiteral("second")), 1, 30'000);
        library.unwatchFolder(folder);
        QTRY_VERIFY(!library.watchedFolders().contains(folder));
    }

    void boardsOfAnEarlierTimeOpenInTheirOrder()
    {
        QStringList paths;
        for (const char *name : {"a", "b", "c"}) {
            const QString path =
                m_dir.filePath(QStringLiteral("order-%1.moodloom").arg(QLatin1String(name)));
            QVERIFY(board::Board::create(path));
            paths.append(path);
        }
        QCoro::waitFor(m_session->openBoards(
            paths + QStringList{m_dir.filePath(QStringLiteral("gone.moodloom"))}, paths[1]));
        QStringList open;
        for (const board::Board *board : m_session->boards()->boards())
            open.append(board->path());
        QCOMPARE(open, paths);
        QCOMPARE(m_session->board()->path(), paths[1]);
        // Asked for again, it is shown.
        QVERIFY(QCoro::waitFor(m_session->openBoard(paths[2])));
        QCOMPARE(m_session->boards()->boards().size(), 3);
        QCOMPARE(m_session->board()->path(), paths[2]);
    }

    void theInterfaceNeverStandsStill()
    {
        MOODLOOM_REQUIRE_MODEL();
        world::SampleLibraryOptions options;
        options.count = 60;
        options.size = 256;
        options.seed = 9;
        const QString more = m_dir.filePath(QStringLiteral("more"));
        QVERIFY(world::writeSampleLibrary(more.toStdString(), options));
        m_session->finder()->setPrompt(QStringLiteral("a tower"));
        quick();
        PaintSettings settings = m_session->settings();
        settings.steps = 20;
        m_session->setSettings(settings);

        testing::EventLoopWatch watch;
        QSignalSpy painted(m_session->painter(), &Painter::finished);
        QSignalSpy imported(m_session->library(), &LibraryService::importFinished);
        m_session->paint();
        m_session->library()->import({more});
        m_session->find();
        QTRY_VERIFY_WITH_TIMEOUT(!painted.isEmpty() && !imported.isEmpty(), 240'000);
        QVERIFY(watch.ticks() > 10);
        const QString figures = QStringLiteral("longest gap %1 ms, the machine's own %2 ms")
                                    .arg(watch.longestGap())
                                    .arg(watch.machineDelay());
        qInfo("%s", qPrintable(figures));
        QVERIFY2(watch.longestGap() <= 50 + watch.machineDelay(), qPrintable(figures));
    }
};

QTEST_MAIN(SessionTest)
#include "SessionTest.moc"
