// From a prompt and what is pinned to a take in its frame and on its board.
#include "core/board/Autosave.h"
#include "core/board/Board.h"
#include "core/session/BoardSet.h"
#include "core/session/FailedTakes.h"
#include "tests/session/SessionFixture.h"

#include <QCoroTask>
#include <QDir>
#include <QFileInfo>

using namespace moodloom;
using namespace moodloom::session;

class PaintingTest : public QObject, private testing::SessionFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareLibrary(); }
    void init() { open(); }
    void cleanup() { m_session.reset(); }

    void paintsWhatIsPinnedAndKeepsTheTake()
    {
        MOODLOOM_REQUIRE_MODEL();
        QVERIFY(find(QStringLiteral("the Great Wall")));
        quick();
        const auto pinned = m_session->finder()->references().first();
        m_session->finder()->setState(pinned.asset.id, ReferenceState::Pinned);
        QTRY_VERIFY(!m_session->finder()->isBusy());
        const generation::Recipe recipe = m_session->recipe();
        QCOMPARE(recipe.references.size(), 1);
        QCOMPARE(recipe.references.first().hash, pinned.asset.hash);

        QSignalSpy stepped(m_session->painter(), &Painter::stepped);
        QSignalSpy finished(m_session->painter(), &Painter::finished);
        QSignalSpy failed(m_session.get(), &Session::failed);
        m_session->paint();
        QVERIFY(finished.wait(120'000));
        QVERIFY(failed.isEmpty());
        QVERIFY(!stepped.isEmpty());
        QCOMPARE(m_session->takes().size(), 1);
        // The board has it too, and gives it back when opened again.
        board::Board *board = m_session->board();
        QTRY_COMPARE_WITH_TIMEOUT(board->takes(m_session->activeFrame()).size(), 1, 20'000);

        const QString take = m_session->takes().first().id;
        const QString png = m_dir.filePath(QStringLiteral("take.png"));
        const QString psd = m_dir.filePath(QStringLiteral("take.psd"));
        QVERIFY(QCoro::waitFor(m_session->exportPng(take, png)));
        QVERIFY(QCoro::waitFor(m_session->exportPsd(take, psd)));
        QCOMPARE(QImage(png).size(), QSize(128, 128));
        QVERIFY(QFileInfo(psd).size() > 1000);

        const QString path = m_dir.filePath(QStringLiteral("saved.moodloom"));
        QVERIFY(QCoro::waitFor(m_session->saveBoardAs(path)));
        m_session = std::make_unique<Session>(Session::Options{{}, testing::modelFolder()});
        QVERIFY(QCoro::waitFor(m_session->openBoard(path)));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->takes().size(), 1, 20'000);
        QCOMPARE(m_session->finder()->prompt(), QStringLiteral("the Great Wall"));
    }

    // What is left open is chosen for the take, and looked up; a wildcard that is missing is said.
    void aTakeIsOfWhatItsSeedChose()
    {
        MOODLOOM_REQUIRE_MODEL();
        QDir().mkpath(m_dir.filePath(QStringLiteral("words")));
        QFile file(m_dir.filePath(QStringLiteral("words/place.txt")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("the Great Wall\n"));
        file.close();
        m_session->setWildcardFolder(m_dir.filePath(QStringLiteral("words")));
        const QString open = QStringLiteral("{a boat|a tower} at __place__");
        m_session->finder()->setPrompt(open);
        quick();
        PaintSettings settings = m_session->settings();
        settings.randomSeed = false;
        settings.seed = 4;
        settings.steps = 2;
        m_session->setSettings(settings);
        QSignalSpy finished(m_session->painter(), &Painter::finished);
        QSignalSpy failed(m_session.get(), &Session::failed);
        m_session->paint();
        QVERIFY(finished.wait(120'000));
        const auto recipe = m_session->takes().first().recipe;
        QCOMPARE(recipe.promptTemplate, open);
        QVERIFY2(recipe.prompt == QStringLiteral("a boat at the Great Wall") ||
                     recipe.prompt == QStringLiteral("a tower at the Great Wall"),
                 qPrintable(recipe.prompt));
        // Nobody searched for it, and still it is painted from references.
        QVERIFY(!recipe.references.isEmpty());
        m_session->paint();
        QVERIFY(finished.wait(120'000));
        QCOMPARE(m_session->takes().last().recipe.prompt, recipe.prompt);
        QCOMPARE(m_session->takes().last().recipe.references, recipe.references);
        QVERIFY(failed.isEmpty());

        m_session->finder()->setPrompt(QStringLiteral("a __missing__"));
        m_session->paint();
        // It stands at its frame, and is painted again with what was asked for then.
        const auto here = [this] {
            return m_session->failedTakes()->of(m_session->board(), m_session->activeFrame());
        };
        QTRY_COMPARE_WITH_TIMEOUT(here().size(), 1, 20'000);
        QVERIFY(failed.isEmpty());
        QCOMPARE(here()[0].error.code, ErrorCode::NotFound);
        QCOMPARE(here()[0].error.subject, std::string("__missing__"));
        QFile missing(m_dir.filePath(QStringLiteral("words/missing.txt")));
        QVERIFY(missing.open(QIODevice::WriteOnly) && missing.write("tower\n"));
        missing.close();
        settings.seed = 5;
        m_session->setSettings(settings);
        m_session->paintAgain(here()[0].id);
        QVERIFY(here().isEmpty());
        QVERIFY(finished.wait(120'000));
        QCOMPARE(m_session->takes().last().recipe.prompt, QStringLiteral("a tower"));
        QCOMPARE(m_session->takes().last().recipe.seed, 4U);
    }

    // What fails for a board that is not there any more is told in the window.
    void aFailureOfAClosedBoardIsTold()
    {
        MOODLOOM_REQUIRE_MODEL();
        board::Board *const first = m_session->board();
        m_session->finder()->setPrompt(QStringLiteral("a tower"));
        quick();
        PaintSettings settings = m_session->settings();
        settings.model = m_dir.filePath(QStringLiteral("no model"));
        m_session->setSettings(settings);
        m_session->paint();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->failedTakes()->all().size(), 1, 20'000);
        QCOMPARE(m_session->failedTakes()->all()[0].board, first);
        QSignalSpy failed(m_session.get(), &Session::failed);
        m_session->paint(); // anew: the one before goes
        QVERIFY(m_session->failedTakes()->all().isEmpty());
        m_session->newBoard();
        m_session->closeBoard(first);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 20'000);
        QVERIFY(m_session->failedTakes()->all().isEmpty());
    }

    // A reference of an alternative acts only where that one is chosen.
    void aReferenceGoesWithItsAlternative()
    {
        MOODLOOM_REQUIRE_MODEL();
        QVERIFY(find(QStringLiteral("{the Great Wall|a boat}")));
        ReferenceFinder &finder = *m_session->finder();
        QCOMPARE(finder.facets().size(), 2);
        QHash<int, QString> pinned; // facet -> hash
        for (const auto &reference : QVector<retrieval::Reference>(finder.references()))
            if (!pinned.contains(reference.facet)) {
                pinned.insert(reference.facet, reference.asset.hash);
                finder.setState(reference.asset.id, ReferenceState::Pinned);
                QTRY_VERIFY(!finder.isBusy());
            }
        QCOMPARE(pinned.size(), 2);
        quick();
        QSignalSpy finished(m_session->painter(), &Painter::finished);
        QSet<QString> seen;
        for (quint64 seed = 0; seed < 8 && seen.size() < 2; ++seed) {
            PaintSettings settings = m_session->settings();
            settings.randomSeed = false;
            settings.seed = seed;
            settings.steps = 1;
            m_session->setSettings(settings);
            m_session->paint();
            QVERIFY(finished.wait(120'000));
            const auto recipe = m_session->takes().last().recipe;
            const int facet = recipe.prompt.contains(QStringLiteral("boat")) ? 1 : 0;
            QCOMPARE(recipe.references.size(), 1);
            QCOMPARE(recipe.references.first().hash, pinned.value(facet));
            seen.insert(recipe.prompt);
        }
        QCOMPARE(seen.size(), 2);
        for (const auto &reference : QVector<retrieval::Reference>(finder.references()))
            if (reference.state == ReferenceState::Pinned)
                finder.setState(reference.asset.id, ReferenceState::Suggested);
        QTRY_VERIFY(!finder.isBusy());
    }

    // What is painted lands on the board that it was painted for, whichever is shown, and even
    // closed.
    void aTakeLandsOnItsOwnBoard()
    {
        MOODLOOM_REQUIRE_MODEL();
        m_session->finder()->setPrompt(QStringLiteral("a tower"));
        quick();
        QSignalSpy finished(m_session->painter(), &Painter::finished);
        m_session->paint();
        board::Board *const first = m_session->board();
        const auto frame = m_session->activeFrame();
        const QString path = first->path();
        m_session->newBoard();
        QVERIFY(m_session->board() != first);
        QVERIFY(m_session->finder()->prompt().isEmpty()); // asked for the other board
        m_session->finder()->setPrompt(QStringLiteral("a boat"));
        quick();
        m_session->paint(); // waits behind the first
        m_session->closeBoard(first);
        QCOMPARE(m_session->boards()->boards().size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 120'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->takes().size(), 1, 20'000);
        QCOMPARE(m_session->takes().first().recipe.prompt, QStringLiteral("a boat"));
        // The first has gone with its take in it, and opens again.
        QTRY_VERIFY_WITH_TIMEOUT(board::recoverableBoards().contains(path), 20'000);
        m_session->reopenBoard();
        QTRY_COMPARE(m_session->board()->path(), path);
        QCOMPARE(m_session->board()->takes(frame).size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->takes().size(), 1, 20'000);
        QCOMPARE(m_session->takes().first().recipe.prompt, QStringLiteral("a tower"));
        QCOMPARE(m_session->finder()->prompt(), QStringLiteral("a tower"));
    }

    // A note in the frame is in the recipe, and on its board alone.
    void aNoteIsInTheRecipe()
    {
        m_session->finder()->setPrompt(QStringLiteral("a meadow"));
        const auto frame = m_session->board()->addFrame({0, 0});
        m_session->setActiveFrame(frame);
        const auto note = m_session->board()->addNote(QStringLiteral("a **red** kite"), {0, 0});
        QCOMPARE(m_session->recipe().texts.size(), 1);
        QCOMPARE(m_session->recipe().texts[0].text, QStringLiteral("a red kite"));
        m_session->board()->setNotesAct({note}, false);
        QVERIFY(m_session->recipe().texts.isEmpty());
    }

    void stopsPaintingAndGoesOn()
    {
        MOODLOOM_REQUIRE_MODEL();
        m_session->finder()->setPrompt(QStringLiteral("a tower"));
        quick();
        PaintSettings settings = m_session->settings();
        settings.steps = 200;
        m_session->setSettings(settings);
        QSignalSpy stepped(m_session->painter(), &Painter::stepped);
        QSignalSpy cancelled(m_session->painter(), &Painter::cancelled);
        QSignalSpy finished(m_session->painter(), &Painter::finished);
        m_session->paint();
        m_session->paint();
        QVERIFY(stepped.wait(60'000));
        m_session->painter()->cancelAll();
        QTRY_COMPARE_WITH_TIMEOUT(cancelled.size(), 2, 60'000);
        QVERIFY(finished.isEmpty());
        quick();
        m_session->paint();
        QVERIFY(finished.wait(60'000));
    }
};

QTEST_MAIN(PaintingTest)
#include "PaintingTest.moc"
