// The board inside the window: its keys beside the window's, its part of the inspector.
#include "tests/ui/WindowFixture.h"
#include "ui/board/BoardCanvas.h"

using namespace moodloom;

class BoardPanelTest : public QObject, protected fake::WindowFixture
{
    Q_OBJECT

    ui::BoardCanvas *canvas() const
    {
        return qobject_cast<ui::BoardCanvas *>(m_driver->item(QStringLiteral("boardCanvas")));
    }
    board::Board &board() const { return *m_session->board(); }

    // A picture of a file, selected.
    board::ItemId picture(const QString &name)
    {
        const QString path = m_home.filePath(name);
        // Another file is another picture.
        fake::picture(QColor::fromHsl(name.front().unicode() * 37 % 360, 200, 120), {64, 48}).save(path);
        QSignalSpy imported(&board(), &board::Board::imported);
        board().importFiles({path}, {0, 0});
        if (!imported.wait())
            return {};
        const auto ids = imported.first()[1].value<QVector<QUuid>>();
        canvas()->controller()->select(ids);
        canvas()->forceActiveFocus();
        m_driver->settle();
        return ids.value(0);
    }

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("boardpanel")); }

    void init() { openWindow(); }

    void cleanup() { closeWindow(); }

    // The window's Ctrl+Return paints; in a note it ends the writing, as the note says.
    void controlReturnEndsANote()
    {
        canvas()->forceActiveFocus();
        m_driver->press(Qt::Key_T);
        QTRY_VERIFY(!canvas()->editing().isEmpty());
        m_driver->type(QStringLiteral("one"));
        m_driver->press(Qt::Key_Return);
        m_driver->type(QStringLiteral("two"));
        m_driver->press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(canvas()->editing().isEmpty());
        QCOMPARE(board().items().size(), 1);
        QCOMPARE(board().item(board().items().first())->note()->text, QStringLiteral("one\ntwo"));
        QVERIFY(canvas()->hasActiveFocus());
    }

    // What is written is seen as it is written.
    void theEditorGrowsWithItsText()
    {
        canvas()->forceActiveFocus();
        m_driver->press(Qt::Key_T);
        QTRY_VERIFY(!canvas()->editing().isEmpty());
        auto *editor = qobject_cast<QQuickItem *>(m_driver->window()->activeFocusItem());
        QVERIFY(editor);
        const double before = editor->height();
        for (int i = 0; i < 12; ++i) {
            m_driver->type(QStringLiteral("line"));
            m_driver->press(Qt::Key_Return);
        }
        m_driver->settle();
        QVERIFY(editor->height() > before + 50);
        m_driver->press(Qt::Key_Escape);
    }

    void tagsAreWrittenInTheInspector()
    {
        const board::ItemId id = picture(QStringLiteral("tagged.png"));
        m_driver->press(Qt::Key_K);
        QQuickItem *field = m_driver->item(QStringLiteral("boardTags"));
        QVERIFY(field && field->hasActiveFocus());
        m_driver->type(QStringLiteral("#kite, red ,Red"));
        m_driver->press(Qt::Key_Return);
        QCOMPARE(board().item(id)->tags,
                 (QStringList{QStringLiteral("kite"), QStringLiteral("red")}));
        QVERIFY(canvas()->hasActiveFocus());
        QCOMPARE(field->property("text").toString(), QStringLiteral("kite, red"));
        // Of several: those that all have; what is taken out goes from all.
        const board::ItemId note = board().addNote(QStringLiteral("n"), {300, 0});
        board().tag({note}, {QStringLiteral("red"), QStringLiteral("blue")}, {});
        canvas()->controller()->select({id, note});
        QTRY_COMPARE(field->property("text").toString(), QStringLiteral("red"));
        m_driver->press(Qt::Key_K);
        m_driver->type(QStringLiteral("wall"));
        m_driver->press(Qt::Key_Return);
        QCOMPARE(board().item(id)->tags,
                 (QStringList{QStringLiteral("kite"), QStringLiteral("wall")}));
        QCOMPARE(board().item(note)->tags,
                 (QStringList{QStringLiteral("blue"), QStringLiteral("wall")}));
        m_driver->press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(board().item(note)->tags,
                 (QStringList{QStringLiteral("blue"), QStringLiteral("red")}));
    }

    // Of several pictures that differ nothing is chosen; what is chosen then is for all.
    void saysWhereSeveralPicturesDiffer()
    {
        const board::ItemId a = picture(QStringLiteral("a.png")), b = picture(QStringLiteral("b.png"));
        QVERIFY(a != b);
        board().setWeight({a}, 1.5);
        board().setRole({b}, board::ReferenceRole::Style);
        board().setSteps({b}, {0, 0.5});
        board().setOpacity({b}, 0.4);
        board().setPinned({b}, false);
        board().setGreyscale({a}, true);
        canvas()->controller()->select({a, b});
        m_driver->settle();
        for (const char *name : {"boardWeight", "boardSteps", "boardOpacity"})
            QVERIFY2(m_driver->item(QLatin1String(name))->property("mixed").toBool(), name);
        const QStringList roles{QStringLiteral("boardRoleContent"), QStringLiteral("boardRoleStyle"),
                                QStringLiteral("boardRoleLayout")};
        for (const QString &role : roles)
            QVERIFY2(!m_driver->item(role)->property("checked").toBool(), qPrintable(role));
        QCOMPARE(m_driver->item(QStringLiteral("boardRoleUse"))->property("text").toString(),
                 QStringLiteral("Mixed"));
        QVERIFY(!m_driver->item(QStringLiteral("boardStorage")));

        // The content is the first one's, and all get it.
        m_driver->click(m_driver->item(roles[0]));
        QCOMPARE(board().item(b)->picture()->role, board::ReferenceRole::Content);
        QTRY_VERIFY(m_driver->item(roles[0])->property("checked").toBool());
        // A click on the handle gives its value to the others.
        QQuickItem *weight = m_driver->item(QStringLiteral("boardWeight"));
        m_driver->click(weight->property("handle").value<QQuickItem *>());
        QCOMPARE(board().item(a)->picture()->weight, 1.5);
        QCOMPARE(board().item(b)->picture()->weight, 1.5);
        QVERIFY(!weight->property("mixed").toBool());
        QQuickItem *opacity = m_driver->item(QStringLiteral("boardOpacity"));
        opacity->forceActiveFocus();
        m_driver->press(Qt::Key_Left);
        QCOMPARE(board().item(a)->opacity, 0.99);
        QCOMPARE(board().item(b)->opacity, 0.99);
        m_driver->click(m_driver->item(QStringLiteral("boardStepsFirst")));
        QCOMPARE(board().item(b)->picture()->steps, board::StepRange());
        QVERIFY(!m_driver->item(QStringLiteral("boardSteps"))->property("mixed").toBool());

        // A button is for what not all are yet.
        m_driver->click(m_driver->item(QStringLiteral("boardPin")));
        QCOMPARE(board().item(a)->picture()->state, board::ReferenceState::Pinned);
        QCOMPARE(board().item(b)->picture()->state, board::ReferenceState::Pinned);
        m_driver->click(m_driver->item(QStringLiteral("boardGreyscale")));
        QVERIFY(board().item(a)->picture()->greyscale && board().item(b)->picture()->greyscale);
    }

    void saysWhereSeveralNotesDiffer()
    {
        const board::ItemId a = board().addNote(QStringLiteral("a"), {0, 0}),
                            b = board().addNote(QStringLiteral("b"), {0, 300});
        board().setNotesAct({a}, false);
        board().setLocked({b}, true);
        canvas()->controller()->select({b, a});
        m_driver->settle();
        QQuickItem *acts = m_driver->item(QStringLiteral("boardNoteActs"));
        QVERIFY(acts->property("mixed").toBool());
        QVERIFY(!acts->property("checked").toBool());
        QVERIFY(m_driver->with("text", QStringLiteral("Some are locked in their places")));
        m_driver->click(m_driver->item(QStringLiteral("boardUnlock")));
        QVERIFY(!board().item(a)->locked && !board().item(b)->locked);
        m_driver->click(acts);
        QVERIFY(board().item(a)->note()->acts && board().item(b)->note()->acts);
        QVERIFY(!acts->property("mixed").toBool());
        m_driver->click(acts);
        QVERIFY(!board().item(a)->note()->acts && !board().item(b)->note()->acts);
    }

    void saysWhereThePicturesFileIs()
    {
        picture(QStringLiteral("stored.png"));
        const auto storage = [&] {
            QQuickItem *label = m_driver->item(QStringLiteral("boardStorage"));
            return label ? label->property("text").toString() : QString();
        };
        QTRY_COMPARE(storage(), QStringLiteral("Its file is in the board"));
        QVERIFY(canvas()->perform(QStringLiteral("board-link")));
        QTRY_VERIFY(storage().startsWith(QStringLiteral("Linked to ")) &&
                    storage().endsWith(QStringLiteral("stored.png")));
        QVERIFY(canvas()->perform(QStringLiteral("board-embed")));
        QTRY_COMPARE(storage(), QStringLiteral("Its file is in the board"));
        QVERIFY(canvas()->perform(QStringLiteral("board-link-new")));
        QVERIFY(board().linksFiles());
    }
};

QTEST_MAIN(BoardPanelTest)
#include "BoardPanelTest.moc"
