// The prompt line: prompts of before, describing what is here, chips by mouse and by keys,
// variations.
#include "core/board/Board.h"
#include "tests/ui/WindowFixture.h"
#include "ui/prompt/PromptHistory.h"
#include "ui/shell/Workspace.h"

#include <QAbstractItemModelTester>
#include <QSettings>

using namespace moodloom;
using fake::world;

class PromptTest : public QObject, protected fake::WindowFixture
{
    Q_OBJECT

    QQuickItem *input() const { return m_driver->item(QStringLiteral("promptInput")); }
    QString written() const { return input()->property("text").toString(); }
    QQuickItem *chip(const char *words) const
    {
        return m_driver->with("words", QLatin1String(words));
    }
    void write(const char *prompt)
    {
        m_session->finder()->setPrompt(QString::fromUtf8(prompt));
        QCOMPARE(written(), QString::fromUtf8(prompt));
        m_driver->settle();
    }
    QQuickItem *menuItem(const char *text) const
    {
        return m_driver->with("text", QString::fromUtf8(text));
    }
    void drag(QPoint from, QPoint to)
    {
        QTest::mouseMove(m_driver->window(), from);
        QTest::mousePress(m_driver->window(), Qt::LeftButton, Qt::NoModifier, from);
        for (int i = 1; i <= 10; ++i)
            QTest::mouseMove(m_driver->window(), from + (to - from) * i / 10);
        m_driver->settle();
        QTest::mouseRelease(m_driver->window(), Qt::LeftButton, Qt::NoModifier, to);
    }
    void focus(QQuickItem *item)
    {
        item->forceActiveFocus(Qt::TabFocusReason);
        QVERIFY(item->hasActiveFocus());
    }

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("prompt")); }
    void init()
    {
        openWindow();
        QTRY_VERIFY(input()->hasActiveFocus());
    }
    void cleanup() { closeWindow(); }

    // -- Keys

    void theKeypadsEnterIsEnter()
    {
        m_driver->type(QStringLiteral("a car"));
        m_driver->press(Qt::Key_Enter, Qt::KeypadModifier);
        QCOMPARE(world().finds, 1);
        m_driver->press(Qt::Key_Enter, Qt::ControlModifier | Qt::KeypadModifier);
        QTRY_COMPARE(world().paints, 1);
        QCOMPARE(written(), QStringLiteral("a car"));
    }

    void thePromptKeepsToTheKeysThatWereChosen()
    {
        ui::ActionRegistry *actions = m_interface->workspace()->actions();
        m_driver->type(QStringLiteral("a car"));
        actions->setShortcut(QStringLiteral("paint"), QStringLiteral("F8"));
        m_driver->press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(world().paints, 0);
        m_driver->press(Qt::Key_F8);
        QTRY_COMPARE(world().paints, 1);
        QCOMPARE(written(), QStringLiteral("a car"));

        // The other way round.
        actions->setShortcut(QStringLiteral("find"), QStringLiteral("Ctrl+Return"));
        actions->setShortcut(QStringLiteral("paint"), QStringLiteral("Return"));
        QCOMPARE(m_driver->item(QStringLiteral("findButton"))->property("shortcut").toString(),
                 QStringLiteral("Ctrl+Return"));
        m_driver->press(Qt::Key_Return);
        QTRY_COMPARE(world().paints, 2);
        QCOMPARE(world().finds, 0);
        m_driver->press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(world().finds, 1);
        QCOMPARE(world().paints, 2);
        // Enter presses a button still.
        QQuickItem *history = m_driver->item(QStringLiteral("historyButton"));
        focus(history);
        m_driver->press(Qt::Key_Return);
        QCOMPARE(world().paints, 2);
        m_driver->press(Qt::Key_Escape);

        // A key that nothing has writes as it does everywhere.
        focus(input());
        actions->setShortcut(QStringLiteral("paint"), {});
        m_driver->press(Qt::Key_End, Qt::ControlModifier);
        m_driver->press(Qt::Key_Return);
        QCOMPARE(world().paints, 2);
        QCOMPARE(world().finds, 1);
        QVERIFY(written().size() > 5);
        // What writes is no shortcut while one writes.
        actions->setShortcut(QStringLiteral("find"), QStringLiteral("X"));
        m_driver->type(QStringLiteral("x"));
        QCOMPARE(world().finds, 1);
        QVERIFY(written().endsWith(QLatin1Char('x')));
    }

    // -- History

    void theHistoryHasEachPromptOnceAndNotEndlessly()
    {
        ui::PromptHistory history;
        QAbstractItemModelTester tester(&history);
        history.add(QStringLiteral("a car"));
        history.add(QStringLiteral("  a boat "));
        history.add(QStringLiteral("a car"));
        history.add(QStringLiteral(" "));
        QCOMPARE(history.prompts(), QStringList({"a car", "a boat"}));
        history.setFilter(QStringLiteral("BO a"));
        QCOMPARE(history.count(), 1);
        QCOMPARE(history.at(0), QStringLiteral("a boat"));
        history.forget(0);
        QCOMPARE(history.prompts(), QStringList({"a car"}));
        for (int i = 0; i < 250; ++i)
            history.add(QString::number(i));
        QCOMPARE(history.prompts().size(), ui::PromptHistory::kMost);
        QCOMPARE(history.prompts().first(), QStringLiteral("249"));
        history.add(QString(5000, u'x'));
        QCOMPARE(history.prompts().first(), QStringLiteral("249"));
        // It is there the next time.
        QCOMPARE(ui::PromptHistory().prompts(), history.prompts());
    }

    void ctrlUpAndDownWalkThroughThePromptsOfBefore()
    {
        for (const char *prompt : {"a car", "a boat"}) {
            write(prompt);
            m_driver->press(Qt::Key_Return);
        }
        write("a ho");
        m_driver->press(Qt::Key_Up, Qt::ControlModifier);
        QCOMPARE(written(), QStringLiteral("a boat"));
        QCOMPARE(world().prompt, QStringLiteral("a boat"));
        m_driver->press(Qt::Key_Up, Qt::ControlModifier);
        QCOMPARE(written(), QStringLiteral("a car"));
        m_driver->press(Qt::Key_Up, Qt::ControlModifier); // there is none before
        QCOMPARE(written(), QStringLiteral("a car"));
        m_driver->press(Qt::Key_Down, Qt::ControlModifier);
        QCOMPARE(written(), QStringLiteral("a boat"));
        m_driver->press(Qt::Key_Down, Qt::ControlModifier); // what was being written
        QCOMPARE(written(), QStringLiteral("a ho"));
        m_driver->press(Qt::Key_Down, Qt::ControlModifier);
        QCOMPARE(written(), QStringLiteral("a ho"));
    }

    void thePromptsOfBeforeAreSearchedInAList()
    {
        for (const char *prompt : {"a red car", "a red boat", "a tower"}) {
            write(prompt);
            m_driver->press(Qt::Key_Return);
        }
        write("");
        m_driver->press(Qt::Key_H, Qt::ControlModifier);
        QTRY_VERIFY(m_driver->item(QStringLiteral("historyField")));
        QTRY_VERIFY(m_driver->item(QStringLiteral("historyField"))->hasActiveFocus());
        QCOMPARE(m_driver->all(QStringLiteral("historyRow")).size(), 3);
        m_driver->type(QStringLiteral("red"));
        m_driver->settle();
        QCOMPARE(m_driver->all(QStringLiteral("historyRow")).size(), 2);
        m_driver->press(Qt::Key_Down);
        m_driver->press(Qt::Key_Return);
        QTRY_COMPARE(written(), QStringLiteral("a red car"));
        QTRY_VERIFY(input()->hasActiveFocus());
        m_driver->press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(written(), QString());
        // By mouse; and one is forgotten.
        m_driver->click(m_driver->item(QStringLiteral("historyButton")));
        QTRY_VERIFY(m_driver->item(QStringLiteral("historyField")));
        m_driver->settle();
        m_driver->press(Qt::Key_Delete, Qt::ShiftModifier);
        m_driver->settle();
        QCOMPARE(m_driver->all(QStringLiteral("historyRow")).size(), 2);
        m_driver->click(m_driver->all(QStringLiteral("historyRow")).last());
        QTRY_COMPARE(written(), QStringLiteral("a red car"));
    }

    // -- Describing

    void whatIsHereBecomesThePromptAndCtrlZTakesItBack()
    {
        board::Board *board = m_session->board();
        board::Picture picture;
        picture.size = {100, 100};
        picture.hash = QStringLiteral("01");
        picture.caption = QStringLiteral("a red car at sunset");
        board->addPictures({picture}, {0, 0}, false);
        picture.hash = QStringLiteral("02");
        picture.caption = QString::fromUtf8("a lighthouse\n一座灯塔");
        board->addPictures({picture}, {300, 0}, false);
        m_driver->type(QStringLiteral("some words"));
        m_driver->click(m_driver->item(QStringLiteral("describeButton")));
        QTRY_COMPARE(written(), QStringLiteral("red car, lighthouse, at sunset"));
        QCOMPARE(world().prompt, written());
        m_driver->press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(written(), QStringLiteral("some words"));
        // What is pinned alone, in the language of the prompt.
        board->setPinned({board->pictureOf(QStringLiteral("02"))}, true);
        write("灯");
        m_driver->press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(written(), QString::fromUtf8("灯塔"));
        // What is selected before all.
        write("words");
        m_driver->click(m_driver->item(QStringLiteral("boardCanvas")));
        auto *controller =
            m_driver->item(QStringLiteral("boardView"))->property("controller").value<QObject *>();
        QVERIFY(controller);
        QMetaObject::invokeMethod(
            controller, "selectById",
            Q_ARG(QString, board->pictureOf(QStringLiteral("01")).toString()));
        m_driver->press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(written(), QStringLiteral("red car, at sunset"));
    }

    void nothingToDescribeIsSaid()
    {
        m_driver->type(QStringLiteral("kept"));
        m_driver->click(m_driver->item(QStringLiteral("describeButton")));
        QTRY_VERIFY(
            m_driver->with("text", QStringLiteral("No picture here has words to describe it.")));
        QCOMPARE(written(), QStringLiteral("kept"));
    }

    // -- Chips

    void aChipIsDraggedToAnotherPlace()
    {
        write("red car,blue boat,tower");
        QQuickItem *from = chip("tower"), *to = chip("red car");
        drag(m_driver->centre(from), m_driver->centre(to) - QPoint(int(to->width()) / 2 - 3, 0));
        QCOMPARE(world().prompt, QStringLiteral("tower,red car,blue boat"));
        QCOMPARE(written(), world().prompt);
        // Behind the last.
        m_driver->settle();
        QQuickItem *last = chip("blue boat");
        drag(m_driver->centre(chip("tower")),
             m_driver->centre(last) + QPoint(int(last->width()), 0));
        QCOMPARE(world().prompt, QStringLiteral("red car,blue boat,tower"));
    }

    void aChipDraggedOntoAnotherBecomesOneWithIt()
    {
        write("sports,boat,car");
        drag(m_driver->centre(chip("car")), m_driver->centre(chip("sports")));
        QCOMPARE(world().prompt, QStringLiteral("sports car,boat"));
    }

    void keysMoveSplitAndMergeChips()
    {
        write("vintage car,boat");
        focus(chip("vintage car"));
        m_driver->press(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(world().prompt, QStringLiteral("boat,vintage car"));
        QTRY_VERIFY(chip("vintage car")->hasActiveFocus()); // the chip, wherever it goes
        m_driver->press(Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(world().prompt, QStringLiteral("vintage car,boat"));
        QTRY_VERIFY(chip("vintage car")->hasActiveFocus());
        m_driver->press(Qt::Key_S);
        QCOMPARE(world().prompt, QStringLiteral("vintage, car,boat"));
        focus(chip("vintage"));
        m_driver->press(Qt::Key_M);
        QCOMPARE(world().prompt, QStringLiteral("vintage car,boat"));
    }

    void keysAndTheWheelWeighWords()
    {
        write("red car,boat");
        focus(chip("boat"));
        m_driver->press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(world().prompt, QStringLiteral("red car,(boat:1.1)"));
        QTRY_VERIFY(chip("boat")->hasActiveFocus());
        m_driver->press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(world().prompt, QStringLiteral("red car,(boat:1.2)"));
        m_driver->press(Qt::Key_Down, Qt::AltModifier);
        m_driver->press(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(world().prompt, QStringLiteral("red car,boat"));
        m_driver->settle();
        const QPoint over = m_driver->centre(chip("red car"));
        QWheelEvent wheel(over, m_driver->window()->mapToGlobal(over), {}, {0, -240}, Qt::NoButton,
                          Qt::AltModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_driver->window(), &wheel);
        QTRY_COMPARE(world().prompt, QStringLiteral("(red car:0.8),boat"));
        // In the field: the word at the cursor, then what is selected; undone like typing.
        write("a red car");
        focus(m_driver->item(QStringLiteral("promptInput")));
        m_driver->press(Qt::Key_Home);
        for (int i = 0; i < 3; ++i)
            m_driver->press(Qt::Key_Right);
        m_driver->press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(written(), QStringLiteral("a (red:1.1) car"));
        m_driver->press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(written(), QStringLiteral("a (red:1.2) car"));
        QCOMPARE(world().prompt, written());
        m_driver->press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(written(), QStringLiteral("a (red:1.1) car"));
    }

    void aChipOfManyWordsIsSplitAtAChosenPlace()
    {
        write("vintage sports car,boat");
        m_driver->click(chip("vintage sports car"));
        QQuickItem *split = nullptr;
        QTRY_VERIFY((split = menuItem("Split…")));
        m_driver->click(split);
        QQuickItem *place = nullptr;
        QTRY_VERIFY((place = menuItem("vintage sports  |  car")));
        QVERIFY(menuItem("vintage  |  sports car"));
        m_driver->click(place);
        QTRY_COMPARE(world().prompt, QStringLiteral("vintage sports, car,boat"));
    }

    void theChosenPictureIsBoundByKeysAndUnbound()
    {
        write("red car,boat");
        m_driver->press(Qt::Key_Return);
        QQuickItem *card = nullptr;
        QTRY_VERIFY((card = m_driver->with("asset", 2.0)));
        m_driver->click(card);
        focus(chip("boat"));
        m_driver->press(Qt::Key_B);
        const auto bound = [](int facet) {
            int count = 0;
            for (const auto &reference : world().references)
                count += reference.facet == facet &&
                         reference.state == retrieval::ReferenceState::Pinned;
            return count;
        };
        QTRY_COMPARE(bound(1), 1);
        QCOMPARE(chip("boat")->property("bound").toList().size(), 1);
        QTRY_VERIFY(m_driver->item(QStringLiteral("chipPicture")));
        // By the menu, as by U.
        m_driver->click(chip("boat"));
        QQuickItem *unbind = nullptr;
        const QString name =
            chip("boat")->property("bound").toList().first().toMap()["name"].toString();
        QTRY_VERIFY((unbind = m_driver->with("text", QStringLiteral("Unbind “%1”").arg(name))));
        m_driver->click(unbind);
        QTRY_COMPARE(bound(1), 0);
        QTRY_VERIFY(!m_driver->item(QStringLiteral("chipPicture")));
    }

    // -- Variations

    void aGridIsChosenAndPainted()
    {
        write("a {red|blue|green} car");
        m_driver->click(m_driver->item(QStringLiteral("variationsButton")));
        QQuickItem *paint = nullptr;
        QTRY_VERIFY((paint = m_driver->item(QStringLiteral("paintVariations"))));
        auto *model = m_interface->workspace()->variations();
        // Seeds from left to right, words from top to bottom.
        QQuickItem *values = m_driver->item(QStringLiteral("axisValues"));
        QVERIFY(values);
        values->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_A, Qt::ControlModifier);
        m_driver->type(QStringLiteral("5, 6"));
        QQuickItem *down = m_driver->all(QStringLiteral("axisTarget")).last();
        down->forceActiveFocus(Qt::TabFocusReason);
        for (int i = 0; i < 5 && !model->down()->isListed(); ++i)
            m_driver->press(Qt::Key_Down);
        m_driver->settle();
        QVERIFY(model->down()->isListed());
        const QVector<QQuickItem *> options = m_driver->all(QStringLiteral("axisOption"));
        QCOMPARE(options.size(), 3);
        m_driver->click(options[1]); // no blue one
        QCOMPARE(model->cells(), 4);
        QVERIFY2(
            m_driver->item(QStringLiteral("variationsSize"))
                ->property("text")
                .toString()
                .contains(QStringLiteral("2 × 2")),
            qPrintable(
                m_driver->item(QStringLiteral("variationsSize"))->property("text").toString()));
        m_driver->click(paint);
        QCOMPARE(world().across.values, QStringList({"5", "6"}));
        QCOMPARE(world().across.labels, QStringList({"seed 5", "seed 6"}));
        QVERIFY(world().down.kind == session::VariationAxis::Kind::Words);
        QCOMPARE(world().down.values, QStringList({"0", "2"}));
        QCOMPARE(world().down.labels, QStringList({"red", "green"}));
        // It closes, the strip tells how it goes, and it can be stopped.
        QTRY_VERIFY(!m_driver->item(QStringLiteral("paintVariations")));
        QTRY_VERIFY(m_driver->with("text", QStringLiteral("0 of 4 painted")));
        m_driver->press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QQuickItem *stop = nullptr;
        QTRY_VERIFY((stop = m_driver->item(QStringLiteral("stopVariations"))));
        m_driver->click(stop);
        QTRY_COMPARE(world().cells, 0);
        QTRY_VERIFY(m_driver->with("text", QStringLiteral("No picture of the grid was painted.")));
    }

    // The axes are the frame's: undone with it, others for another frame, and there when the board is
    // opened again.
    void theAxesStayWithTheirFrame()
    {
        board::Board *board = m_session->board();
        const board::ItemId frame = board->addFrame({0, 0}), other = board->addFrame({900, 0});
        m_session->setActiveFrame(frame);
        write("a {red|blue|green} car");
        auto *model = m_interface->workspace()->variations();
        const auto kept = [&] { return *m_session->board()->item(frame)->frame(); };
        m_driver->press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(m_driver->item(QStringLiteral("paintVariations")));
        QQuickItem *values = m_driver->item(QStringLiteral("axisValues"));
        values->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_A, Qt::ControlModifier);
        m_driver->type(QStringLiteral("5, 6"));
        QCOMPARE(kept().across.values, QStringList({"5", "6"}));
        QVERIFY(kept().across.kind == session::VariationAxis::Kind::Seed);
        QCOMPARE(board->undoName(), QStringLiteral("Change variations"));
        board->endStep();
        QQuickItem *down = m_driver->all(QStringLiteral("axisTarget")).last();
        down->forceActiveFocus(Qt::TabFocusReason);
        for (int i = 0; i < 5 && !model->down()->isListed(); ++i)
            m_driver->press(Qt::Key_Down);
        m_driver->settle();
        m_driver->click(m_driver->all(QStringLiteral("axisOption"))[1]); // no blue one
        QCOMPARE(kept().down.labels, QStringList({"red", "green"}));

        board->undo();
        QVERIFY(kept().down.kind == session::VariationAxis::Kind::None);
        QCOMPARE(kept().across.values, QStringList({"5", "6"}));
        QVERIFY(!model->down()->isListed());
        QCOMPARE(model->across()->text(), QStringLiteral("5, 6"));
        board->redo();
        QCOMPARE(model->down()->axis().labels, QStringList({"red", "green"}));
        m_driver->press(Qt::Key_Escape);

        m_session->setActiveFrame(other);
        QVERIFY(!model->down()->isListed());
        QVERIFY(model->across()->text() != QStringLiteral("5, 6"));
        QVERIFY(m_session->board()->item(other)->frame()->across.kind ==
                session::VariationAxis::Kind::None);
        m_session->setActiveFrame(frame);
        QCOMPARE(model->cells(), 4);

        // Words are told by what they say, wherever they stand in the prompt by now.
        m_session->closeBoard(board);
        m_session->reopenBoard();
        QTRY_COMPARE(m_session->board()->items().size(), 2);
        m_session->setActiveFrame({}); // as a session does when another board is shown
        write("a {green|red} car");
        m_session->setActiveFrame(frame);
        QCOMPARE(model->across()->text(), QStringLiteral("5, 6"));
        QCOMPARE(model->down()->axis().values, QStringList({"0", "1"}));
        QCOMPARE(kept().down.values, QStringList({"0", "2"})); // looking changes nothing
        QVERIFY(!m_session->board()->canRedo());
    }
};

QTEST_MAIN(PromptTest)
#include "PromptTest.moc"
