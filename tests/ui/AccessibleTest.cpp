// Every control says what it is, and the keyboard reaches it: told of the whole tree of each
// screen.
#include "core/board/Board.h"
#include "tests/ui/WindowFixture.h"
#include "ui/board/BoardCanvas.h"
#include "ui/shell/Workspace.h"

#include <QAccessible>

using namespace moodloom;
using fake::world;

class AccessibleTest : public QObject, protected fake::WindowFixture
{
    Q_OBJECT

    static bool isShown(const QQuickItem *item)
    {
        for (; item; item = item->parentItem())
            if (!item->isVisible() || item->opacity() == 0)
                return false;
        return true;
    }
    static QString nameOf(QQuickItem *item)
    {
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(item);
        return interface ? interface->text(QAccessible::Name) : QString();
    }
    // Something that is pressed: a button of some kind, or an item with a tap handler of its own.
    static bool isPressed(const QQuickItem *item)
    {
        if (item->inherits("QQuickAbstractButton"))
            return true;
        for (const QObject *child : item->children())
            if (child->inherits("QQuickTapHandler") && child->property("enabled").toBool())
                return true;
        return false;
    }
    static QString describe(const QQuickItem *item)
    {
        QStringList path;
        for (; item && path.size() < 6; item = item->parentItem())
            path.prepend(
                QString::fromLatin1(item->metaObject()->className())
                    .section(QLatin1String("_QML"), 0, 0) +
                (item->objectName().isEmpty() ? QString() : QLatin1Char('#') + item->objectName()));
        return path.join(QStringLiteral(" > "));
    }
    void collect(QQuickItem *item, QVector<QQuickItem *> &all) const
    {
        if (!item->isVisible())
            return;
        all.append(item);
        for (QQuickItem *child : item->childItems())
            collect(child, all);
    }
    QStringList nameless() const
    {
        QVector<QQuickItem *> all;
        collect(m_driver->window()->contentItem(), all);
        QStringList found;
        for (QQuickItem *item : all) {
            if (!isShown(item) || !item->isEnabled() ||
                !(item->activeFocusOnTab() || isPressed(item)))
                continue;
            // A part of a named whole needs no name of its own.
            QString name = nameOf(item);
            if (!item->activeFocusOnTab())
                for (QQuickItem *parent = item->parentItem();
                     name.isEmpty() && parent && parent->parentItem();
                     parent = parent->parentItem())
                    if (parent->activeFocusOnTab())
                        name = nameOf(parent);
            if (name.trimmed().isEmpty())
                found << describe(item);
        }
        found.removeDuplicates();
        return found;
    }
    void show(const QString &screen)
    {
        ui::Workspace *workspace = m_interface->workspace();
        board::Board &board = *m_session->board();
        auto *canvas =
            qobject_cast<ui::BoardCanvas *>(m_driver->item(QStringLiteral("boardCanvas")));
        if (screen == QLatin1String("found")) {
            m_session->finder()->setPrompt(QStringLiteral("a car,at sunset"));
            m_session->find();
            workspace->references()->select(2);
        } else if (screen == QLatin1String("takes") || screen == QLatin1String("viewer")) {
            m_session->paint();
            fake::finishTake(m_session.get());
            if (screen == QLatin1String("viewer"))
                workspace->actions()->trigger(QStringLiteral("view-take"));
        } else if (screen == QLatin1String("painting")) {
            m_session->paint();
            fake::stepOnce(m_session.get());
        } else if (screen == QLatin1String("frame") || screen == QLatin1String("picture")) {
            const board::ItemId frame = board.addFrame({0, 0}, {400, 300});
            const QString path = m_home.filePath(QStringLiteral("red.png"));
            fake::picture(Qt::red, {120, 80}).save(path);
            board::Picture picture;
            picture.hash = picture.path = path;
            picture.size = {120, 80};
            const auto ids = board.addPictures({picture}, {0, 0});
            canvas->controller()->select(screen == QLatin1String("frame") ? QVector{frame} : ids);
        } else if (screen == QLatin1String("note")) {
            canvas->controller()->select({board.addNote(QStringLiteral("words"), {0, 0})});
        } else if (screen == QLatin1String("outline") || screen == QLatin1String("minimap") ||
                   screen == QLatin1String("pen")) {
            board.addNote(QStringLiteral("words"), {0, 0});
            workspace->actions()->trigger(QStringLiteral("board-") + screen);
        } else if (screen == QLatin1String("library")) {
            workspace->setPage(ui::Workspace::Page::Library);
            world().failures = {{QStringLiteral("/a.png"), QStringLiteral("damaged")}};
            workspace->library()->failures()->refresh();
        } else if (screen == QLatin1String("importing")) {
            workspace->setPage(ui::Workspace::Page::Library);
            world().import.running = true;
            world().import.found = 10;
            Q_EMIT m_session->library()->importStatusChanged();
        } else if (screen == QLatin1String("models") || screen == QLatin1String("get-model")) {
            shelf::ShelfEntry entry;
            entry.path = entry.title = QStringLiteral("/models/a.safetensors");
            entry.kind = models::ModelKind::StableDiffusion;
            world().shelf = {entry};
            entry.path = entry.title = QStringLiteral("/models/b.safetensors");
            entry.kind = models::ModelKind::Lora;
            world().shelf.append(entry);
            world().places = {{{QStringLiteral("/models"), shelf::FolderKind::Plain}, true, true}};
            Q_EMIT m_session->shelf()->placesChanged();
            Q_EMIT m_session->shelf()->entriesChanged();
            workspace->setPage(ui::Workspace::Page::Models);
            if (screen == QLatin1String("get-model"))
                workspace->actions()->trigger(screen);
        } else if (screen == QLatin1String("settings")) {
            world().watched = {QStringLiteral("/pictures")};
            Q_EMIT m_session->library()->watchedFoldersChanged();
            workspace->setPage(ui::Workspace::Page::Settings);
        } else if (screen == QLatin1String("palette")) {
            workspace->actions()->trigger(screen);
        } else if (screen == QLatin1String("export")) {
            m_session->paint();
            fake::finishTake(m_session.get());
            workspace->actions()->trigger(screen);
        } else if (screen == QLatin1String("error")) {
            Q_EMIT m_session->failed({ErrorCode::Corrupt, "a.safetensors", "cut off"});
        }
        m_driver->settle();
        m_driver->settle();
    }

private Q_SLOTS:
    void initTestCase()
    {
        prepare(QStringLiteral("accessible"));
        QAccessible::setActive(true);
    }
    void init()
    {
        openWindow();
        QTRY_VERIFY(m_driver->item(QStringLiteral("promptInput"))->hasActiveFocus());
    }
    void cleanup() { closeWindow(); }

    void everyControlHasAName_data()
    {
        QTest::addColumn<QString>("screen");
        for (const char *screen :
             {"empty", "found", "takes", "viewer", "painting", "frame", "picture", "note",
              "outline", "minimap", "pen", "library", "importing", "models", "get-model",
              "settings", "palette", "export", "error"})
            QTest::addRow("%s", screen) << QString::fromLatin1(screen);
    }
    void everyControlHasAName()
    {
        QFETCH(QString, screen);
        show(screen);
        const QStringList found = nameless();
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }

    void theKeyboardReachesEveryControl_data()
    {
        QTest::addColumn<QString>("screen");
        for (const char *screen : {"found", "frame", "takes", "models", "settings"})
            QTest::addRow("%s", screen) << QString::fromLatin1(screen);
    }
    void theKeyboardReachesEveryControl()
    {
        QFETCH(QString, screen);
        show(screen);
        QVector<QQuickItem *> all;
        collect(m_driver->window()->contentItem(), all);
        QSet<QQuickItem *> wanted;
        for (QQuickItem *item : all)
            if (item->activeFocusOnTab() && item->isEnabled() && isShown(item))
                wanted.insert(item);
        QVERIFY(wanted.size() > 5);
        QQuickItem *first = m_driver->window()->activeFocusItem();
        QQuickItem *now = first;
        for (int i = 0; i < 400 && !wanted.isEmpty(); ++i) {
            for (QQuickItem *item = now; item;
                 item = item->parentItem()) // of a field, its text has the focus
                wanted.remove(item);
            m_driver->press(Qt::Key_Tab);
            now = m_driver->window()->activeFocusItem();
            QVERIFY(now);
        }
        QStringList missed;
        for (const QQuickItem *item : std::as_const(wanted))
            if (isShown(item))
                missed << describe(item);
        QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(AccessibleTest)
#include "AccessibleTest.moc"
