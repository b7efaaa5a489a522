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
        fake::picture(Qt::green, {64, 48}).save(path);
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
