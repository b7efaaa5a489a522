// The program: the studio's window, or one command of the command line.
#include "app/cli/Commands.h"
#include "app/Studio.h"
#include "core/base/Machine.h"
#include "core/image/Start.h"
#include "ui/shell/Language.h"

#include <QGuiApplication>

#include <optional>

namespace {

void nameApplication()
{
    QCoreApplication::setApplicationName(QStringLiteral("moodloom"));
    QCoreApplication::setOrganizationName(QStringLiteral("moodloom"));
    QCoreApplication::setApplicationVersion(QStringLiteral(MOODLOOM_VERSION));
}

} // namespace

int main(int argc, char **argv)
{
    moodloom::prepareProcess(argv);
    (void)moodloom::image::startDecoders(); // what does not start is told where a picture is read
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    nameApplication();
    if (moodloom::cli::isCommand(arguments)) {
        // Fonts and vector drawing want a QGuiApplication, but no display.
        qputenv("QT_QPA_PLATFORM", "offscreen");
        QGuiApplication application(argc, argv);
        // The studio's language, or the system's. Programs that read JSON want one language.
        std::optional<moodloom::ui::Language> language;
        if (!arguments.contains(QStringLiteral("--json")))
            language.emplace();
        return moodloom::cli::run(arguments);
    }
    return moodloom::runStudio(argc, argv, arguments);
}
