// Who works by keys sees where they are, is told what a pointer is told, and reaches what comes and
// goes.
#include "tests/ui/KeyboardFixture.h"

using namespace moodloom;
using fake::isA;
using fake::world;

class FocusTest : public QObject, protected fake::KeyboardFixture
{
    Q_OBJECT

    QQuickItem *item(const char *name) const { return m_driver->item(QLatin1String(name)); }
    QVector<QQuickItem *> cards() const
    {
        return fake::itemsOf(m_driver->window()->contentItem(), "ReferenceCard");
    }
    static QRectF place(const QQuickItem *item)
    {
        return item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
    }
    QVector<QQuickItem *> shownToasts() const
    {
        return fake::itemsOf(m_driver->window()->contentItem(), "Toast");
    }
    // Of a control, while Tab goes through them.
    bool ringIsSeen() const { return focus()->property("visualFocus").toBool() && focusIsSeen(); }
    // Of the models page, and away with Escape.
    void walkThroughTheDialog()
    {
        QTRY_COMPARE(openPopups().size(), 1);
        QTRY_VERIFY(!item("shelfPage")->isAncestorOf(focus()));
        for (int i = 0; i < 12; ++i) // through all that the dialog has
            m_driver->press(Qt::Key_Tab);
        m_driver->press(Qt::Key_Escape);
        QTRY_VERIFY(openPopups().isEmpty());
    }
    void find(const char *words = "a car,at sunset")
    {
        m_driver->type(QLatin1String(words));
        m_driver->press(Qt::Key_Return);
        m_driver->settle();
        m_driver->settle();
    }
    void paint(int takes)
    {
        for (int i = 0; i < takes; ++i) {
            m_session->paint();
            fake::finishTake(m_session.get());
        }
        m_driver->settle();
    }

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("focus")); }
    void init()
    {
        openWindow();
        QTRY_VERIFY(item("promptInput")->hasActiveFocus());
    }
    void cleanup() { closeWindow(); }

    // -- It is seen

    void aMenuGivesTheRingBack()
    {
        find();
        tabTo([](const QQuickItem *item) {
            return item->objectName() == QLatin1String("facetChip");
        });
        QQuickItem *chip = focus();
        m_driver->press(Qt::Key_Return);
        QTRY_COMPARE(openPopups().size(), 1);
        m_driver->press(Qt::Key_Escape);
        QTRY_VERIFY(openPopups().isEmpty());
        QTRY_COMPARE(focus(), chip);
        QTRY_VERIFY(ringIsSeen());
    }

    void aClickLeavesNoRing()
    {
        find();
        QQuickItem *chip = item("facetChip");
        m_driver->click(chip);
        QTRY_COMPARE(openPopups().size(), 1);
        m_driver->click(item("boardCanvas"));
        QTRY_VERIFY(openPopups().isEmpty());
        m_driver->settle();
        QVERIFY(!chip->property("visualFocus").toBool());
    }

    void whatAPanelOpensWithIsSeen()
    {
        m_driver->press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(item("axisTarget"));
        QTRY_VERIFY(ringIsSeen());
    }

    void theSettingsBeginWithTheirFirst()
    {
        m_driver->press(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(item("languageBox")->hasActiveFocus());
        QTRY_VERIFY(ringIsSeen());
    }

    // A ring of the colour of what it is around would be seen by nobody.
    void theRingIsSeenAroundAChosenButton()
    {
        paint(1);
        m_driver->press(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(item("exportPng"));
        QTRY_VERIFY(!item("exportPng")->hasActiveFocus());
        const auto inside = [this] {
            const QImage window = m_driver->window()->grabWindow();
            return window.copy(place(item("exportPng")).toRect());
        };
        const QImage before = inside();
        tabTo([](const QQuickItem *item) {
            return item->objectName() == QLatin1String("exportPng");
        });
        QTRY_VERIFY(ringIsSeen());
        QTRY_VERIFY(inside().pixelColor(before.width() / 2, 0).lightness() < 60);
        QVERIFY(before.pixelColor(before.width() / 2, 0).lightness() > 200);
    }

    // -- It is told

    void theTipComesWithTheKeyboard()
    {
        find();
        QVERIFY(!item("tip"));
        m_driver->press(Qt::Key_Tab); // the prompts of before
        QTRY_VERIFY(item("tip"));
        m_driver->press(Qt::Key_Tab);
        m_driver->press(Qt::Key_Tab); // a button that says it all
        QTRY_VERIFY(!item("tip"));
    }

    void whereNothingIsAskedNothingIsSaidToFail()
    {
        world().assets.clear();
        find();
        QTRY_VERIFY(m_driver->with("title", QStringLiteral("Nothing fits this prompt")));
        m_driver->press(Qt::Key_A, Qt::ControlModifier);
        m_driver->press(Qt::Key_Delete);
        QTRY_VERIFY(world().facets.isEmpty());
        QTRY_VERIFY(m_driver->with("title", QStringLiteral("No references yet")));
        QVERIFY(!m_driver->with("title", QStringLiteral("Nothing fits this prompt")));
    }

    // -- What comes and goes

    // From what failed to the picture that is painted, and on to what becomes of it.
    void tryingAgainKeepsTheKeyboardAtThePicture()
    {
        const Error error{ErrorCode::OutOfMemory, "1536 × 1536", {}};
        const auto isFailure = [](const QQuickItem *item) { return isA(item, "FailedTakeCard"); };
        m_driver->type(QStringLiteral("a car"));
        m_driver->press(Qt::Key_Return, Qt::ControlModifier);
        fake::failTake(m_session.get(), error);
        m_driver->settle();
        tabTo(isFailure, 60);
        m_driver->press(Qt::Key_Return);
        QTRY_COMPARE(world().jobs.size(), 1);
        QTRY_COMPARE(focus(), item("progressTile"));
        QVERIFY(focusIsSeen());
        fake::failTake(m_session.get(), error);
        QTRY_VERIFY(isFailure(focus()));
        m_driver->settle();
        m_driver->press(Qt::Key_Tab);
        QTRY_COMPARE(focus(), item("tryAgain"));
        m_driver->press(Qt::Key_Space);
        QTRY_COMPARE(focus(), item("progressTile"));
        fake::finishTake(m_session.get());
        QTRY_VERIFY(isA(focus(), "TakeCard"));
        QVERIFY(focusIsSeen());
    }

    void aMessagesButtonIsReached_data()
    {
        QTest::addColumn<int>("key");
        QTest::newRow("taken") << int(Qt::Key_Return);
        QTest::newRow("left") << int(Qt::Key_Escape);
    }
    void aMessagesButtonIsReached()
    {
        QFETCH(int, key);
        find();
        m_driver->press(Qt::Key_F6);
        QVERIFY(isA(focus(), "ReferenceCard"));
        const qsizetype before = world().references.size();
        m_driver->press(Qt::Key_X);
        QTRY_VERIFY(item("toast"));
        QQuickItem *card = focus();
        m_driver->press(Qt::Key_F6);
        QCOMPARE(focus()->objectName(), QStringLiteral("toastAction"));
        QTRY_VERIFY(ringIsSeen());
        m_driver->press(Qt::Key(key));
        QTRY_VERIFY(!item("toast"));
        QTRY_COMPARE(world().references.size(), key == Qt::Key_Return ? before : before - 1);
        m_driver->settle();
        QVERIFY(isA(focus(), "ReferenceCard"));
        if (key == Qt::Key_Escape)
            QCOMPARE(focus(), card);
        // Without a message F6 goes on to the board.
        m_driver->press(Qt::Key_F6);
        QVERIFY(canvas()->hasActiveFocus());
    }

    void f6PassesAMessageOnce()
    {
        find();
        m_driver->press(Qt::Key_F6);
        m_driver->press(Qt::Key_X);
        QTRY_VERIFY(item("toast"));
        m_driver->press(Qt::Key_F6);
        QCOMPARE(focus()->objectName(), QStringLiteral("toastAction"));
        m_driver->press(Qt::Key_F6);
        QVERIFY(canvas()->hasActiveFocus());
        m_driver->press(Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(isA(focus(), "ReferenceCard"));
    }

    // One of the board's and one of the window's at once: both are read.
    void messagesDoNotLieOverOneAnother()
    {
        find();
        m_driver->press(Qt::Key_F6);
        m_driver->press(Qt::Key_X); // the window's: dropped
        QTRY_VERIFY(item("toast"));
        m_driver->press(Qt::Key_F6); // its button
        m_driver->press(Qt::Key_F6);
        QVERIFY(canvas()->hasActiveFocus());
        m_driver->press(Qt::Key_X); // the board's: two have to be selected to be compared
        QTRY_COMPARE(shownToasts().size(), 2);
        QVERIFY(!place(shownToasts()[0]).intersects(place(shownToasts()[1])));
    }

    // -- Where Tab and F6 lead, and what Esc leaves

    void theViewerIsOneStepFromItsButtonAndEscLeavesItFromAnywhere()
    {
        paint(2);
        canvas()->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_F6);
        QVERIFY(isA(focus(), "TakeCard"));
        m_driver->press(Qt::Key_Return);
        QQuickItem *viewer = nullptr;
        QTRY_VERIFY((viewer = item("takeViewer")) && viewer->hasActiveFocus());
        m_driver->press(Qt::Key_Tab);
        QVERIFY(viewer->isAncestorOf(focus()));
        QTRY_VERIFY(ringIsSeen());
        m_driver->press(Qt::Key_F6); // on to the takes
        QVERIFY(isA(focus(), "TakeCard"));
        QVERIFY(item("takeViewer"));
        m_driver->press(Qt::Key_Escape);
        QTRY_VERIFY(!item("takeViewer"));
        QVERIFY(isA(focus(), "TakeCard"));
        QVERIFY(focusIsSeen());
    }

    void f6BeginsAtThePrompt()
    {
        find();
        item("promptInput")->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_Backtab, Qt::ShiftModifier); // to the rail
        QVERIFY(!item("promptInput")->hasActiveFocus());
        m_driver->press(Qt::Key_F6);
        QVERIFY(item("promptInput")->hasActiveFocus());
    }

    void arrowsGoBetweenChoices()
    {
        paint(1);
        m_driver->press(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(item("exportPng"));
        m_driver->press(Qt::Key_Backtab, Qt::ShiftModifier); // from the name, to the last
        QCOMPARE(focus(), item("exportPsd"));
        m_driver->press(Qt::Key_Left);
        QCOMPARE(focus(), item("exportPng"));
        QTRY_VERIFY(ringIsSeen());
        m_driver->press(Qt::Key_Left); // there is none
        QCOMPARE(focus(), item("exportPng"));
        m_driver->press(Qt::Key_Right);
        m_driver->press(Qt::Key_Space);
        QCOMPARE(focus(), item("exportPsd"));
        QVERIFY(item("exportPsd")->property("checked").toBool());
    }

    void aDialogGivesTheKeyboardBackToItsButton()
    {
        m_driver->press(Qt::Key_3, Qt::AltModifier);
        QTRY_VERIFY(item("addModelFolder"));
        tabTo([](const QQuickItem *item) {
            return item->objectName() == QLatin1String("addModelFolder");
        });
        m_driver->press(Qt::Key_Return);
        walkThroughTheDialog();
        QTRY_COMPARE(focus(), item("addModelFolder"));
        QTRY_VERIFY(ringIsSeen());
    }

    // The palette opened it on another page, and all that had the keyboard before is gone.
    void aDialogLeavesTheKeyboardOnItsPage()
    {
        m_driver->press(Qt::Key_K, Qt::ControlModifier);
        QTRY_COMPARE(openPopups().size(), 1);
        m_driver->type(QStringLiteral("Add a folder of models"));
        m_driver->press(Qt::Key_Return);
        QTRY_VERIFY(item("shelfPage"));
        walkThroughTheDialog();
        QTRY_VERIFY(item("shelfPage")->isAncestorOf(focus()));
        QTRY_VERIFY(focusIsSeen());
    }

    void aLongMessageStaysInItsPlace()
    {
        find();
        const qsizetype before = world().references.size();
        world().references.first().asset.description =
            QStringLiteral("a long caption of many words ").repeated(12) +
            QStringLiteral("\nand a second line of it ").repeated(3);
        Q_EMIT m_session->finder()->referencesChanged();
        m_driver->settle();
        m_driver->press(Qt::Key_F6);
        m_driver->press(Qt::Key_X);
        QTRY_COMPARE(world().references.size(), before - 1);
        QTRY_VERIFY(item("toast"));
        m_driver->settle();
        const QQuickItem *label = nullptr;
        for (const QQuickItem *one : fake::itemsOf(item("toast"), "Label"))
            if (one->property("text").toString().contains(QLatin1String("long caption")))
                label = one;
        QVERIFY(label);
        QVERIFY(label->property("contentWidth").toDouble() <= label->width() + 1);
        QVERIFY(place(item("toast")).contains(place(label)));
        QVERIFY(!place(label).intersects(place(item("toastAction"))));
    }

    // -- Cards

    void arrowsGoThroughTheCardsAsTheyLie()
    {
        find();
        m_driver->press(Qt::Key_F6);
        const QRectF first = place(focus());
        m_driver->press(Qt::Key_Down);
        QVERIFY(isA(focus(), "ReferenceCard"));
        QCOMPARE(place(focus()).x(), first.x()); // below, not beside
        QVERIFY(place(focus()).y() > first.y());
        m_driver->press(Qt::Key_Up);
        QCOMPARE(place(focus()), first);
        m_driver->press(Qt::Key_Up); // there is none
        QCOMPARE(place(focus()), first);
        m_driver->press(Qt::Key_Right);
        QVERIFY(place(focus()).x() > first.x());
        for (int i = 0; i < 20; ++i)
            m_driver->press(Qt::Key_Down);
        QVERIFY(isA(focus(), "ReferenceCard")); // to the last group, and no further
        const QQuickItem *lowest = focus();
        for (const QQuickItem *card : cards())
            QVERIFY(place(card).y() <= place(lowest).y() + place(lowest).height());
    }

    void theMenuKeySaysWhatACardCan()
    {
        find();
        m_driver->press(Qt::Key_F6);
        const auto asset = focus()->property("asset").toLongLong();
        m_driver->press(Qt::Key_Menu);
        QTRY_COMPARE(openPopups().size(), 1);
        m_driver->press(Qt::Key_Down);
        m_driver->press(Qt::Key_Return); // the first: pin
        QTRY_VERIFY(openPopups().isEmpty());
        QTRY_VERIFY(world().references.first().state == retrieval::ReferenceState::Pinned);
        QCOMPARE(world().references.first().asset.id, asset);
        QTRY_VERIFY(isA(focus(), "ReferenceCard"));
    }

    void f6GoesToTheTakeThatIsLookedAt()
    {
        paint(3);
        canvas()->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_F6);
        QVERIFY(isA(focus(), "TakeCard"));
        QVERIFY(focusIsSeen());
        const QString first = focus()->property("takeId").toString();
        // The arrow keys begin where Tab has come to.
        m_driver->press(Qt::Key_Tab);
        const QString second = focus()->property("takeId").toString();
        QVERIFY(second != first);
        m_driver->press(Qt::Key_Right);
        const QString third = focus()->property("takeId").toString();
        QVERIFY(third != first && third != second);
        QCOMPARE(m_interface->workspace()->takes()->property("current").toString(), third);
        m_driver->press(Qt::Key_S);
        for (const generation::Take &take : std::as_const(world().takes))
            QCOMPARE(take.starred, take.id == third);
    }

    // -- What happens on a page that is not shown

    void referencesThatCameMeanwhileHaveTheirPlaces()
    {
        find();
        m_interface->workspace()->setPage(ui::Workspace::Page::Library);
        m_driver->settle();
        // The library's first picture is used, by its key.
        QQuickItem *grid = item("libraryGrid");
        grid->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_P);
        QTRY_VERIFY(item("toast")); // it is told where it is not seen
        m_session->finder()->find();
        m_driver->settle();
        m_driver->settle();
        m_interface->workspace()->setPage(ui::Workspace::Page::Studio);
        m_driver->settle();
        m_driver->settle();
        const QVector<QQuickItem *> all = cards();
        QVERIFY(all.size() > 4);
        for (qsizetype i = 0; i < all.size(); ++i)
            for (qsizetype k = i + 1; k < all.size(); ++k) {
                const QRectF common = place(all[i]).intersected(place(all[k]));
                QVERIFY(common.width() < 1 || common.height() < 1);
            }
    }
};

QTEST_MAIN(FocusTest)
#include "FocusTest.moc"
