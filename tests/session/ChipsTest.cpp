// Chips and references are one thing: what is done to one is done to the other, and undone with it.
#include "core/board/Board.h"
#include "core/prompt/ChipEdit.h"
#include "core/session/LibraryService.h"
#include "core/session/ReferenceFinder.h"
#include "core/session/Session.h"
#include "core/world/SampleLibrary.h"
#include "tests/support/TestModel.h"

#include <QCoroTask>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::session;

namespace {
constexpr int kPatience = 60'000; // on a busy machine
}

class ChipsTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    std::unique_ptr<Session> m_session;

    ReferenceFinder &finder() { return *m_session->finder(); }
    board::Board &board() { return *m_session->board(); }
    bool find(const QString &prompt)
    {
        finder().setPrompt(prompt);
        QSignalSpy changed(&finder(), &ReferenceFinder::referencesChanged);
        m_session->find();
        return changed.wait(60'000);
    }
    QString facetOf(library::AssetId asset)
    {
        for (const auto &reference : finder().references())
            if (reference.asset.id == asset)
                return reference.facet < 0 ? QStringLiteral("-")
                                           : finder().facets()[reference.facet].text;
        return QStringLiteral("gone");
    }
    ReferenceState stateOf(library::AssetId asset)
    {
        for (const auto &reference : finder().references())
            if (reference.asset.id == asset)
                return reference.state;
        return ReferenceState::Dropped;
    }
    const board::Picture *shown(library::AssetId asset)
    {
        for (const board::ItemId &id : board().items())
            if (const board::Picture *picture = board().item(id)->picture();
                picture && picture->assetId == asset)
                return picture;
        return nullptr;
    }
    // The first found for a facet.
    library::AssetId firstOf(int facet)
    {
        for (const auto &reference : finder().references())
            if (reference.facet == facet)
                return reference.asset.id;
        return 0;
    }
    void settle() { QTRY_VERIFY_WITH_TIMEOUT(!finder().isBusy(), kPatience); }

private Q_SLOTS:
    void initTestCase()
    {
        MOODLOOM_REQUIRE_MODEL();
        qputenv("MOODLOOM_HOME", m_dir.filePath(QStringLiteral("home")).toUtf8());
        world::SampleLibraryOptions options;
        options.count = 48;
        options.size = 64;
        QVERIFY(world::writeSampleLibrary(m_dir.filePath(QStringLiteral("pictures")).toStdString(),
                                          options));
    }
    void init()
    {
        MOODLOOM_REQUIRE_MODEL();
        Session::Options options;
        options.modelFolder = testing::modelFolder();
        m_session = std::make_unique<Session>(options);
        if (m_session->library()->assetCount() > 0)
            return;
        QSignalSpy finished(m_session->library(), &LibraryService::importFinished);
        m_session->library()->import({m_dir.filePath(QStringLiteral("pictures"))});
        QVERIFY(finished.wait(120'000));
    }
    void cleanup() { m_session.reset(); }

    void aPictureIsBoundToAnotherChipAndBack()
    {
        QVERIFY(find(QStringLiteral("the Great Wall, a boat")));
        const library::AssetId asset = firstOf(0);
        QVERIFY(asset != 0 && shown(asset));
        const QString before = facetOf(asset);
        finder().pinOwn(asset, 1);
        QTRY_COMPARE_WITH_TIMEOUT(facetOf(asset), QStringLiteral("boat"), kPatience);
        settle();
        QCOMPARE(shown(asset)->facet, QStringLiteral("boat"));
        QVERIFY(shown(asset)->state == ReferenceState::Pinned);
        QCOMPARE(board().undoName(), QStringLiteral("Bind picture"));
        board().undo();
        QVERIFY(shown(asset)->state == ReferenceState::Suggested);
        settle();
        QCOMPARE(facetOf(asset), before);
        QVERIFY(stateOf(asset) == ReferenceState::Suggested);
    }

    void whatIsUnboundActsNoMore()
    {
        QVERIFY(find(QStringLiteral("the Great Wall, a boat")));
        const library::AssetId asset = firstOf(0);
        finder().pinOwn(asset, 1);
        QTRY_VERIFY_WITH_TIMEOUT(shown(asset) && shown(asset)->state == ReferenceState::Pinned,
                                 kPatience);
        settle();
        QCOMPARE(m_session->recipe().references.size(), 1);
        m_session->unbind(asset);
        QVERIFY(shown(asset)->state == ReferenceState::Suggested);
        QCOMPARE(shown(asset)->facet, QString());
        settle();
        QVERIFY(stateOf(asset) != ReferenceState::Pinned);
        board().undo();
        QVERIFY(shown(asset)->state == ReferenceState::Pinned);
        QCOMPARE(shown(asset)->facet, QStringLiteral("boat"));
        QTRY_COMPARE_WITH_TIMEOUT(facetOf(asset), QStringLiteral("boat"), kPatience);
    }

    void whatComesByBindingGoesByUndo()
    {
        finder().setPrompt(QStringLiteral("a boat"));
        const auto page = QCoro::waitFor(m_session->library()->page({}, 0, 1));
        QVERIFY(page && !page->assets.isEmpty());
        const library::AssetId asset = page->assets.first().id;
        QVERIFY(!shown(asset));
        finder().pinOwn(asset, 0);
        QTRY_VERIFY_WITH_TIMEOUT(shown(asset), kPatience);
        settle();
        while (shown(asset) && shown(asset)->state == ReferenceState::Pinned && board().canUndo())
            board().undo();
        settle();
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(asset) != ReferenceState::Pinned, kPatience);
    }

    void aSplitChipLeavesItsPicturesWithTheLikerPart()
    {
        QVERIFY(find(QStringLiteral("old stone lighthouse, a boat")));
        QCOMPARE(finder().facets().size(), 2);
        const library::AssetId asset = firstOf(1);
        finder().pinOwn(asset, 0);
        QTRY_COMPARE_WITH_TIMEOUT(facetOf(asset), QStringLiteral("old stone lighthouse"),
                                  kPatience);
        settle();
        const prompt::Prompt parsed = finder().parsed();
        const QVector<int> places = prompt::splitPlaces(parsed, 0, finder().lexicon());
        QVERIFY(!places.isEmpty());
        const auto edit = prompt::facetSplit(parsed, 0, places.first(), finder().lexicon());
        m_session->editPrompt(edit->text, edit->facets, QStringLiteral("Split chip"));
        QCOMPARE(finder().prompt(), edit->text);
        QCOMPARE(finder().facets().size(), 3);
        settle();
        const QString part = facetOf(asset);
        QVERIFY2(QStringLiteral("old stone lighthouse").contains(part), qPrintable(part));
        QCOMPARE(board().item(m_session->activeFrame())->frame()->prompt, edit->text);
        board().undo();
        settle();
        QCOMPARE(finder().prompt(), QStringLiteral("old stone lighthouse, a boat"));
        QCOMPARE(facetOf(asset), QStringLiteral("old stone lighthouse"));
        QVERIFY(stateOf(asset) == ReferenceState::Pinned);
    }

    void mergedChipsShareTheirPictures()
    {
        const QString prompt = QStringLiteral("the Great Wall, a boat, at sunset");
        QVERIFY(find(prompt));
        const library::AssetId wall = firstOf(0), boat = firstOf(1);
        finder().pinOwn(wall, 0);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(wall) == ReferenceState::Pinned, kPatience);
        settle();
        finder().pinOwn(boat, 1);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(boat) == ReferenceState::Pinned, kPatience);
        settle();
        const auto edit = prompt::facetsMerged(finder().parsed(), 0, finder().lexicon());
        QVERIFY(edit);
        m_session->editPrompt(edit->text, edit->facets, QStringLiteral("Merge chips"));
        settle();
        QCOMPARE(finder().facets().size(), 2);
        QCOMPARE(facetOf(wall), finder().facets()[0].text);
        QCOMPARE(facetOf(boat), finder().facets()[0].text);
        QCOMPARE(shown(boat)->facet, finder().facets()[0].text);
        board().undo();
        settle();
        QCOMPARE(finder().prompt(), prompt);
        QVERIFY2(facetOf(wall).contains(QStringLiteral("Wall")), qPrintable(facetOf(wall)));
        QVERIFY2(facetOf(boat).contains(QStringLiteral("boat")), qPrintable(facetOf(boat)));
        board().redo();
        settle();
        QCOMPARE(finder().prompt(), edit->text);
    }

    void movedChipsTakeTheirPicturesAlong()
    {
        QVERIFY(find(QStringLiteral("Great Wall, boat")));
        const library::AssetId wall = firstOf(0);
        finder().pinOwn(wall, 0);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(wall) == ReferenceState::Pinned, kPatience);
        settle();
        const auto edit = prompt::facetMoved(finder().parsed(), 0, 1, finder().lexicon());
        QVERIFY(edit);
        m_session->editPrompt(edit->text, edit->facets, QStringLiteral("Move chip"));
        settle();
        QCOMPARE(finder().prompt(), QStringLiteral("boat, Great Wall"));
        QCOMPARE(facetOf(wall), QStringLiteral("Great Wall"));
        // Each step by itself, however quickly they follow.
        const auto back = prompt::facetMoved(finder().parsed(), 0, 1, finder().lexicon());
        m_session->editPrompt(back->text, back->facets, QStringLiteral("Move chip"));
        QCOMPARE(finder().prompt(), QStringLiteral("Great Wall, boat"));
        board().undo();
        QCOMPARE(finder().prompt(), QStringLiteral("boat, Great Wall"));
        settle();
    }

    void whatIsBoundIsKeptInTheBoardsFile()
    {
        QVERIFY(find(QStringLiteral("the Great Wall, a boat")));
        const library::AssetId asset = firstOf(0);
        finder().pinOwn(asset, 1);
        QTRY_VERIFY_WITH_TIMEOUT(shown(asset)->state == ReferenceState::Pinned, kPatience);
        settle();
        const QString path = m_dir.filePath(QStringLiteral("bound.moodloom"));
        QVERIFY(QCoro::waitFor(m_session->saveBoardAs(path)));
        Session::Options options;
        options.modelFolder = testing::modelFolder();
        m_session = std::make_unique<Session>(options);
        QVERIFY(QCoro::waitFor(m_session->openBoard(path)));
        QVERIFY(shown(asset));
        QCOMPARE(shown(asset)->facet, QStringLiteral("boat"));
        QVERIFY(shown(asset)->state == ReferenceState::Pinned);
    }

    // One step of the board, whatever the search that follows changes.
    void whatIsDroppedInThePanelComesBackByOneUndo()
    {
        QVERIFY(find(QStringLiteral("the Great Wall, a boat")));
        const library::AssetId asset = firstOf(0);
        QVERIFY(shown(asset) && !shown(asset)->touched);
        QSignalSpy told(&board(), &board::Board::dropped);
        finder().setState(asset, ReferenceState::Dropped);
        settle();
        QVERIFY(shown(asset)->state == ReferenceState::Dropped);
        QCOMPARE(told.size(), 0); // the panel tells it
        QCOMPARE(board().undoName(), QStringLiteral("Drop"));
        board().undo();
        settle();
        QVERIFY(stateOf(asset) == ReferenceState::Suggested);
        QVERIFY(shown(asset) && shown(asset)->state == ReferenceState::Suggested);
    }

    // The chips of a board that is opened again have their pictures, and nothing is changed by it.
    void aBoardThatIsOpenedAgainHasItsReferences()
    {
        QVERIFY(find(QStringLiteral("the Great Wall, a boat")));
        const library::AssetId bound = firstOf(0);
        finder().pinOwn(bound, 1);
        QTRY_COMPARE_WITH_TIMEOUT(facetOf(bound), QStringLiteral("boat"), kPatience);
        settle();
        finder().setWeight(bound, 1.5);
        const library::AssetId dropped = firstOf(0);
        QVERIFY(dropped != 0 && dropped != bound);
        board().drop({board().pictureOf(shown(dropped)->hash)});
        QTRY_VERIFY(finder().dropped().contains(dropped));
        settle();
        // A mere suggestion, in the panel.
        const library::AssetId sentAway = firstOf(0);
        QVERIFY(sentAway != 0 && sentAway != bound && sentAway != dropped);
        QVERIFY(shown(sentAway) && !shown(sentAway)->touched);
        finder().setState(sentAway, ReferenceState::Dropped);
        QTRY_VERIFY(finder().dropped().contains(sentAway));
        settle();
        QVERIFY(shown(sentAway)->state == ReferenceState::Dropped);
        const auto before = finder().references();
        const QString path = m_dir.filePath(QStringLiteral("again.moodloom"));
        QVERIFY(QCoro::waitFor(m_session->saveBoardAs(path)));
        QHash<QUuid, QPointF> places;
        for (const board::ItemId &id : board().items())
            places.insert(id, board().item(id)->centre);
        const QString lastStep = board().undoName();
        QVERIFY(!lastStep.isEmpty());

        m_session.reset();
        init();
        QVERIFY(QCoro::waitFor(m_session->openBoard(path)));
        QTRY_COMPARE_WITH_TIMEOUT(finder().references().size(), before.size(), kPatience);
        QCOMPARE(finder().prompt(), QStringLiteral("the Great Wall, a boat"));
        for (const auto &reference : before) {
            QCOMPARE(stateOf(reference.asset.id), reference.state);
            QCOMPARE(facetOf(reference.asset.id), reference.facet < 0
                                                      ? QStringLiteral("-")
                                                      : finder().facets()[reference.facet].text);
        }
        QCOMPARE(facetOf(bound), QStringLiteral("boat"));
        for (const auto &reference : finder().references())
            if (reference.asset.id == bound)
                QCOMPARE(reference.weight, 1.5);
        QVERIFY(finder().dropped().contains(dropped));
        QVERIFY(finder().dropped().contains(sentAway));
        // What was done before can still be undone, and no step came on top of it.
        QCOMPARE(board().undoName(), lastStep);
        QVERIFY(!board().canRedo());
        QCOMPARE(board().items().size(), places.size());
        for (auto it = places.cbegin(); it != places.cend(); ++it)
            QCOMPARE(board().item(it.key())->centre, it.value());

        // Panel and board are one again: what is done to one is done to the other.
        m_session->unbind(bound);
        QVERIFY(shown(bound)->state == ReferenceState::Suggested);
        settle();
        board().undo();
        QTRY_COMPARE_WITH_TIMEOUT(facetOf(bound), QStringLiteral("boat"), kPatience);
        QVERIFY(stateOf(bound) == ReferenceState::Pinned);
        settle();
        QVERIFY(find(QStringLiteral("the Great Wall, a boat, at sunset")));
        QVERIFY(stateOf(dropped) == ReferenceState::Dropped);
        QVERIFY(finder().dropped().contains(dropped));
    }
};

QTEST_MAIN(ChipsTest)
#include "ChipsTest.moc"
