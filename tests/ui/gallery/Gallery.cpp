// Shows the window in its states and saves it as pictures: to look the interface over, and for the
// docs. The session is a made-up one, so that no model and no library is needed.
//
//   moodloom_ui_gallery FOLDER [--size WxH] [--themes dark,light] [--vision] [--takes FILE]
//                       [--pictures FOLDER] [SCREEN ...]
//   moodloom_ui_gallery --list       the screens
//   moodloom_ui_gallery --captions   those of the docs: NAME, LOOK, CAPTION, with tabs between them
//
// A SCREEN is one of Screens.cpp or states of its own, "found+takes". MOODLOOM_LANGUAGE and
// QT_SCALE_FACTOR choose the rest. --vision adds each picture as people see it who see colours
// differently (ColorVision.h). packaging/screens.sh drives it.
#include "core/base/Paths.h"
#include "tests/support/FileServer.h"
#include "tests/ui/fake/FakeWorld.h"
#include "tests/ui/gallery/ColorVision.h"
#include "tests/ui/gallery/Content.h"
#include "tests/ui/gallery/Screens.h"
#include "tests/ui/gallery/States.h"
#include "ui/shell/Interface.h"
#include "ui/theme/Theme.h"

#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QSettings>
#include <QStandardPaths>
#include <QStyleHints>

#include <cstdio>

using namespace moodloom;

namespace {

struct Shots
{
    QString folder;
    QSize size{1440, 900};
    QStringList themes{QStringLiteral("dark"), QStringLiteral("light")};
    bool vision = false;
    bool chinese = false;
};

// Until four pictures in a row are the same: everything is loaded, laid out and drawn.
QImage settled(const gallery::Stage &stage)
{
    QImage last;
    QElapsedTimer timer;
    timer.start();
    for (int same = 0; same < 3 && timer.elapsed() < 4000;) {
        stage.settle(80);
        QImage now = stage.window.grabWindow();
        same = now == last ? same + 1 : 0;
        last = std::move(now);
    }
    return last;
}

void save(const Shots &shots, const QString &name, const QImage &image)
{
    if (!image.save(shots.folder + QLatin1Char('/') + name + QStringLiteral(".png")))
        std::fprintf(stderr, "gallery: %s cannot be written\n", qPrintable(name));
    if (shots.vision)
        for (const gallery::ColorVision vision : gallery::colorVisions)
            gallery::seenAs(vision, image)
                .save(
                    QStringLiteral("%1/%2-%3.png")
                        .arg(shots.folder, name, QLatin1String(gallery::colorVisionName(vision))));
}

// One screen in each theme, in a window of its own.
bool shoot(const Shots &shots, const QString &name, const QStringList &states, bool emptyLibrary)
{
    QSettings().clear(); // always the same start
    QFile::remove(dataFolder() + QStringLiteral("/download.json"));
    fake::reset(0);
    if (!emptyLibrary)
        fake::world().assets = gallery::assets(shots.chinese);
    ui::Theme::instance()->setMode(shots.themes.first() == QLatin1String("light")
                                       ? ui::Theme::Mode::Light
                                       : ui::Theme::Mode::Dark);
    ui::Theme::instance()->setReducedMotion(true);
    testing::FileServer hub;
    qputenv("HF_ENDPOINT", hub.url().toString().toUtf8());
    session::Session session({});
    ui::Interface interface(&session);
    if (!interface.show())
        return false;
    auto *window = qobject_cast<QQuickWindow *>(interface.engine()->rootObjects().constFirst());
    window->resize(shots.size);
    window->requestActivate();
    const gallery::Stage stage{session, *interface.workspace(), *window, hub, shots.chinese};
    stage.settle(250);
    gallery::Stage acting = stage;
    if (const QString unknown = gallery::enter(acting, states); !unknown.isEmpty()) {
        std::fprintf(stderr, "gallery: there is no state %s\n", qPrintable(unknown));
        return false;
    }
    const QString language = shots.chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
    const double scale = window->devicePixelRatio();
    const QString suffix = scale == 1 ? QString() : QStringLiteral("@%1x").arg(scale);
    for (const QString &theme : shots.themes) {
        ui::Theme::instance()->setMode(theme == QLatin1String("light") ? ui::Theme::Mode::Light
                                                                       : ui::Theme::Mode::Dark);
        save(shots, QStringLiteral("%1-%2-%3%4").arg(name, language, theme, suffix),
             settled(stage));
    }
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setOrganizationName(QStringLiteral("moodloom"));
    QCoreApplication::setApplicationName(QStringLiteral("moodloom-gallery"));
    QStandardPaths::setTestModeEnabled(true);
    for (int i = 1; i < argc; ++i)
        if (const QByteArray argument(argv[i]); argument == "--list" || argument == "--captions") {
            for (const gallery::Screen &screen : gallery::screens())
                if (argument == "--list")
                    std::printf("%s\n", screen.name);
                else if (screen.caption)
                    std::printf("%s\t%s\t%s\n", screen.name, screen.look, screen.caption);
            return 0;
        }
    QGuiApplication application(argc, argv);
    application.setQuitOnLastWindowClosed(false);
    QGuiApplication::styleHints()->setCursorFlashTime(0); // pictures do not depend on the moment

    QCommandLineParser parser;
    parser.addPositionalArgument(QStringLiteral("folder"), QString());
    parser.addOption(
        {QStringLiteral("size"), QString(), QStringLiteral("WxH"), QStringLiteral("1440x900")});
    parser.addOption({QStringLiteral("themes"), QString(), QStringLiteral("names"),
                      QStringLiteral("dark,light")});
    parser.addOption({QStringLiteral("takes"), QString(), QStringLiteral("file")});
    parser.addOption({QStringLiteral("pictures"), QString(), QStringLiteral("folder")});
    parser.addOption(QCommandLineOption(QStringLiteral("vision")));
    parser.process(application);
    QStringList wanted = parser.positionalArguments();
    if (wanted.isEmpty())
        parser.showHelp(2);

    Shots shots;
    shots.folder = wanted.takeFirst();
    QDir().mkpath(shots.folder);
    const QStringList sides = parser.value(QStringLiteral("size")).split(QLatin1Char('x'));
    shots.size = {sides.value(0).toInt(), sides.value(1).toInt()};
    shots.themes = parser.value(QStringLiteral("themes")).split(QLatin1Char(','));
    shots.vision = parser.isSet(QStringLiteral("vision"));
    shots.chinese = qgetenv("MOODLOOM_LANGUAGE") == "zh_CN";
    gallery::setTakesFile(parser.value(QStringLiteral("takes")));
    if (parser.isSet(QStringLiteral("pictures")))
        gallery::setFolder(parser.value(QStringLiteral("pictures")));

    const bool everything = wanted.isEmpty();
    bool all = true;
    for (const gallery::Screen &screen : gallery::screens())
        if (everything || wanted.removeAll(QString::fromLatin1(screen.name)) > 0)
            all &= shoot(shots, QString::fromLatin1(screen.name), screen.stateNames(),
                         screen.emptyLibrary);
    for (const QString &own : std::as_const(wanted))
        all &= shoot(shots, own, own.split(QLatin1Char('+')), false);
    return all ? 0 : 1;
}
