#include "app/Studio.h"

#include "core/session/Session.h"
#include "ui/shell/Interface.h"

#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QSettings>

#include <cstdio>

namespace moodloom {

int runStudio(int &argc, char **argv, const QStringList &arguments)
{
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
        qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        std::fprintf(stderr, "moodloom: there is no display to open a window on. The same work can be done "
                             "from here: see moodloom --help\n");
        return 1;
    }
    QGuiApplication application(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Moodloom"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.moodloom.Moodloom"));

    const QSettings settings;
    session::Session::Options options;
    options.libraryFolder = settings.value(QStringLiteral("library/folder")).toString();
    options.modelFolder = settings.value(QStringLiteral("model/folder")).toString();
    session::Session session(options);
    ui::Interface interface(&session);
    if (!interface.show())
        return 1;
    if (arguments.isEmpty())
        session.resume();
    else
        session.openBoard(QFileInfo(arguments.first()).absoluteFilePath());
    return QGuiApplication::exec();
}

} // namespace moodloom
