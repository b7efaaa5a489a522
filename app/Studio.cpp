#include "app/Studio.h"

#include "core/session/Session.h"
#include "ui/shell/Interface.h"
#include "ui/shell/Language.h"
#include "ui/shell/Preferences.h"

#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>

#include <cstdio>

namespace moodloom {

int runStudio(int &argc, char **argv, const QStringList &arguments)
{
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
        qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        const QCoreApplication application(argc, argv);
        const ui::Language language;
        const QString text = QCoreApplication::translate(
            "CommandLine",
            "there is no display to open a window on. The same work can be done from here: "
            "see moodloom --help");
        std::fprintf(stderr, "moodloom: %s\n", text.toUtf8().constData());
        return 1;
    }
    QGuiApplication application(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Moodloom"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.moodloom.Moodloom"));

    // Before the first worker asks how many threads there are.
    if (const int threads = ui::Preferences::threads(); threads > 0 && !qEnvironmentVariableIsSet("MOODLOOM_THREADS"))
        qputenv("MOODLOOM_THREADS", QByteArray::number(threads));
    // Before the window remembers its own.
    QStringList boards = ui::Preferences::openBoards();
    QString shown = ui::Preferences::shownBoard();
    session::Session::Options options;
    options.libraryFolder = ui::Preferences::libraryFolder();
    options.modelFolder = ui::Preferences::modelFolder();
    options.encoderFolder = ui::Preferences::encoderFolder();
    options.wildcardFolder = ui::Preferences::wildcardFolder();
    session::Session session(options);
    ui::Interface interface(&session);
    if (!interface.show())
        return 1;
    if (!arguments.isEmpty())
        boards.append(shown = QFileInfo(arguments.first()).absoluteFilePath());
    if (!boards.isEmpty())
        session.openBoards(boards, shown);
    else
        session.resume();
    return QGuiApplication::exec();
}

} // namespace moodloom
