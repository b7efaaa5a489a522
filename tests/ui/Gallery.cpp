// Shows the window in a chosen state and saves it as a picture: to look at the interface without a
// model or a library.
//
//   moodloom_ui_gallery OUT.png [WIDTH HEIGHT] [STATE ...]
//   STATE: light, empty, found, painting, takes, viewer, library, importing, settings, palette, export, error
#include "tests/ui/fake/FakeWorld.h"
#include "ui/shell/Interface.h"
#include "ui/theme/Theme.h"

#include <QGuiApplication>
#include <QQuickWindow>
#include <QSettings>
#include <QStandardPaths>
#include <QTimer>

using namespace moodloom;

static void show(const QString &state, session::Session &session, ui::Workspace &workspace)
{
    fake::World &w = fake::world();
    const bool chinese = workspace.language()->current() == QLatin1String("zh_CN");
    if (state == QLatin1String("light")) {
        ui::Theme::instance()->setMode(ui::Theme::Mode::Light);
    } else if (state == QLatin1String("found")) {
        session.finder()->setPrompt(chinese ? QStringLiteral("大众揽巡,长城,at sunset")
                                            : QStringLiteral("a Talagon SUV,the Great Wall,at sunset"));
        session.find();
        session.finder()->setState(2, retrieval::ReferenceState::Pinned);
        session.finder()->setWeight(3, 1.4);
        workspace.references()->select(2);
    } else if (state == QLatin1String("painting")) {
        session.paint();
        session.paint();
        for (int i = 0; i < 14; ++i)
            fake::stepOnce(&session);
    } else if (state == QLatin1String("takes")) {
        for (int i = 0; i < 7; ++i) {
            session.paint();
            fake::finishTake(&session);
        }
        session.starTake(w.takes[3].id, true);
    } else if (state == QLatin1String("viewer")) {
        workspace.actions()->trigger(QStringLiteral("view-take"));
    } else if (state == QLatin1String("library")) {
        workspace.setPage(ui::Workspace::Page::Library);
    } else if (state == QLatin1String("importing")) {
        w.import.running = true;
        w.import.current = QStringLiteral("IMG_2041.jpg");
        w.import.found = 18930;
        w.import.done = 1204;
        w.import.failed = 2;
        w.import.perSecond = 212.4;
        w.import.secondsLeft = 79.4;
        w.failures = {{QStringLiteral("/pictures/broken.jpg"), QStringLiteral("broken.jpg is damaged.")},
                      {QStringLiteral("/pictures/empty.png"), QStringLiteral("empty.png is damaged.")}};
        Q_EMIT session.library()->importStatusChanged();
        workspace.library()->failures()->refresh();
    } else if (state == QLatin1String("settings")) {
        workspace.setPage(ui::Workspace::Page::Settings);
    } else if (state == QLatin1String("palette") || state == QLatin1String("export")) {
        workspace.actions()->trigger(state);
    } else if (state == QLatin1String("error")) {
        Q_EMIT session.failed({ErrorCode::Corrupt, "unet/diffusion_pytorch_model.safetensors",
                               "The tensor conv_in.weight should be [320, 4, 3, 3]."});
    }
}

int main(int argc, char **argv)
{
    QCoreApplication::setOrganizationName(QStringLiteral("moodloom"));
    QCoreApplication::setApplicationName(QStringLiteral("moodloom-gallery"));
    QStandardPaths::setTestModeEnabled(true);
    QGuiApplication application(argc, argv);
    QStringList arguments = application.arguments().mid(1);
    const QString out = arguments.takeFirst();
    QSize size(1440, 900);
    if (arguments.size() >= 2 && arguments[0].toInt() > 0)
        size = {arguments.takeFirst().toInt(), arguments.takeFirst().toInt()};

    QSettings().clear(); // always the same start
    fake::reset(arguments.contains(QLatin1String("empty")) ? 0 : 90);
    session::Session session({});
    ui::Interface interface(&session);
    if (!interface.show())
        return 1;
    auto *window = qobject_cast<QQuickWindow *>(interface.engine()->rootObjects().constFirst());
    window->resize(size);
    QTimer::singleShot(400, window, [&] {
        for (const QString &state : std::as_const(arguments))
            show(state, session, *interface.workspace());
    });
    QTimer::singleShot(1800, window, [&] {
        window->grabWindow().save(out);
        QCoreApplication::quit();
    });
    return application.exec();
}
