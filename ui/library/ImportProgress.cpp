#include "ui/library/ImportProgress.h"

#include "core/session/LibraryService.h"
#include "ui/controls/Format.h"

#include <QStringList>

namespace moodloom::ui {

using session::ImportStatus;
using session::LibraryService;

ImportProgress::ImportProgress(LibraryService *library, QObject *parent)
    : QObject(parent), m_library(library)
{
    connect(library, &LibraryService::importStatusChanged, this, &ImportProgress::changed);
}

bool ImportProgress::isRunning() const
{
    return m_library->importStatus().running;
}

bool ImportProgress::isPaused() const
{
    return m_library->importStatus().paused;
}

double ImportProgress::share() const
{
    const ImportStatus &status = m_library->importStatus();
    return status.found > 0 ? double(status.done) / double(status.found) : 0;
}

QString ImportProgress::text() const
{
    const ImportStatus &status = m_library->importStatus();
    if (!status.running)
        return {};
    if (status.found == 0)
        return tr("Looking for pictures");
    const QString done = Format::number(double(status.done));
    const QString found = Format::number(double(status.found));
    const QString doing = status.paused      ? tr("Paused at %1 of %2")
                          : status.drawing   ? tr("Drawing %1 of %2")
                          : status.embedding ? tr("Understanding %1 of %2")
                                             : tr("Indexing %1 of %2");
    QStringList parts{doing.arg(done, found)};
    if (!status.paused && status.perSecond > 0)
        parts << tr("%1 a second").arg(
            Format::number(status.perSecond, status.perSecond < 10 ? 1 : 0));
    if (!status.paused && status.secondsLeft >= 0)
        parts << tr("%1 left").arg(Format::duration(status.secondsLeft));
    if (status.failed > 0)
        parts << tr("%n failed", nullptr, int(status.failed));
    return parts.join(QStringLiteral(" · "));
}

QString ImportProgress::current() const
{
    return m_library->importStatus().current;
}

void ImportProgress::pause()
{
    m_library->pauseImport();
}

void ImportProgress::resume()
{
    m_library->resumeImport();
}

void ImportProgress::cancel()
{
    m_library->cancelImport();
}

} // namespace moodloom::ui
