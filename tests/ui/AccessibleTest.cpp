// Every control says what it is, and the keyboard reaches it: told of the whole tree of each
// screen of the gallery.
#include "core/base/Paths.h"
#include "tests/support/FileServer.h"
#include "tests/ui/gallery/Screens.h"
#include "tests/ui/gallery/States.h"
#include "tests/ui/WindowFixture.h"

#include <QAccessible>
#include <QFile>

using namespace moodloom;

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
    // States of the gallery, one after the other.
    void show(const QString &states)
    {
        gallery::Stage stage{*m_session, *m_interface->workspace(), *m_driver->window(), *m_hub};
        for (const QString &state : states.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            const auto found = gallery::states().find(state);
            QVERIFY2(found != gallery::states().end(), qPrintable(state));
            found->second(stage);
        }
        m_driver->settle();
        m_driver->settle();
    }

    std::unique_ptr<testing::FileServer> m_hub;

private Q_SLOTS:
    void initTestCase()
    {
        prepare(QStringLiteral("accessible"));
        QAccessible::setActive(true);
    }
    void init()
    {
        QFile::remove(dataFolder() + QStringLiteral("/download.json"));
        m_hub = std::make_unique<testing::FileServer>();
        qputenv("HF_ENDPOINT", m_hub->url().toString().toUtf8());
        openWindow();
        QTRY_VERIFY(m_driver->item(QStringLiteral("promptInput"))->hasActiveFocus());
    }
    void cleanup() { closeWindow(); }

    void everyControlHasAName_data()
    {
        QTest::addColumn<QString>("states");
        for (const gallery::Screen &screen : gallery::screens())
            QTest::addRow("%s", screen.name) << QString::fromLatin1(screen.states);
    }
    void everyControlHasAName()
    {
        QFETCH(QString, states);
        show(states);
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
