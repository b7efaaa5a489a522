// The stages together, as the window uses them: import, find, pin, paint, export, and an event loop
// that never stands still.
#include "core/board/Autosave.h"
#include "core/board/Board.h"
#include "core/generation/Generator.h"
#include "core/session/BoardSet.h"
#include "core/session/LibraryService.h"
#include "core/session/Painter.h"
#include "core/session/ReferenceFinder.h"
#include "core/session/Session.h"
#include "core/world/Caption.h"
#include "core/world/Designs.h"
#include "core/world/SampleLibrary.h"
#include "tests/support/EventLoopWatch.h"
#include "tests/support/TestModel.h"

#include <QCoroTask>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::session;

class SessionTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    std::unique_ptr<Session> m_session;

    bool import(const QString &folder)
    {
        QSignalSpy finished(m_session->library(), &LibraryService::importFinished);
        m_session->library()->import({folder});
        return finished.wait(120'000);
    }
    bool find(const QString &prompt)
    {
        m_session->finder()->setPrompt(prompt);
        QSignalSpy changed(m_session->finder(), &ReferenceFinder::referencesChanged);
        m_session->find();
        return changed.wait(60'000);
    }
    void quick()
    {
        PaintSettings settings = m_session->settings();
        settings.model = testing::modelFolder();
        settings.steps = 4;
        settings.size = QSize(128, 128);
        m_session->setSettings(settings);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("MOODLOOM_HOME", m_dir.filePath(QStringLiteral("home")).toUtf8());
        world::SampleLibraryOptions options;
        options.count = 48;
        options.size = 128;
        QVERIFY(world::writeSampleLibrary(m_dir.filePath(QStringLiteral("pictures")).toStdString(), options));
    }
    void init()
    {
        Session::Options options;
        options.modelFolder = testing::modelFolder();
        m_session = std::make_unique<Session>(options);
    }
    void cleanup() { m_session.reset(); }

    void importsAndCounts()
    {
        QVERIFY(import(m_dir.filePath(QStringLiteral("pictures"))));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->library()->assetCount(), 48, 20'000);
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
        QVERIFY(size.width() * size.height() < 1.5 * pixels && size.width() * size.height() > pixels / 1.5);
    }

    void aFolderThatIsNoModelChangesNothing()
    {
        const PaintSettings before = m_session->settings();
        QSignalSpy failed(m_session.get(), &Session::failed);
        m_session->useModel(m_dir.filePath(QStringLiteral("pictures")));
        QVERIFY(failed.wait(10'000));
        QCOMPARE(m_session->settings(), before);
    }

    void whatIsFoundLiesOnTheBoardAndPinsGoBothWays()
    {
        QVERIFY(find(QStringLiteral("the Great Wall, a boat")));
        const auto references = m_session->finder()->references();
        QVERIFY(!references.isEmpty());
        board::Board *board = m_session->board();
        const auto shown = [&](const QString &hash) {
            const board::Item *item = board->item(board->pictureOf(hash));
            return item ? item->picture() : nullptr;
        };
        for (const auto &reference : references)
            QVERIFY(shown(reference.asset.hash));

        // From the panel to the board ...
        const auto first = references.first();
        m_session->finder()->setState(first.asset.id, ReferenceState::Pinned);
        QTRY_COMPARE(shown(first.asset.hash)->state, ReferenceState::Pinned);
        QTRY_VERIFY(!m_session->finder()->isBusy());
        // ... and from the board to the panel.
        board->setPinned({board->pictureOf(first.asset.hash)}, false);
        QTRY_VERIFY(!m_session->finder()->isBusy());
        const auto now = m_session->finder()->references();
        const auto same = std::find_if(now.begin(), now.end(),
                                       [&](const auto &r) { return r.asset.id == first.asset.id; });
        QVERIFY(same == now.end() || same->state == ReferenceState::Suggested);

        // A dropped one leaves both and comes back by undo.
        const auto victim = m_session->finder()->references().first();
        board->drop({board->pictureOf(victim.asset.hash)});
        QTRY_VERIFY(m_session->finder()->dropped().contains(victim.asset.id));
        QTRY_VERIFY(!m_session->finder()->isBusy());
        for (const auto &reference : m_session->finder()->references())
            QVERIFY(reference.asset.id != victim.asset.id);
    }

    // What stands with the thing in its picture is cropped away on the board, and does not act.
    void aReferencesPartIsACropThatActs()
    {
        // The first of the sample's pictures with company, asked for by the name of one thing.
        world::SampleLibraryOptions options;
        options.count = 48;
        options.size = 128;
        for (int i = 0; i < options.count; ++i) {
            const world::Sample sample = world::sampleAt(i, options);
            const auto &things = sample.scene.entities;
            if (things.size() < 2 || things[0].design.named < 0)
                continue;
            QVERIFY(find(QString::fromStdString(world::namedEn(things[0].design))));
            const auto first = [this] { return m_session->finder()->references().first(); };
            if (!QTest::qWaitFor([&] { return !first().part.isEmpty(); }, 3000))
                continue; // whole, because nothing tells them apart
            const board::Board &board = *m_session->board();
            const board::Item *item = board.item(board.pictureOf(first().asset.hash));
            QVERIFY(item);
            QTRY_VERIFY(!board.item(item->id)->picture()->crop.isNull());
            const auto recipe = m_session->recipe();
            QVERIFY(!recipe.references.isEmpty());
            // The crop is in whole pixels, of which these pictures have 128.
            const QRectF part = recipe.references.first().part;
            QVERIFY((part.topLeft() - first().part.topLeft()).manhattanLength() < 0.02);
            QVERIFY(std::abs(part.width() - first().part.width()) < 0.02);
            // Whoever uncrops a suggestion wants all of it.
            const board::ItemId shown = item->id;
            m_session->board()->setCrop(shown, {});
            QVERIFY(m_session->recipe().references.first().part.isEmpty());
            m_session->board()->undo();
            QVERIFY(!m_session->recipe().references.first().part.isEmpty());
            // Pinned, it acts by the board, with what is shown there; whole again when it is uncropped.
            m_session->finder()->setState(first().asset.id, ReferenceState::Pinned);
            QTRY_VERIFY(!m_session->finder()->isBusy());
            QVERIFY(!m_session->recipe().references.first().part.isEmpty());
            m_session->board()->setCrop(board.pictureOf(first().asset.hash), {});
            QVERIFY(m_session->recipe().references.first().part.isEmpty());
            return;
        }
        QFAIL("no picture was focused");
    }

    void pinsGoWithTheirWordsWhenThePromptIsEdited()
    {
        QVERIFY(find(QStringLiteral("the Great Wall, a boat")));
        ReferenceFinder &finder = *m_session->finder();
        const auto facetOf = [&finder](library::AssetId id) {
            for (const auto &reference : finder.references())
                if (reference.asset.id == id)
                    return reference.facet < 0 ? QString() : finder.facets()[reference.facet].text;
            return QStringLiteral("gone");
        };
        const auto ofBoat = std::find_if(finder.references().begin(), finder.references().end(),
                                         [](const auto &r) { return r.facet == 1; });
        QVERIFY(ofBoat != finder.references().end());
        const library::AssetId boat = ofBoat->asset.id;
        finder.setState(boat, ReferenceState::Pinned);
        QTRY_VERIFY(!finder.isBusy());
        finder.setPrompt(QStringLiteral("a boat, the Great Wall")); // the other way round
        QCOMPARE(facetOf(boat), finder.facets()[0].text);
        QVERIFY(facetOf(boat).contains(QStringLiteral("boat")));
        finder.setPrompt(
            QStringLiteral("a robot, the Great Wall, a small boat")); // nearly the same words
        QVERIFY2(facetOf(boat).contains(QStringLiteral("small boat")), qPrintable(facetOf(boat)));
        finder.setPrompt(QStringLiteral("the Great Wall")); // none of them
        QCOMPARE(facetOf(boat), QString());
        finder.setPrompt(QStringLiteral("the Great Wall, a boat")); // and back
        QVERIFY(facetOf(boat).contains(QStringLiteral("boat")));
        finder.setState(boat, ReferenceState::Suggested);
        QTRY_VERIFY(!finder.isBusy());
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

    void ownPicturesAreAdoptedWithoutAnImport()
    {
        QImage image(64, 48, QImage::Format_RGB32);
        image.fill(QColor(1, 2, 3));
        const QString path = m_dir.filePath(QStringLiteral("own.png"));
        QVERIFY(image.save(path));
        image.fill(QColor(200, 2, 3));
        QSignalSpy failed(m_session.get(), &Session::failed);
        const auto ids = QCoro::waitFor(
            m_session->library()->adopt({{path, {}, {}},
                                         {m_dir.filePath(QStringLiteral("none.png")), {}, {}},
                                         {{}, {}, image}}));
        QCOMPARE(ids.size(), 2);
        QCOMPARE(failed.size(), 1); // the one that is not there
        m_session->finder()->setPrompt(QStringLiteral("a boat"));
        m_session->finder()->pinOwn(ids[1], 0);
        const auto isPinned = [&] {
            const auto &all = m_session->finder()->references();
            return std::any_of(all.begin(), all.end(), [&](const auto &r) {
                return r.asset.id == ids[1] && r.state == ReferenceState::Pinned && r.facet == 0;
            });
        };
        QTRY_VERIFY(isPinned() && !m_session->finder()->isBusy());
    }

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
        QVERIFY(failed.wait(20'000));
        const auto error = failed.first().first().value<Error>();
        QCOMPARE(error.code, ErrorCode::NotFound);
        QCOMPARE(error.subject, std::string("__missing__"));
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

    // What is painted lands on the board that it was painted for, whichever is shown, and even closed.
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

    // What was found stays with the board that it was found for.
    void whatIsFoundStaysWithItsBoard()
    {
        QVERIFY(find(QStringLiteral("the Great Wall")));
        board::Board *const first = m_session->board();
        const auto found = m_session->finder()->references().size();
        const auto items = first->items().size();
        QVERIFY(found > 0);
        m_session->newBoard();
        QVERIFY(m_session->finder()->references().isEmpty());
        QVERIFY(m_session->board()->isEmpty());
        m_session->boards()->show(first);
        QCOMPARE(m_session->finder()->references().size(), found);
        QCOMPARE(m_session->finder()->prompt(), QStringLiteral("the Great Wall"));
        QCOMPARE(first->items().size(), items);
    }

    void boardsOfAnEarlierTimeOpenInTheirOrder()
    {
        QStringList paths;
        for (const char *name : {"a", "b", "c"}) {
            const QString path = m_dir.filePath(QStringLiteral("order-%1.moodloom").arg(QLatin1String(name)));
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
                                    .arg(watch.longestGap()).arg(watch.machineDelay());
        qInfo("%s", qPrintable(figures));
        QVERIFY2(watch.longestGap() <= 50 + watch.machineDelay(), qPrintable(figures));
    }
};

QTEST_MAIN(SessionTest)
#include "SessionTest.moc"
