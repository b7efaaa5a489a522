// The settings page, driven with real keys and clicks.
#include "tests/ui/WindowFixture.h"
#include "ui/shell/InterfaceFont.h"
#include "ui/shell/Preferences.h"
#include "ui/shell/Workspace.h"

#include <QDir>
#include <QFontDatabase>
#include <QFontInfo>
#include <QGlyphRun>
#include <QRawFont>
#include <QSettings>
#include <QTextLayout>

using namespace moodloom;
using fake::world;

class SettingsTest : public QObject, protected fake::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("settings")); }

    void init() { openWindow(); }

    void cleanup() { closeWindow(); }

    void theThemeChangesWhileRunningAndIsRemembered()
    {
        m_driver->press(Qt::Key_Comma, Qt::ControlModifier);
        QQuickItem *light = nullptr;
        QTRY_VERIFY((light = m_driver->item(QStringLiteral("lightChoice"))));
        QCOMPARE(m_driver->window()->color(), QColor(0x1b1b1c));
        m_driver->click(light);
        QVERIFY(m_driver->window()->color().lightnessF() > 0.8);
        QCOMPARE(QSettings().value(QStringLiteral("appearance/theme")).toString(),
                 QStringLiteral("Light"));
    }

    // The dialog is the system's own; what it hands over is shown, kept and taken back by a click.
    void anEncoderOfTheUsersOwnCanSearch()
    {
        ui::Preferences *preferences = m_interface->workspace()->preferences();
        m_driver->press(Qt::Key_Comma, Qt::ControlModifier);
        QQuickItem *shown = nullptr;
        QTRY_VERIFY((shown = m_driver->item(QStringLiteral("encoderFolder"))));
        QCOMPARE(shown->property("text").toString(), QStringLiteral("As the model sees"));
        QVERIFY(!m_driver->item(QStringLiteral("encoderReset")));
        QVERIFY(!preferences->isRestartNeeded());

        preferences->setEncoderFolder(QUrl::fromLocalFile(QStringLiteral("/models/clip-vit-b32")));
        QCOMPARE(shown->property("text").toString(), QStringLiteral("/models/clip-vit-b32"));
        QCOMPARE(ui::Preferences::encoderFolder(), QStringLiteral("/models/clip-vit-b32"));
        QVERIFY(preferences->isRestartNeeded());

        QQuickItem *reset = nullptr;
        QTRY_VERIFY((reset = m_driver->item(QStringLiteral("encoderReset"))));
        m_driver->click(reset);
        QVERIFY(ui::Preferences::encoderFolder().isEmpty());
        QVERIFY(!preferences->isRestartNeeded());
    }

    // Also where the system's font has no Chinese, as the usual ones have not.
    void chineseIsDrawnInTheShapesOfMainlandChina()
    {
        const QString family = QStringLiteral("Noto Sans CJK SC");
        if (!QFontDatabase::hasFamily(family))
            QSKIP("There is no font to draw it with.");
        const QFont font = QGuiApplication::font();
        QTextLayout layout(QStringLiteral("骨："), font);
        layout.beginLayout();
        layout.createLine();
        layout.endLayout();
        QVERIFY(!layout.glyphRuns().isEmpty());
        for (const QGlyphRun &run : layout.glyphRuns())
            QCOMPARE(run.rawFont().familyName(), family);
        // Latin stays the system's, but for an interface in Chinese.
        const QFont system = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
        QCOMPARE(QFontInfo(font).family(), QFontInfo(system).family());
        if (!QFontDatabase::writingSystems(QFontInfo(system).family())
                 .contains(QFontDatabase::SimplifiedChinese))
            QCOMPARE(ui::interfaceFont(system, true).families().first(), family);
        // What is typed, too: fields do not take the font of the program by themselves.
        QCOMPARE(m_driver->item(QStringLiteral("promptInput"))
                     ->property("font")
                     .value<QFont>()
                     .families(),
                 font.families());
    }

    void anEffortIsAClick()
    {
        QQuickItem *draft = nullptr;
        QTRY_VERIFY((draft = m_driver->item(QStringLiteral("effort0"))));
        QVERIFY(m_driver->item(QStringLiteral("effort1"))->property("checked").toBool());
        m_driver->click(draft);
        QCOMPARE(m_session->settings().steps, 8);
        QCOMPARE(m_session->settings().sampler, generation::Sampler::UniPc);
        QVERIFY(m_driver->item(QStringLiteral("effort0"))->property("checked").toBool());
        // By keys, too.
        m_driver->item(QStringLiteral("effort2"))->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_Space);
        QCOMPARE(m_session->settings().steps, 40);
        QCOMPARE(m_session->settings().sampler, generation::Sampler::Auto);
    }

    // At once, without starting again.
    void wildcardsCanLieInAFolderOfTheUsersOwn()
    {
        ui::Preferences *preferences = m_interface->workspace()->preferences();
        m_driver->press(Qt::Key_Comma, Qt::ControlModifier);
        QQuickItem *shown = nullptr;
        QTRY_VERIFY((shown = m_driver->item(QStringLiteral("wildcardFolder"))));
        QVERIFY(shown->property("text").toString().endsWith(QStringLiteral("wildcards")));
        QVERIFY(!m_driver->item(QStringLiteral("resetWildcards")));
        preferences->setWildcardFolder(QUrl::fromLocalFile(QStringLiteral("/my/words")));
        QCOMPARE(shown->property("text").toString(), QStringLiteral("/my/words"));
        QCOMPARE(world().wildcardFolder, QStringLiteral("/my/words"));
        QVERIFY(!preferences->isRestartNeeded());
        QQuickItem *reset = nullptr;
        QTRY_VERIFY((reset = m_driver->item(QStringLiteral("resetWildcards"))));
        m_driver->click(reset);
        QVERIFY(world().wildcardFolder.isEmpty());
        QVERIFY(ui::Preferences::wildcardFolder().isEmpty());
    }

    void aFolderIsSharedWithOtherPrograms()
    {
        const QString folder = m_home.filePath(QStringLiteral("shared"));
        QVERIFY(QDir().mkpath(folder));
        m_driver->press(Qt::Key_Comma, Qt::ControlModifier);
        QQuickItem *shown = nullptr;
        QTRY_VERIFY((shown = m_driver->item(QStringLiteral("sharedFolder"))));
        QCOMPARE(shown->property("text").toString(), QStringLiteral("None"));
        QVERIFY(!m_driver->item(QStringLiteral("sharedSavesTakes"))->isEnabled());
        m_interface->workspace()->shared()->setFolder(QUrl::fromLocalFile(folder)); // as the dialog does
        QCOMPARE(shown->property("text").toString(), folder);
        m_driver->click(m_driver->item(QStringLiteral("sharedSavesTakes")));
        m_driver->click(m_driver->item(QStringLiteral("sharedOntoBoard")));
        QCOMPARE(QSettings().value(QStringLiteral("exchange/folder")).toString(), folder);
        QVERIFY(QSettings().value(QStringLiteral("exchange/savesTakes")).toBool());
        QVERIFY(!QSettings().value(QStringLiteral("exchange/ontoBoard")).toBool());

        // A take is saved there, and what another program writes comes in and is told.
        m_session->paint();
        fake::finishTake(m_session.get());
        QTRY_COMPARE(QDir(folder).entryList({QStringLiteral("*.png")}, QDir::Files).size(), 1);
        QVERIFY(fake::picture(Qt::blue, {64, 64}).save(folder + QStringLiteral("/sky.png")));
        QTRY_COMPARE_WITH_TIMEOUT(world().adopted.size(), 1, 20'000);
        QCOMPARE(world().adopted[0].path, folder + QStringLiteral("/sky.png"));
        QVERIFY(m_driver->item(QStringLiteral("toast"))->property("message").toString().contains(QStringLiteral("sky.png")));

        m_driver->click(m_driver->item(QStringLiteral("sharedFolderReset")));
        QCOMPARE(shown->property("text").toString(), QStringLiteral("None"));
        QVERIFY(QSettings().value(QStringLiteral("exchange/folder")).toString().isEmpty());
    }

    void aKeyOfTheBoardIsReassignedInTheSettings()
    {
        board::Board *board = m_session->board();
        const auto note = board->addNote(QStringLiteral("words"), {0, 0});
        m_driver->press(Qt::Key_Comma, Qt::ControlModifier);
        m_driver->settle();
        QQuickItem *button = nullptr;
        QTRY_VERIFY((button = m_driver->item(QStringLiteral("shortcut:board-duplicate"))));
        button->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_Space);
        QCOMPARE(button->property("text").toString(), QStringLiteral("Press the keys"));
        m_driver->press(Qt::Key_L, Qt::ControlModifier); // this is what locks
        QCOMPARE(button->property("text").toString(), QStringLiteral("Ctrl+L"));
        QQuickItem *told = nullptr;
        QTRY_VERIFY((told = m_driver->item(QStringLiteral("shortcutTold"))));
        QVERIFY(told->property("text").toString().contains(QStringLiteral("Lock or unlock")));
        QCOMPARE(m_driver->item(QStringLiteral("shortcut:board-lock"))->property("text").toString(),
                 QStringLiteral("–"));

        m_driver->press(Qt::Key_1, Qt::AltModifier);
        m_driver->settle();
        m_driver->click(m_driver->item(QStringLiteral("boardCanvas")));
        m_driver->press(Qt::Key_L, Qt::ControlModifier);
        QTRY_COMPARE(board->items().size(), 2);
        QVERIFY(!board->item(note)->locked);
        m_driver->press(Qt::Key_D, Qt::ControlModifier); // no longer anything
        QCOMPARE(board->items().size(), 2);
    }

    // Where the desktop has none of its own.
    void fileDialogsFollowTheTheme()
    {
        m_interface->workspace()->actions()->trigger(QStringLiteral("open-board"));
        const auto lightness = [this](const QQuickItem *item, QPointF at) {
            const QPoint place = item->mapToScene(at).toPoint();
            return m_driver->window()->grabWindow().pixelColor(place).lightnessF();
        };
        const auto list = [this] { return m_driver->item(QStringLiteral("fileDialogListView")); };
        // Changed while one is open, and while none is.
        for (const bool dark : {true, false, true}) {
            ui::Theme::instance()->setMode(dark ? ui::Theme::Mode::Dark : ui::Theme::Mode::Light);
            QTRY_COMPARE(m_driver->all(QStringLiteral("fileDialogListView")).size(), 1);
            m_driver->settle();
            const QPointF below(list()->width() / 2, list()->height() - 4);
            QCOMPARE(lightness(list(), below) < 0.3, dark);
            QCOMPARE(lightness(list(), below) > 0.8, !dark);
            const QQuickItem *title = m_driver->item(QStringLiteral("dialogTitleBarLabel"));
            QCOMPARE(lightness(title, {2, 2}) < 0.3, dark);
            QCOMPARE(title->property("color").value<QColor>().lightnessF() > 0.5, dark);
            if (dark)
                continue;
            m_driver->press(Qt::Key_Escape);
            QTRY_VERIFY(!list());
            m_interface->workspace()->actions()->trigger(QStringLiteral("open-board"));
        }
        m_driver->press(Qt::Key_Escape);
    }

    // A button waits for its keys; Return, which presses buttons, is one of them.
    void anyKeyIsRecordedAsAShortcut()
    {
        m_interface->workspace()->setPage(ui::Workspace::Page::Settings);
        QQuickItem *button = nullptr;
        QTRY_VERIFY((button = m_driver->item(QStringLiteral("shortcut:paint"))));
        ui::ActionRegistry *actions = m_interface->workspace()->actions();
        button->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_Space);
        m_driver->press(Qt::Key_Return);
        QCOMPARE(actions->shortcut(QStringLiteral("paint")), QStringLiteral("Return"));
        QTRY_VERIFY(m_driver->item(QStringLiteral("shortcutTold")));
        m_driver->press(Qt::Key_Return);
        m_driver->press(Qt::Key_F8);
        QCOMPARE(actions->shortcut(QStringLiteral("paint")), QStringLiteral("F8"));
    }

    // What names a key names the one that does it.
    void aReassignedKeyIsToldWhereItIsNamed()
    {
        const auto told = [this](const char *name, const char *property) {
            QQuickItem *item = m_driver->item(QLatin1String(name));
            return item ? item->property(property).toString() : QString();
        };
        ui::ActionRegistry *actions = m_interface->workspace()->actions();
        QVERIFY(told("noTakes", "text").contains(QStringLiteral("Ctrl+↵")));
        QCOMPARE(told("historyButton", "shortcut"), QStringLiteral("Ctrl+H"));
        actions->setShortcut(QStringLiteral("paint"), QStringLiteral("F8"));
        actions->setShortcut(QStringLiteral("prompt-history"), QStringLiteral("F9"));
        QVERIFY(told("noTakes", "text").contains(QStringLiteral("F8")));
        QCOMPARE(told("paintButton", "shortcut"), QStringLiteral("F8"));
        QCOMPARE(told("historyButton", "shortcut"), QStringLiteral("F9"));
        actions->setShortcut(QStringLiteral("paint"), {});
        QCOMPARE(told("noTakes", "text"), QStringLiteral("Painted pictures gather here."));
    }
};

QTEST_MAIN(SettingsTest)
#include "SettingsTest.moc"
