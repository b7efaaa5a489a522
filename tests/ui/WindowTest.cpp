// The window, driven with real keys, clicks and drops.
#include "tests/ui/WindowFixture.h"
#include "ui/board/BoardCanvas.h"

#include <QDropEvent>
#include <QInputMethodEvent>
#include <QMimeData>
#include <QSettings>

using namespace moodloom;
using fake::world;

class WindowTest : public QObject, protected fake::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("window")); }

    void init()
    {
        openWindow();
        QTRY_VERIFY(input()->hasActiveFocus());
    }

    void cleanup() { closeWindow(); }

    void enterFindsAndCtrlEnterPaints()
    {
        m_driver->type(QStringLiteral("a red car"));
        QCOMPARE(world().prompt, QStringLiteral("a red car"));
        QCOMPARE(world().finds, 0);
        m_driver->press(Qt::Key_Return);
        QCOMPARE(world().finds, 1);
        QCOMPARE(world().paints, 0);
        m_driver->press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(world().paints, 1);
        QCOMPARE(world().prompt, QStringLiteral("a red car"));
    }

    void shiftEnterStartsANewLine()
    {
        m_driver->type(QStringLiteral("a"));
        const double before = input()->height();
        m_driver->press(Qt::Key_Return, Qt::ShiftModifier);
        m_driver->type(QStringLiteral("b"));
        QCOMPARE(world().prompt, QStringLiteral("a\nb"));
        QCOMPARE(world().finds, 0);
        QTRY_VERIFY(input()->height() > before);
    }

    void enterBelongsToTheInputMethodWhileItComposes()
    {
        QInputMethodEvent composing(QStringLiteral("changcheng"), {});
        QCoreApplication::sendEvent(input(), &composing);
        m_driver->press(Qt::Key_Return);
        QCOMPARE(world().finds, 0);
        QInputMethodEvent committed(QString(), {});
        committed.setCommitString(QStringLiteral("长城"));
        QCoreApplication::sendEvent(input(), &committed);
        QVERIFY(world().prompt.contains(QStringLiteral("长城")));
        m_driver->press(Qt::Key_Return);
        QCOMPARE(world().finds, 1);
    }

    void escapeStopsPainting()
    {
        m_driver->type(QStringLiteral("a car"));
        m_driver->press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(world().jobs.size(), 1);
        m_driver->press(Qt::Key_Escape);
        QCOMPARE(world().jobs.size(), 0);
    }

    void aChipLeavesItsFacetOut()
    {
        m_driver->type(QStringLiteral("a car,at sunset"));
        QTRY_VERIFY(m_driver->with("text", QStringLiteral("at sunset")));
        m_driver->click(m_driver->with("text", QStringLiteral("at sunset")));
        QQuickItem *leave = nullptr;
        QTRY_VERIFY((leave = m_driver->with("text", QStringLiteral("Leave it out of the search"))));
        m_driver->click(leave);
        QTRY_VERIFY(world().facets[1].excluded);
        QVERIFY(!world().facets[0].excluded);
    }

    void keysAloneGoFromThePromptToAPinnedReferenceToAPicture()
    {
        m_driver->type(QStringLiteral("a car,at sunset"));
        m_driver->press(Qt::Key_Return);
        QTRY_VERIFY(card(1));
        const auto onCard = [this] {
            const QQuickItem *focus = m_driver->window()->activeFocusItem();
            return focus && focus->property("asset").isValid();
        };
        for (int i = 0; i < 12 && !onCard(); ++i)
            m_driver->press(Qt::Key_Tab);
        QVERIFY(onCard());
        const auto asset =
            m_driver->window()->activeFocusItem()->property("asset").toLongLong();
        m_driver->press(Qt::Key_P);
        QVERIFY(stateOf(asset) == retrieval::ReferenceState::Pinned);
        m_driver->press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(world().paints, 1);
    }

    void aDroppedReferenceComesBackWithUndo()
    {
        m_driver->type(QStringLiteral("a car"));
        m_driver->press(Qt::Key_Return);
        QTRY_VERIFY(card(2));
        m_driver->hover(card(2));
        QQuickItem *drop = nullptr;
        QTRY_VERIFY((drop = m_driver->item(QStringLiteral("drop"))));
        m_driver->click(drop);
        QTRY_VERIFY(!card(2));
        QCOMPARE(world().references.size(), 5);
        QQuickItem *undo = nullptr;
        QTRY_VERIFY((undo = m_driver->with("text", QStringLiteral("Undo"))));
        m_driver->click(undo);
        QTRY_VERIFY(card(2));
    }

    void theWeightOfTheChosenReferenceIsSetInTheInspector()
    {
        m_driver->type(QStringLiteral("a car"));
        m_driver->press(Qt::Key_Return);
        QTRY_VERIFY(card(1));
        m_driver->click(card(1));
        QQuickItem *slider = nullptr;
        QTRY_VERIFY((slider = m_driver->item(QStringLiteral("weightSlider"))));
        slider->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_Right);
        QCOMPARE(m_session->finder()->references()[0].weight, 1.05);
    }

    void noShapeStandsAloneInItsRow()
    {
        QMap<int, int> rows; // how many at each height
        for (const QQuickItem *choice :
             fake::itemsOf(m_driver->item(QStringLiteral("shapes")), "ChoiceButton"))
            ++rows[int(choice->mapToScene({0, 0}).y())];
        QCOMPARE(rows.size(), 2);
        QVERIFY(rows.first() > 1 && rows.last() > 1);
    }

    void previewsUpdateInPlaceAndTheTakeFollows()
    {
        m_driver->type(QStringLiteral("a car"));
        m_driver->press(Qt::Key_Return, Qt::ControlModifier);
        fake::stepOnce(m_session.get());
        QQuickItem *label = nullptr;
        QTRY_VERIFY((label = m_driver->item(QStringLiteral("stepLabel"))));
        QTRY_COMPARE(label->property("text").toString(), QStringLiteral("Step 1/20"));
        QQuickItem *preview = m_driver->item(QStringLiteral("preview"));
        QVERIFY(preview);
        const auto first = preview->property("image").value<QImage>();
        QVERIFY(!first.isNull());
        fake::stepOnce(m_session.get());
        QTRY_COMPARE(label->property("text").toString(), QStringLiteral("Step 2/20"));
        QCOMPARE(m_driver->item(QStringLiteral("preview")), preview); // the same item shows the next one
        QVERIFY(preview->property("image").value<QImage>() != first);
        fake::finishTake(m_session.get());
        QTRY_VERIFY(!m_driver->item(QStringLiteral("stepLabel")));
        QTRY_VERIFY(m_driver->with("takeId", world().takes[0].id));
    }

    void spaceHoldsTheTakeBefore()
    {
        for (int i = 0; i < 2; ++i) {
            m_session->paint();
            fake::finishTake(m_session.get());
        }
        QQuickItem *newest = nullptr;
        QTRY_VERIFY((newest = m_driver->with("takeId", world().takes[1].id)));
        m_driver->click(newest);
        ui::TakeModel *takes = m_interface->workspace()->takes();
        QCOMPARE(takes->currentImage().value<QImage>(), world().takes[1].image);
        QTest::keyPress(m_driver->window(), Qt::Key_Space);
        QCOMPARE(takes->currentImage().value<QImage>(), world().takes[0].image);
        QTest::keyRelease(m_driver->window(), Qt::Key_Space);
        QCOMPARE(takes->currentImage().value<QImage>(), world().takes[1].image);
        m_driver->press(Qt::Key_S);
        QVERIFY(world().takes[1].starred);
        m_driver->press(Qt::Key_Delete);
        QCOMPARE(world().takes.size(), 1);
    }

    void aTakeTellsWhatItShowsAndLooksUpWhatItDoesNot()
    {
        const auto lookUp = [this] {
            m_driver->press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        };
        const auto isTold = [this](const char *text) {
            return m_driver->with("message", QString::fromUtf8(text)) != nullptr;
        };
        lookUp();
        QTRY_VERIFY(isTold("Choose a take: what it does not show is looked up"));
        m_session->paint();
        fake::finishTake(m_session.get());
        const QString id = world().takes[0].id;
        QQuickItem *action = nullptr;
        QTRY_VERIFY((action = m_driver->item(QStringLiteral("groundingAction"))));
        QVERIFY(!m_driver->item(QStringLiteral("lookUpMissing"))); // nothing is known yet
        lookUp();
        QTRY_VERIFY(isTold("Check the take first: it tells what is missing"));
        m_driver->click(action);
        QCOMPARE(world().checking, QStringList{id});
        m_driver->click(action); // that it is not checked after all
        QVERIFY(world().checking.isEmpty());
        m_driver->click(action);
        fake::finishCheck(m_session.get(), {{QStringLiteral("a kite"), QStringLiteral("missing")},
                                            {QStringLiteral("a boat"), QStringLiteral("found")},
                                            {QStringLiteral("at sunset"), QStringLiteral("weak")}});
        QQuickItem *missing = nullptr;
        QTRY_VERIFY((missing = m_driver->item(QStringLiteral("facet-missing"))));
        QCOMPARE(missing->property("text").toString(), QStringLiteral("a kite: missing"));
        QVERIFY(missing->property("figures").toString().contains(QStringLiteral("0.12")));
        QVERIFY(m_driver->item(QStringLiteral("facet-found")));
        QVERIFY(m_driver->item(QStringLiteral("facet-weak")));
        QVERIFY(m_driver->item(QStringLiteral("missingMark"))->isVisible());

        QQuickItem *button = nullptr;
        QTRY_VERIFY((button = m_driver->item(QStringLiteral("lookUpMissing"))));
        QVERIFY(button->property("tip").toString().contains(QStringLiteral("a kite")));
        const int paints = world().paints;
        m_driver->click(button);
        QCOMPARE(world().lookedUp, QStringList{id});
        QCOMPARE(world().paints, paints + 1);
        QTRY_VERIFY(isTold("1 new picture for: a kite"));
        lookUp();
        QTRY_COMPARE(world().lookedUp.size(), 2);
    }

    // Words in the middle of an empty place take no more lines than they must, and fill them alike:
    // narrower they would need one more.
    void noWordStandsAloneInAnEmptyPlace()
    {
        m_driver->press(Qt::Key_2, Qt::AltModifier);
        m_driver->click(m_driver->item(QStringLiteral("librarySearch")));
        m_driver->type(QStringLiteral("zeppelin"));
        QQuickItem *advice = nullptr;
        QTRY_VERIFY((advice = m_driver->item(QStringLiteral("advice"))));
        const double chosen = advice->width();
        const int lines = advice->property("lineCount").toInt();
        QVERIFY(lines > 1);
        advice->setWidth(advice->parentItem()->width());
        QCOMPARE(advice->property("lineCount").toInt(), lines);
        advice->setWidth(chosen - 8);
        QVERIFY(advice->property("lineCount").toInt() > lines);
    }

    void filesDroppedOnTheReferencesAreImported()
    {
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(QStringLiteral("/pictures/mine.png"))});
        const QPoint where(150, 600);
        QDragEnterEvent enter(where, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_driver->window(), &enter);
        QVERIFY(enter.isAccepted());
        QDragMoveEvent move(where, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_driver->window(), &move);
        QDropEvent drop(where, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_driver->window(), &drop);
        QVERIFY(world().imported.contains(QStringLiteral("/pictures/mine.png")));
    }

    void theLanguageChangesWhileRunning()
    {
        QQuickItem *paint = m_driver->item(QStringLiteral("paintButton"));
        QCOMPARE(paint->property("text").toString(), QStringLiteral("Paint"));
        m_driver->type(QStringLiteral("a car,at sunset"));
        m_interface->workspace()->language()->setSetting(QStringLiteral("zh_CN"));
        QCOMPARE(paint->property("text").toString(), QStringLiteral("绘制"));
        QCOMPARE(input()->property("text").toString(), QStringLiteral("a car,at sunset"));
        QTRY_VERIFY(m_driver->with("note", QStringLiteral("场景"))); // from C++, in a chip
        m_interface->workspace()->language()->setSetting(QStringLiteral("en"));
        QCOMPARE(paint->property("text").toString(), QStringLiteral("Paint"));
    }

    void theModelsPageIsReachedByKeysAndFromThePanel()
    {
        m_driver->press(Qt::Key_3, Qt::AltModifier);
        QCOMPARE(m_interface->workspace()->page(), ui::Workspace::Page::Models);
        QTRY_VERIFY(m_driver->item(QStringLiteral("shelfSearch"))->hasActiveFocus());
        QTRY_VERIFY(m_driver->item(QStringLiteral("emptyAddModelFolder"))); // there is nothing yet
        m_driver->press(Qt::Key_1, Qt::AltModifier);
        m_driver->item(QStringLiteral("chooseModel"))->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_Return);
        QCOMPARE(m_interface->workspace()->page(), ui::Workspace::Page::Models);
    }

    void aFolderDroppedOnTheModelsPageIsLookedInForModels()
    {
        m_driver->press(Qt::Key_3, Qt::AltModifier);
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(m_home.path())});
        const QPoint where(500, 600);
        QDragEnterEvent enter(where, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_driver->window(), &enter);
        QDragMoveEvent move(where, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_driver->window(), &move);
        QDropEvent drop(where, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_driver->window(), &drop);
        QCOMPARE(world().ownPlaces, QStringList{m_home.path()});
        QVERIFY(world().imported.isEmpty());
        QTRY_VERIFY(m_driver->item(QStringLiteral("removePlace")));
        m_driver->click(m_driver->item(QStringLiteral("removePlace")));
        QVERIFY(world().ownPlaces.isEmpty());
    }

    void tipsComeAndGoWithTheirControls()
    {
        m_driver->type(QStringLiteral("a car"));
        m_driver->press(Qt::Key_Return);
        QTRY_VERIFY(card(1));
        // Each card is dropped with the pointer on the button that drops it, so that the next card
        // comes under the pointer; then all cards go at once.
        for (int i = 0; i < 3; ++i) {
            QQuickItem *first = m_driver->with("asset", world().references.first().asset.id);
            QVERIFY(first);
            m_driver->hover(first);
            QTRY_VERIFY(m_driver->item(QStringLiteral("drop")));
            const qsizetype left = world().references.size();
            m_driver->click(m_driver->item(QStringLiteral("drop")));
            QTRY_COMPARE(world().references.size(), left - 1);
            m_driver->settle();
        }
        m_driver->hover(m_driver->with("asset", world().references.first().asset.id));
        world().references.clear();
        Q_EMIT m_session->finder()->referencesChanged();
        m_driver->settle();
        for (const QString &name : {QStringLiteral("findButton"), QStringLiteral("paintButton"),
                                    QStringLiteral("libraryButton"), QStringLiteral("dice")}) {
            m_driver->hover(m_driver->item(name));
            m_driver->settle();
        }
    }

    void enterPressesEveryKindOfButton()
    {
        const auto enterOn = [this](QQuickItem *item) {
            item->forceActiveFocus(Qt::TabFocusReason);
            m_driver->press(Qt::Key_Return);
        };
        m_driver->type(QStringLiteral("a car"));
        enterOn(m_driver->item(QStringLiteral("findButton")));
        QCOMPARE(world().finds, 1);
        enterOn(m_driver->item(QStringLiteral("facetChip")));
        QTRY_VERIFY(m_driver->with("text", QStringLiteral("Leave it out of the search")));
        m_driver->press(Qt::Key_Escape);
        enterOn(m_driver->item(QStringLiteral("libraryButton")));
        QCOMPARE(m_interface->workspace()->page(), ui::Workspace::Page::Library);
    }

    void exportsThroughTheSheetAndAsksBeforeItReplaces()
    {
        m_session->paint();
        fake::finishTake(m_session.get());
        m_interface->workspace()->exporter()->setFolder(QUrl::fromLocalFile(m_home.path()));
        const auto openSheet = [this]() -> QQuickItem * {
            m_driver->press(Qt::Key_E, Qt::ControlModifier);
            QQuickItem *name = nullptr;
            [&] { QTRY_VERIFY((name = m_driver->item(QStringLiteral("exportName"))) && name->hasActiveFocus()); }();
            return name;
        };
        QVERIFY(openSheet());
        m_driver->type(QStringLiteral("one")); // over the suggested name
        m_driver->press(Qt::Key_Return);
        QTRY_COMPARE(world().exported, QStringList{m_home.filePath(QStringLiteral("one.png"))});
        QTRY_VERIFY(!m_driver->item(QStringLiteral("exportName")));

        QVERIFY(openSheet());
        m_driver->type(QStringLiteral("one"));
        m_driver->press(Qt::Key_Return);
        QTRY_VERIFY(m_driver->item(QStringLiteral("exportQuestion")));
        QCOMPARE(world().exported.size(), 1);
        m_driver->click(m_driver->item(QStringLiteral("exportPsd"))); // another file: no question
        QTRY_VERIFY(!m_driver->item(QStringLiteral("exportQuestion")));
        m_driver->click(m_driver->item(QStringLiteral("exportPng")));
        m_driver->click(m_driver->item(QStringLiteral("exportSave")));
        QTRY_VERIFY(m_driver->item(QStringLiteral("exportQuestion")));
        m_driver->click(m_driver->item(QStringLiteral("exportSave"))); // "Replace"
        QTRY_COMPARE(world().exported.size(), 2);
    }

    void anExportThatFailsSaysWhatToDoAndMayGoElsewhere()
    {
        m_session->paint();
        fake::finishTake(m_session.get());
        m_interface->workspace()->exporter()->setFolder(QUrl::fromLocalFile(m_home.path()));
        world().exportError = Error{ErrorCode::DiskFull, "/full/x.png", {}};
        m_driver->press(Qt::Key_E, Qt::ControlModifier);
        QQuickItem *name = nullptr;
        QTRY_VERIFY((name = m_driver->item(QStringLiteral("exportName"))) && name->hasActiveFocus());
        m_driver->type(QStringLiteral("two"));
        m_driver->press(Qt::Key_Return);
        QQuickItem *problem = nullptr;
        QTRY_VERIFY((problem = m_driver->item(QStringLiteral("exportProblem"))));
        QVERIFY(
            problem->property("message").toString().contains(QStringLiteral("Free some space")));
        QCOMPARE(m_interface->workspace()->notices()->rowCount(), 0); // told where it happened
        QVERIFY(m_driver->item(QStringLiteral("exportName"))->hasActiveFocus()); // the sheet stays
        m_driver->type(QStringLiteral("3")); // goes elsewhere: that was another file
        QTRY_VERIFY(!m_driver->item(QStringLiteral("exportProblem")));
        m_driver->press(Qt::Key_Return);
        QTRY_VERIFY(m_driver->item(QStringLiteral("exportProblem")));
        m_driver->press(Qt::Key_Escape);
        QTRY_VERIFY(!m_driver->item(QStringLiteral("exportName")));
        // Fails after the sheet was closed: told in the window.
        m_interface->workspace()->exporter()->write(m_session->takes().last().id,
                                                    m_home.filePath(QStringLiteral("4.png")),
                                                    ui::Exporter::Format::Png);
        QTRY_COMPARE(m_interface->workspace()->notices()->rowCount(), 1);
        m_driver->press(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY((name = m_driver->item(QStringLiteral("exportName"))) &&
                    name->hasActiveFocus());
        m_driver->type(QStringLiteral("two"));
        world().exportError.reset();
        m_driver->press(Qt::Key_Return);
        QTRY_COMPARE(world().exported.size(), 1);
        QTRY_VERIFY(!m_driver->item(QStringLiteral("exportName")));
    }

    void thePaletteFindsAnActionByAFewLetters()
    {
        m_driver->press(Qt::Key_K, Qt::ControlModifier);
        QQuickItem *field = nullptr;
        QTRY_VERIFY((field = m_driver->item(QStringLiteral("paletteField"))));
        QTRY_VERIFY(field->hasActiveFocus());
        m_driver->type(QStringLiteral("golib"));
        m_driver->press(Qt::Key_Return);
        QTRY_COMPARE(m_interface->workspace()->page(), ui::Workspace::Page::Library);
    }

    void anErrorStandsUntilItIsDismissed()
    {
        Q_EMIT m_session->failed({ErrorCode::DiskFull, "/tmp/x.png", {}});
        Q_EMIT m_session->failed({ErrorCode::Cancelled, {}, {}}); // never shown
        QCOMPARE(m_interface->workspace()->notices()->rowCount(), 1);
        QQuickItem *dismiss = nullptr;
        QTRY_VERIFY((dismiss = m_driver->with("text", QStringLiteral("Dismiss"))));
        m_driver->click(dismiss);
        QTRY_COMPARE(m_interface->workspace()->notices()->rowCount(), 0);
    }

private:
    QQuickItem *input() const { return m_driver->item(QStringLiteral("promptInput")); }
    QQuickItem *card(qint64 asset) const { return m_driver->with("asset", double(asset)); }
    retrieval::ReferenceState stateOf(qint64 asset) const
    {
        for (const retrieval::Reference &reference : world().references)
            if (reference.asset.id == asset)
                return reference.state;
        return retrieval::ReferenceState::Dropped;
    }
};

QTEST_MAIN(WindowTest)
#include "WindowTest.moc"
