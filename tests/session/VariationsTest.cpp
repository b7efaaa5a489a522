// One or two things varied into a grid: every cell of its own recipe, on the board in one step.
#include "core/session/Variations.h"
#include "core/board/Board.h"
#include "core/export/ExportTake.h"
#include "core/session/LibraryService.h"
#include "core/session/Painter.h"
#include "core/session/ReferenceFinder.h"
#include "core/session/FailedTakes.h"
#include "core/session/Session.h"
#include "tests/support/TestModel.h"

#include <QCoroTask>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::session;
using Kind = VariationAxis::Kind;

class VariationsTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    std::unique_ptr<Session> m_session;

    Variations &grid() { return *m_session->variations(); }
    // What the PNGs of the board's pictures say that they were painted by, by their captions.
    QHash<QString, generation::Recipe> recipes()
    {
        QHash<QString, generation::Recipe> found;
        board::Board &board = *m_session->board();
        for (const board::ItemId &id : board.items()) {
            const board::Picture *picture = board.item(id)->picture();
            if (!picture)
                continue;
            const auto bytes = [&] {
                QFuture<Result<QByteArray>> reading = board.store()->bytes(picture->hash, {});
                reading.waitForFinished();
                return reading.result();
            }();
            if (!bytes)
                continue;
            QFile file(m_dir.filePath(QStringLiteral("cell.png")));
            if (!file.open(QIODevice::WriteOnly) || file.write(*bytes) < 0)
                continue;
            file.close();
            if (const auto recipe = exporting::readRecipe(file.fileName()))
                found.insert(picture->caption, *recipe);
        }
        return found;
    }
    QStringList notes()
    {
        QStringList found;
        for (const board::ItemId &id : m_session->board()->items())
            if (const board::Note *note = m_session->board()->item(id)->note())
                found << note->text;
        found.sort();
        return found;
    }
    bool paint(const VariationAxis &across, const VariationAxis &down = {})
    {
        QSignalSpy finished(&grid(), &Variations::finished);
        QSignalSpy arrived(m_session->board(), &board::Board::imported);
        const auto begun = grid().paint(across, down);
        if (!begun) {
            qWarning("%s", begun.error().detail.c_str());
            return false;
        }
        return finished.wait(120'000) && (!arrived.isEmpty() || arrived.wait(20'000));
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("MOODLOOM_HOME", m_dir.filePath(QStringLiteral("home")).toUtf8());
    }
    void init()
    {
        MOODLOOM_REQUIRE_MODEL();
        Session::Options options;
        options.modelFolder = testing::modelFolder();
        m_session = std::make_unique<Session>(options);
        PaintSettings settings = m_session->settings();
        settings.steps = 1;
        settings.size = QSize(96, 64);
        settings.randomSeed = false;
        settings.seed = 7;
        m_session->setSettings(settings);
        m_session->finder()->setPrompt(QStringLiteral("a {red|blue} boat"));
    }
    void cleanup() { m_session.reset(); }

    void seedsByWordsLieInAGridWithLabels()
    {
        board::Board &board = *m_session->board();
        const board::ItemId frame = board.addFrame({0, 0}, {384, 256});
        const int steps = int(board.items().size());
        QVERIFY(paint({Kind::Seed, {"1", "2", "3"}, {}, 0, {"seed 1", "seed 2", "seed 3"}},
                      {Kind::Words, {"0", "1"}, {}, 0, {"red", "blue"}}));
        QCOMPARE(board.items().size(), steps + 6 + 5);
        QCOMPARE(notes(), QStringList({"blue", "red", "seed 1", "seed 2", "seed 3"}));
        const auto all = recipes();
        QCOMPARE(all.size(), 6);
        for (const char *seed : {"1", "2", "3"})
            for (const char *word : {"red", "blue"}) {
                const auto recipe = all.value(QStringLiteral("seed %1 · %2").arg(seed, word));
                QCOMPARE(QString::number(recipe.seed), QLatin1String(seed));
                QCOMPARE(recipe.prompt, QStringLiteral("a %1 boat").arg(word));
                QCOMPARE(recipe.promptTemplate, QStringLiteral("a {red|blue} boat"));
                QCOMPARE(recipe.size, QSize(96, 64));
            }
        // Columns and rows, beside the frame, not in it.
        QHash<QString, QPointF> places;
        QRectF cells;
        for (const board::ItemId &id : board.items()) {
            const board::Item &item = *board.item(id);
            if (item.picture()) {
                places.insert(item.picture()->caption, item.centre);
                cells |= board::boundingRect(item);
                QVERIFY(item.picture()->state != ReferenceState::Pinned);
            }
        }
        QCOMPARE(places["seed 1 · red"].y(), places["seed 3 · red"].y());
        QCOMPARE(places["seed 2 · red"].x(), places["seed 2 · blue"].x());
        QVERIFY(places["seed 1 · red"].x() < places["seed 2 · red"].x());
        QVERIFY(places["seed 1 · red"].y() < places["seed 1 · blue"].y());
        QVERIFY(!cells.intersects(board::boundingRect(*board.item(frame))));
        // The strip of takes has nothing to do with it, and they act on nothing.
        QVERIFY(m_session->takes().isEmpty());
        QVERIFY(m_session->recipe().references.isEmpty());
        // One step, there and back.
        QCOMPARE(board.undoName(), QStringLiteral("Variations"));
        board.undo();
        QCOMPARE(board.items().size(), steps);
        board.redo();
        QCOMPARE(board.items().size(), steps + 11);
    }

    void aSeedThatNobodyChoseIsTheSameInAllCells()
    {
        PaintSettings settings = m_session->settings();
        settings.randomSeed = true;
        m_session->setSettings(settings);
        QVERIFY(paint({Kind::Words, {"0", "1"}, {}, 0, {"red", "blue"}}));
        const auto all = recipes();
        QCOMPARE(all.size(), 2);
        QCOMPARE(all["red"].seed, all["blue"].seed);
        QCOMPARE(all["red"].prompt, QStringLiteral("a red boat"));
    }

    void theWeightOfAReferenceVaries()
    {
        QImage own(64, 64, QImage::Format_RGB32);
        own.fill(Qt::magenta);
        QSignalSpy imported(m_session->board(), &board::Board::imported);
        m_session->board()->importImage(own, QStringLiteral("mine"), {0, 0});
        QVERIFY(imported.wait(20'000));
        m_session->finder()->setPrompt(QStringLiteral("a boat"));
        const QString hash = m_session->recipe().references.value(0).hash;
        QVERIFY(!hash.isEmpty());
        QVERIFY(paint({Kind::Weight, {"0", "1.5"}, hash, 0, {"0", "1.5"}}));
        const auto all = recipes();
        QCOMPARE(all["0"].references.value(0).weight, 0.0);
        QCOMPARE(all["1.5"].references.value(0).weight, 1.5);
        QCOMPARE(all["0"].seed, all["1.5"].seed);
    }

    void modelsFollowEachOther()
    {
        m_session->finder()->setPrompt(QStringLiteral("a boat"));
        const QString link = m_dir.filePath(QStringLiteral("another"));
        QFile::link(testing::modelFolder(), link);
        QStringList order; // of the models, as they were painted
        connect(m_session->painter(), &Painter::finished, this,
                [&](const QString &, const generation::Take &take) { order << take.recipe.model; });
        QVERIFY(paint({Kind::Model, {testing::modelFolder(), link}, {}, 0, {"first", "second"}},
                      {Kind::Seed, {"1", "2"}, {}, 0, {}}));
        QCOMPARE(order, QStringList({testing::modelFolder(), testing::modelFolder(), link, link}));
        const auto all = recipes();
        QCOMPARE(all["second · 2"].model, link);
        QCOMPARE(all["first · 1"].model, testing::modelFolder());
    }

    void whatIsPaintedBeforeItIsStoppedIsKept()
    {
        PaintSettings settings = m_session->settings();
        settings.steps = 3;
        m_session->setSettings(settings);
        QStringList seeds;
        for (int i = 0; i < 20; ++i)
            seeds << QString::number(i);
        QSignalSpy finished(&grid(), &Variations::finished);
        QSignalSpy one(m_session->painter(), &Painter::finished);
        QVERIFY(grid().paint({Kind::Seed, seeds, {}, 0, {}}, {}));
        QVERIFY(grid().isBusy());
        QVERIFY(!grid().paint({Kind::Seed, seeds, {}, 0, {}}, {})); // one at a time
        QVERIFY(one.wait(60'000));
        grid().cancel();
        QVERIFY(finished.wait(60'000));
        QVERIFY(!grid().isBusy() && !m_session->painter()->isBusy());
        const int painted = finished.first().at(0).toInt();
        QVERIFY2(painted >= 1 && painted < 20, qPrintable(QString::number(painted)));
        QTRY_COMPARE_WITH_TIMEOUT(recipes().size(), painted, 60'000);
        // Esc stops a grid like everything that is painted.
        QVERIFY(grid().paint({Kind::Seed, seeds, {}, 0, {}}, {}));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->painter()->isBusy(), 60'000);
        m_session->painter()->cancelAll();
        QVERIFY(finished.wait(60'000));
        QVERIFY(!grid().isBusy());
    }

    void whatIsWrongIsSaidBeforeAnythingBegins()
    {
        const auto code = [&](const VariationAxis &across, const VariationAxis &down = {}) {
            const auto begun = grid().paint(across, down);
            return begun ? std::string() : begun.error().detail;
        };
        QVERIFY(!code({}).empty());
        QVERIFY(!code({Kind::Seed, {}, {}, 0, {}}).empty());
        QVERIFY(!code({Kind::Seed, {"one"}, {}, 0, {}}).empty());
        QVERIFY(!code({Kind::Weight, {"1"}, {}, 0, {}}).empty()); // no reference acts
        QVERIFY(!code({Kind::Words, {"2"}, {}, 0, {}}).empty());
        QVERIFY(!code({Kind::Words, {"0"}, {}, 1, {}}).empty());
        QVERIFY(!code({Kind::Seed, {"1"}, {}, 0, {}}, {Kind::Seed, {"2"}, {}, 0, {}}).empty());
        QStringList many;
        for (int i = 0; i < 65; ++i)
            many << QString::number(i);
        QVERIFY(!code({Kind::Seed, many, {}, 0, {}}).empty());
        QVERIFY(!grid().isBusy());
        QCOMPARE(m_session->painter()->waiting(), 0);
    }

    void aMissingWildcardEndsTheGrid()
    {
        m_session->finder()->setPrompt(QStringLiteral("a __missing__ boat"));
        QSignalSpy failed(m_session.get(), &Session::failed);
        QSignalSpy finished(&grid(), &Variations::finished);
        QVERIFY(grid().paint({Kind::Seed, {"1", "2"}, {}, 0, {}}, {}));
        QVERIFY(finished.wait(20'000));
        QVERIFY(failed.isEmpty());
        const auto told = m_session->failedTakes()->of(m_session->board(), m_session->activeFrame());
        QCOMPARE(told.size(), 1); // at its frame
        QCOMPARE(told[0].pictures, 2);
        QCOMPARE(finished.first().at(0).toInt(), 0);
        QVERIFY(!grid().isBusy());
    }

    void theLinesOfAWildcardAreOffered()
    {
        QDir().mkpath(m_dir.filePath(QStringLiteral("words")));
        QFile file(m_dir.filePath(QStringLiteral("words/sea.txt")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("calm\nrough\n"));
        file.close();
        m_session->setWildcardFolder(m_dir.filePath(QStringLiteral("words")));
        const auto lines = QCoro::waitFor(grid().lines(QStringLiteral("sea")));
        QVERIFY(lines);
        QCOMPARE(*lines, QStringList({"calm", "rough"}));
        m_session->finder()->setPrompt(QStringLiteral("a boat on a __sea__ sea"));
        QVERIFY(paint({Kind::Words, {"0", "1"}, {}, 0, *lines}));
        QCOMPARE(recipes()["rough"].prompt, QStringLiteral("a boat on a rough sea"));
    }
};

QTEST_MAIN(VariationsTest)
#include "VariationsTest.moc"
