// Every control says what it is, and the keyboard reaches it: told of the whole tree of each
// screen of the gallery.
#include "tests/ui/gallery/StageFixture.h"

#include <QAccessible>

using namespace moodloom;

class AccessibleTest : public QObject, protected gallery::StageFixture
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
    QStringList nameless() const
    {
        const QVector<QQuickItem *> all = fake::shownItems(m_driver->window()->contentItem());
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
    // What a screen reader is told of controls beside the name: what they are, the values of those
    // that have one, and what may be switched.
    QStringList untold() const
    {
        const QVector<QQuickItem *> all = fake::shownItems(m_driver->window()->contentItem());
        QStringList found;
        for (QQuickItem *item : all) {
            if (!isShown(item) || !item->isEnabled() || !item->activeFocusOnTab())
                continue;
            QAccessibleInterface *told = QAccessible::queryAccessibleInterface(item);
            if (!told || told->role() == QAccessible::NoRole || told->role() == QAccessible::Client)
                found << QStringLiteral("no role: ") + describe(item);
            const bool choice =
                QByteArray(item->metaObject()->className()).startsWith("ChoiceButton");
            if ((choice || item->inherits("QQuickSwitch")) &&
                !(told && told->state().checkable &&
                  bool(told->state().checked) == item->property("checked").toBool()))
                found << QStringLiteral("not to be switched: ") + describe(item);
            if (item->inherits("QQuickSlider"))
                checkValue(told, item, found);
            if (item->inherits("QQuickRangeSlider"))
                for (QQuickItem *part : item->childItems())
                    if (part->property("minimumValue").isValid())
                        checkValue(QAccessible::queryAccessibleInterface(part), part, found);
        }
        // Text beside the controls.
        for (QQuickItem *item : all)
            if (isShown(item) && item->inherits("QQuickText") &&
                !item->property("text").toString().trimmed().isEmpty() &&
                !QAccessible::queryAccessibleInterface(item))
                found << QStringLiteral("not read: ") + describe(item);
        found.removeDuplicates();
        return found;
    }
    static void checkValue(QAccessibleInterface *told, const QQuickItem *item, QStringList &found)
    {
        QAccessibleValueInterface *value = told ? told->valueInterface() : nullptr;
        if (!value || !value->currentValue().isValid())
            found << QStringLiteral("no value: ") + describe(item);
    }
    // What is told where the keyboard is.
    QString told() const
    {
        QQuickItem *item = m_driver->window()->activeFocusItem();
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(item);
        return interface ? interface->text(QAccessible::Name) + QStringLiteral(" | ") +
                               interface->text(QAccessible::Description)
                         : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        prepare(QStringLiteral("accessible"));
        QAccessible::setActive(true);
    }
    void cleanup() { closeWindow(); }

    void everythingIsTold_data()
    {
        QTest::addColumn<int>("screen");
        for (size_t i = 0; i < gallery::screens().size(); ++i)
            QTest::addRow("%s", gallery::screens()[i].name) << int(i);
    }
    void everythingIsTold()
    {
        QFETCH(int, screen);
        openStage(gallery::screens()[size_t(screen)]);
        const QStringList found = nameless() + untold();
        QVERIFY2(found.isEmpty(), qPrintable(QLatin1Char('\n') + found.join(QLatin1Char('\n'))));
    }

    // Lists keep the keyboard and move in themselves: that is told as well.
    void whereTheKeysAreInAListIsTold_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("list");
        QTest::newRow("library") << QStringLiteral("library") << QStringLiteral("libraryGrid");
        QTest::newRow("models") << QStringLiteral("models") << QStringLiteral("shelfList");
        QTest::newRow("palette") << QStringLiteral("palette") << QString();
        QTest::newRow("history") << QStringLiteral("history") << QString();
        QTest::newRow("outline") << QStringLiteral("outline") << QString();
    }
    void whereTheKeysAreInAListIsTold()
    {
        QFETCH(QString, state);
        QFETCH(QString, list);
        for (const gallery::Screen &screen : gallery::screens())
            if (state == QLatin1String(screen.name))
                openStage(screen);
        if (!list.isEmpty())
            m_driver->item(list)->forceActiveFocus(Qt::TabFocusReason);
        m_driver->settle();
        const QString first = told();
        m_driver->press(Qt::Key_Down);
        m_driver->settle();
        const QString second = told();
        QVERIFY2(!second.isEmpty() && first != second,
                 qPrintable(first + QLatin1Char('\n') + second));
        m_driver->press(Qt::Key_Up);
        m_driver->settle();
        QCOMPARE(told(), first);
    }

    void aMessageIsAnAlert()
    {
        openStage(QStringList{QStringLiteral("found")});
        m_driver->press(Qt::Key_F6);
        m_driver->press(Qt::Key_X);
        QTRY_VERIFY(m_driver->item(QStringLiteral("toast")));
        QAccessibleInterface *toast =
            QAccessible::queryAccessibleInterface(m_driver->item(QStringLiteral("toast")));
        QVERIFY(toast);
        QCOMPARE(toast->role(), QAccessible::AlertMessage);
        QVERIFY(!toast->text(QAccessible::Name).isEmpty());
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
        openStage(QStringList{screen});
        const QVector<QQuickItem *> all = fake::shownItems(m_driver->window()->contentItem());
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
