// What is found, on the board and in the panel: pins, drops, parts, and the words that it stands
// for.
#include "core/base/Problems.h"
#include "core/board/Board.h"
#include "core/session/BoardSet.h"
#include "core/world/Caption.h"
#include "core/world/Designs.h"
#include "tests/session/SessionFixture.h"

#include <QCoroTask>

#include <algorithm>

using namespace moodloom;
using namespace moodloom::session;

class FindingTest : public QObject, private testing::SessionFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareLibrary(); }
    void init() { open(); }
    void cleanup() { m_session.reset(); }

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

    // The nearest to what the library lacks is offered in the panel, and goes no further unless it is
    // pinned.
    void theNearestPicturesStayOffTheBoardUntilTheyArePinned()
    {
        QVERIFY(find(QStringLiteral("an elephant beside the Great Wall")));
        ReferenceFinder &finder = *m_session->finder();
        board::Board *board = m_session->board();
        QVERIFY(finder.isLacking(0));
        QVERIFY(!finder.isLacking(1));
        library::AssetId nearest = 0;
        QString hash;
        for (const auto &reference : finder.references()) {
            QCOMPARE(reference.nearest, reference.facet == 0);
            QCOMPARE(!board->pictureOf(reference.asset.hash).isNull(), !reference.nearest);
            if (nearest == 0 && reference.nearest) {
                nearest = reference.asset.id;
                hash = reference.asset.hash;
            }
        }
        QVERIFY(nearest != 0);
        const auto acts = [&] {
            const auto acting = m_session->recipe().references;
            return std::any_of(acting.begin(), acting.end(),
                               [&](const auto &reference) { return reference.hash == hash; });
        };
        QVERIFY(!m_session->recipe().references.isEmpty());
        QVERIFY(!acts());
        // Words of the prompt that are looked up for a take that lacks them: nothing is no answer.
        const QFuture<Result<int>> more = finder.findMore({finder.facets()[0].text}, {});
        QTRY_VERIFY(more.isFinished());
        QCOMPARE(more.result().value_or(-1), 0);

        finder.setState(nearest, ReferenceState::Pinned);
        QVERIFY(!finder.isLacking(0));
        QTRY_VERIFY(!finder.isBusy());
        QVERIFY(!finder.isLacking(0));
        QVERIFY(!board->pictureOf(hash).isNull());
        QVERIFY(acts());
        finder.setState(nearest, ReferenceState::Suggested);
        QTRY_VERIFY(!finder.isBusy());
        QVERIFY(finder.isLacking(0));
        QVERIFY(!acts());
    }

    // What stands with the thing in its picture is cropped away on the board, and does not act.
    void aReferencesPartIsACropThatActs()
    {
        // The first of the sample's pictures with company, asked for by the name of one thing.
        const world::SampleLibraryOptions options = sample();
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
            // Pinned, it acts by the board, with what is shown there; whole again when it is
            // uncropped.
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

    // A drive that is unplugged and plugged in again, and a folder that moved for good.
    void aFolderThatVanishesIsNamedAndItsPicturesAreMarked()
    {
        QVERIFY(find(QStringLiteral("the Great Wall, a boat")));
        ReferenceFinder &finder = *m_session->finder();
        LibraryService &library = *m_session->library();
        QTRY_COMPARE(library.folders().size(), 1);
        QVERIFY(!library.folders().first().away);
        const auto missing = [&finder] {
            return std::count_if(finder.references().begin(), finder.references().end(),
                                 [](const auto &reference) { return reference.asset.missing; });
        };
        const qsizetype count = finder.references().size();
        QVERIFY(count > 0);
        QCOMPARE(missing(), 0);

        const QString moved = m_dir.filePath(QStringLiteral("moved"));
        QVERIFY(QDir().rename(pictures(), moved));
        library.lookForFiles();
        QTRY_VERIFY(library.folders().first().away);
        QTRY_COMPARE(library.folders().first().missing, qint64(kPictures));
        QTRY_COMPARE(missing(), count); // without a new search
        QCOMPARE(finder.references().size(), count);

        QVERIFY(QDir().rename(moved, pictures()));
        library.lookForFiles();
        QTRY_VERIFY(!library.folders().first().away);
        QTRY_COMPARE(missing(), 0);
        QTRY_COMPARE(library.folders().first().missing, qint64(0));

        QVERIFY(QDir().rename(pictures(), moved));
        library.lookForFiles();
        QTRY_COMPARE(library.folders().first().missing, qint64(kPictures));
        const auto located = QCoro::waitFor(library.relocateFolder(pictures(), moved));
        QVERIFY(located);
        QCOMPARE(located->found, qint64(kPictures));
        QTRY_COMPARE(library.watchedFolders(), QStringList{moved});
        QTRY_COMPARE(missing(), 0);
        QVERIFY(finder.references().first().asset.path.startsWith(moved));
        // As the other tests know it.
        QVERIFY(QDir().rename(moved, pictures()));
        QVERIFY(QCoro::waitFor(library.relocateFolder(moved, pictures())));
        QTRY_COMPARE(missing(), 0);
    }

    // What failed for one board is not told beside the references of another.
    void whatFailedIsOfItsBoard()
    {
        board::Board *const first = m_session->board();
        first->addNote(QStringLiteral("stays"), {0, 0});
        Problems &problems = *m_session->finder()->problems();
        m_session->finder()->pinOwn(987654, -1); // there is no such picture
        QTRY_COMPARE(problems.all().size(), 1);
        m_session->newBoard();
        QVERIFY(problems.all().isEmpty());
        m_session->boards()->show(first);
        QCOMPARE(problems.all().size(), 1);
    }

    void ownPicturesAreAdoptedWithoutAnImport()
    {
        QImage image(64, 48, QImage::Format_RGB32);
        image.fill(QColor(1, 2, 3));
        const QString path = m_dir.filePath(QStringLiteral("own.png"));
        QVERIFY(image.save(path));
        image.fill(QColor(200, 2, 3));
        const Adopted adopted = QCoro::waitFor(
            m_session->library()->adopt({{path, {}, {}},
                                         {m_dir.filePath(QStringLiteral("none.png")), {}, {}},
                                         {{}, {}, image}}));
        const auto &ids = adopted.ids;
        QCOMPARE(ids.size(), 2);
        QCOMPARE(adopted.errors.size(), 1); // the one that is not there
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
};

QTEST_MAIN(FindingTest)
#include "FindingTest.moc"
