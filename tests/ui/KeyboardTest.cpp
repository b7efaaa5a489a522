// A whole job without a mouse, and what has the keyboard is seen wherever it goes.
#include "tests/ui/KeyboardFixture.h"

using namespace moodloom;
using fake::isA;
using fake::world;

class KeyboardTest : public QObject, protected fake::KeyboardFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("keyboard")); }
    void init()
    {
        openWindow();
        QTRY_VERIFY(m_driver->item(QStringLiteral("promptInput"))->hasActiveFocus());
    }
    void cleanup() { closeWindow(); }

    void aPictureIsMadeFromThePromptToTheFile()
    {
        // Written and looked up.
        m_driver->type(QStringLiteral("a car,at sunset"));
        m_driver->press(Qt::Key_Return);
        QCOMPARE(world().finds, 1);

        // To the references: one is pinned, one is dropped.
        m_driver->settle();
        m_driver->press(Qt::Key_F6);
        QVERIFY(isA(focus(), "ReferenceCard"));
        QVERIFY(focusIsSeen());
        const auto pinned = focus()->property("asset").toLongLong();
        m_driver->press(Qt::Key_P);
        QTRY_VERIFY(world().references.first().state == retrieval::ReferenceState::Pinned);
        QCOMPARE(world().references.first().asset.id, pinned);
        m_driver->press(Qt::Key_Right);
        const auto dropped = focus()->property("asset").toLongLong();
        QVERIFY(dropped != pinned);
        const qsizetype before = world().references.size();
        m_driver->press(Qt::Key_X);
        QTRY_COMPARE(world().references.size(), before - 1);
        QVERIFY(isA(focus(), "ReferenceCard"));
        QVERIFY(focus()->property("asset").toLongLong() != dropped);

        // To the board: a picture is chosen and nudged, a frame is made and named.
        const board::ItemId picture = addPicture();
        m_driver->press(Qt::Key_F6); // by what was told of the drop
        QCOMPARE(focus()->objectName(), QStringLiteral("toastAction"));
        m_driver->press(Qt::Key_F6);
        QVERIFY(canvas()->hasActiveFocus());
        QVERIFY(focusIsSeen());
        m_driver->press(Qt::Key_Tab);
        QCOMPARE(controller()->selection(), QVector{picture});
        const QPointF at = board().item(picture)->centre;
        m_driver->press(Qt::Key_Right);
        QVERIFY(board().item(picture)->centre.x() > at.x());
        m_driver->press(Qt::Key_Escape);
        QVERIFY(controller()->selection().isEmpty());
        m_driver->press(Qt::Key_N);
        QCOMPARE(board().frames().size(), 1);
        if (!canvas()->hasActiveFocus()) { // its prompt is being written
            m_driver->type(QStringLiteral("the leap"));
            m_driver->press(Qt::Key_Return);
        }
        QTRY_VERIFY(canvas()->hasActiveFocus());

        // Painted, starred, looked at.
        m_driver->press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(world().paints, 1);
        fake::finishTake(m_session.get());
        m_driver->settle();
        m_driver->press(Qt::Key_F6);
        QVERIFY(focusIsSeen());
        tabTo([](const QQuickItem *item) { return isA(item, "TakeCard"); }, 4);
        QVERIFY(focusIsSeen());
        m_driver->press(Qt::Key_S);
        QTRY_VERIFY(world().takes.first().starred);
        m_driver->press(Qt::Key_Return);
        QTRY_VERIFY(m_driver->item(QStringLiteral("takeViewer")));
        m_driver->press(Qt::Key_Escape);
        QTRY_VERIFY(!m_driver->item(QStringLiteral("takeViewer")));
        QVERIFY(focus()->isVisible());

        // Exported.
        m_interface->workspace()->exporter()->setFolder(QUrl::fromLocalFile(m_home.path()));
        m_driver->press(Qt::Key_E, Qt::ControlModifier);
        QQuickItem *name = nullptr;
        QTRY_VERIFY((name = m_driver->item(QStringLiteral("exportName"))) &&
                    name->hasActiveFocus());
        m_driver->type(QStringLiteral("leap"));
        m_driver->press(Qt::Key_Return);
        QTRY_COMPARE(world().exported.size(), 1);
        QVERIFY(world().exported.first().endsWith(QLatin1String("leap.png")));
        QTRY_VERIFY(openPopups().isEmpty());

        // And on to the inspector and back to the words.
        m_driver->press(Qt::Key_F6);
        QVERIFY(focusIsSeen());
        m_driver->press(Qt::Key_P, Qt::ControlModifier);
        QVERIFY(m_driver->item(QStringLiteral("promptInput"))->hasActiveFocus());
    }

    // What has the keyboard may go away by what it does: something else is then seen to have it.
    void theKeyboardIsNotLost_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"notice", "last reference", "last take", "unlock", "export",
                                 "viewer", "tab", "compare", "stop"})
            QTest::addRow("%s", what) << QString::fromLatin1(what);
    }
    void theKeyboardIsNotLost()
    {
        QFETCH(QString, what);
        ui::Workspace *workspace = m_interface->workspace();
        const auto named = [](const char *name) {
            return [name](const QQuickItem *item) {
                return item->objectName() == QLatin1String(name);
            };
        };
        if (what == QLatin1String("notice")) {
            workspace->notices()->add(QStringLiteral("a"), true);
            m_driver->settle();
            tabTo(named("dismissProblem"), 60);
            m_driver->press(Qt::Key_Return);
            QTRY_COMPARE(workspace->notices()->rowCount(), 0);
        } else if (what == QLatin1String("last reference")) {
            m_driver->type(QStringLiteral("a car"));
            m_driver->press(Qt::Key_Return);
            m_driver->settle();
            m_driver->press(Qt::Key_F6);
            while (!world().references.isEmpty()) {
                QVERIFY(isA(focus(), "ReferenceCard"));
                const qsizetype before = world().references.size();
                m_driver->press(Qt::Key_X);
                QTRY_COMPARE(world().references.size(), before - 1);
                m_driver->settle();
            }
        } else if (what == QLatin1String("unlock")) {
            const board::ItemId id = addPicture();
            board().setLocked({id}, true);
            controller()->select({id});
            m_driver->settle();
            tabTo(named("boardUnlock"), 60);
            m_driver->press(Qt::Key_Return);
            QTRY_VERIFY(!board().item(id)->locked);
        } else if (what == QLatin1String("tab")) {
            board().addNote(QStringLiteral("1"), {});
            m_driver->press(Qt::Key_T, Qt::ControlModifier);
            QTRY_COMPARE(workspace->boards()->rowCount(), 2);
            canvas()->forceActiveFocus(Qt::TabFocusReason);
            m_driver->press(Qt::Key_W, Qt::ControlModifier);
            QTRY_COMPARE(workspace->boards()->rowCount(), 1);
        } else if (what == QLatin1String("compare")) {
            const board::ItemId first = addPicture();
            controller()->select({first, board().duplicate({first}, {200, 0}).first()});
            canvas()->forceActiveFocus(Qt::TabFocusReason);
            m_driver->press(Qt::Key_X);
            QTRY_VERIFY(m_driver->item(QStringLiteral("comparePanel")));
            QTRY_VERIFY(focusIsSeen());
            // What it covers is not reached, however often.
            const QQuickItem *panel = m_driver->item(QStringLiteral("comparePanel"));
            for (int i = 0; i < 6; ++i) {
                m_driver->press(Qt::Key_Tab);
                const QQuickItem *above = focus();
                while (above && above != panel && above->objectName() != QLatin1String("boardView"))
                    above = above->parentItem();
                QVERIFY2(!above || above == panel, qPrintable(focus()->property("text").toString() + focus()->objectName()));
                if (!above)
                    break;
                QVERIFY(focusIsSeen());
            }
            canvas()->forceActiveFocus(Qt::TabFocusReason); // as F6 does
            QVERIFY(!canvas()->hasActiveFocus());
            QVERIFY(focusIsSeen());
            m_driver->press(Qt::Key_Escape);
            QTRY_VERIFY(!m_driver->item(QStringLiteral("comparePanel")));
        } else if (what == QLatin1String("stop")) {
            m_driver->type(QStringLiteral("a car"));
            m_driver->press(Qt::Key_Return, Qt::ControlModifier);
            QTRY_COMPARE(world().jobs.size(), 1);
            m_driver->settle();
            tabTo([](const QQuickItem *item) {
                return item->property("iconName").toString() == QLatin1String("stop");
            });
            m_driver->press(Qt::Key_Return);
            QTRY_COMPARE(world().jobs.size(), 0);
        } else {
            m_session->paint();
            fake::finishTake(m_session.get());
            m_driver->settle();
            canvas()->forceActiveFocus(Qt::TabFocusReason);
            m_driver->press(Qt::Key_F6);
            tabTo([](const QQuickItem *item) { return isA(item, "TakeCard"); }, 4);
            if (what == QLatin1String("last take")) {
                m_driver->press(Qt::Key_Delete);
                QTRY_COMPARE(world().takes.size(), 0);
            } else if (what == QLatin1String("export")) {
                m_driver->press(Qt::Key_E, Qt::ControlModifier);
                QTRY_VERIFY(m_driver->item(QStringLiteral("exportName")));
                m_driver->press(Qt::Key_Escape);
                QTRY_VERIFY(openPopups().isEmpty());
            } else {
                m_driver->press(Qt::Key_Return);
                QTRY_VERIFY(m_driver->item(QStringLiteral("takeViewer")));
                m_driver->press(Qt::Key_Right);
                m_driver->press(Qt::Key_Escape);
                QTRY_VERIFY(!m_driver->item(QStringLiteral("takeViewer")));
            }
        }
        m_driver->settle();
        m_driver->settle();
        QTRY_VERIFY2(focus() && focus()->isVisible() && focusIsSeen(),
                     focus() ? focus()->metaObject()->className() : "nothing");
    }

    void f6GoesThroughTheWindowBothWays()
    {
        const auto part = [this] {
            for (const QQuickItem *item = focus(); item; item = item->parentItem())
                for (const char *name :
                     {"promptInput", "referencesPanel", "boardView", "takesStrip", "inspector"})
                    if (item->objectName() == QLatin1String(name))
                        return QString::fromLatin1(name);
            return QString();
        };
        QStringList seen;
        for (int i = 0; i < 4; ++i) {
            seen << part();
            m_driver->press(Qt::Key_F6);
        }
        // No references yet: passed over.
        QCOMPARE(seen, QStringList({QStringLiteral("promptInput"), QStringLiteral("boardView"),
                                    QStringLiteral("takesStrip"), QStringLiteral("inspector")}));
        QCOMPARE(part(), QStringLiteral("promptInput"));
        m_driver->press(Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(part(), QStringLiteral("inspector"));
    }

    void whatHasTheKeyboardIsSeen_data()
    {
        QTest::addColumn<QString>("screen");
        for (const char *screen :
             {"found", "takes", "picture", "pen", "library", "models", "settings"})
            QTest::addRow("%s", screen) << QString::fromLatin1(screen);
    }
    void whatHasTheKeyboardIsSeen()
    {
        QFETCH(QString, screen);
        ui::Workspace *workspace = m_interface->workspace();
        if (screen == QLatin1String("found")) {
            m_driver->type(QStringLiteral("a car"));
            m_driver->press(Qt::Key_Return);
        } else if (screen == QLatin1String("takes")) {
            m_session->paint();
            fake::finishTake(m_session.get());
        } else if (screen == QLatin1String("picture")) {
            controller()->select({addPicture()});
        } else if (screen == QLatin1String("pen")) {
            workspace->actions()->trigger(QStringLiteral("board-pen"));
        } else if (screen == QLatin1String("library")) {
            workspace->setPage(ui::Workspace::Page::Library);
        } else if (screen == QLatin1String("models")) {
            workspace->setPage(ui::Workspace::Page::Models);
        } else {
            workspace->setPage(ui::Workspace::Page::Settings);
        }
        m_driver->settle();
        QStringList unseen;
        QSet<QQuickItem *> been;
        for (int i = 0; i < 60; ++i) {
            m_driver->press(Qt::Key_Tab);
            if (!focusIsSeen())
                unseen << QStringLiteral("%1 %2").arg(
                    QString::fromLatin1(focus()->metaObject()->className()), focus()->objectName());
            been.insert(focus());
        }
        unseen.removeDuplicates();
        QVERIFY(been.size() > 5);
        QVERIFY2(unseen.isEmpty(), qPrintable(unseen.join(QLatin1Char('\n'))));
    }

    void escapeClosesWhatIsOpen_data()
    {
        QTest::addColumn<QString>("action");
        for (const char *action : {"palette", "prompt-history", "variations", "export"})
            QTest::addRow("%s", action) << QString::fromLatin1(action);
    }
    void escapeClosesWhatIsOpen()
    {
        QFETCH(QString, action);
        m_session->paint();
        fake::finishTake(m_session.get());
        m_interface->workspace()->actions()->trigger(action);
        QTRY_COMPARE(openPopups().size(), 1);
        m_driver->press(Qt::Key_Escape);
        QTRY_VERIFY(openPopups().isEmpty());
        QVERIFY(focus() && focus()->isVisible());
    }

    void escapeLeavesTheBoardsPanels_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("panel");
        QTest::newRow("outline") << QStringLiteral("board-outline")
                                 << QStringLiteral("boardOutline");
        QTest::newRow("compare") << QStringLiteral("board-compare")
                                 << QStringLiteral("comparePanel");
        QTest::newRow("pen") << QStringLiteral("board-pen") << QStringLiteral("penBar");
    }
    void escapeLeavesTheBoardsPanels()
    {
        QFETCH(QString, action);
        QFETCH(QString, panel);
        const board::ItemId first = addPicture();
        const board::ItemId second = board().duplicate({first}, {200, 0}).first();
        controller()->select({first, second});
        m_interface->workspace()->actions()->trigger(action);
        QTRY_VERIFY(m_driver->item(panel));
        m_driver->press(Qt::Key_Escape);
        QTRY_VERIFY(!m_driver->item(panel));
        QVERIFY(canvas()->hasActiveFocus());
    }

    void theMenuKeyOpensTheMenuOfWhatHasTheKeyboard_data()
    {
        QTest::addColumn<bool>("library");
        QTest::newRow("board") << false;
        QTest::newRow("library") << true;
    }
    void theMenuKeyOpensTheMenuOfWhatHasTheKeyboard()
    {
        QFETCH(bool, library);
        if (library) {
            m_interface->workspace()->setPage(ui::Workspace::Page::Library);
            m_driver->settle();
            m_driver->item(QStringLiteral("libraryGrid"))->forceActiveFocus(Qt::TabFocusReason);
            m_driver->press(Qt::Key_Right);
        } else {
            addPicture();
            canvas()->forceActiveFocus(Qt::TabFocusReason);
            m_driver->press(Qt::Key_Tab);
        }
        const QQuickItem *before = focus();
        m_driver->press(Qt::Key_Menu);
        QTRY_COMPARE(openPopups().size(), 1);
        m_driver->press(Qt::Key_Escape);
        QTRY_VERIFY(openPopups().isEmpty());
        QTRY_COMPARE(focus(), before);
        m_driver->press(Qt::Key_F10, Qt::ShiftModifier);
        QTRY_COMPARE(openPopups().size(), 1);
    }
};

QTEST_MAIN(KeyboardTest)
#include "KeyboardTest.moc"
