#include "core/session/ImportDesk.h"

#include "core/base/Machine.h"
#include "core/world/SampleLibrary.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>

#include <algorithm>

namespace moodloom::session {
namespace {

// The folders among `paths` are watched from now on.
Result<QStringList> watch(library::Library &library, const QStringList &paths)
{
    auto watched = library.watchedFolders();
    if (!watched)
        return watched;
    for (const QString &path : paths) {
        const QString folder = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
        const bool covered =
            std::any_of(watched->begin(), watched->end(), [&](const QString &other) {
                return folder == other || folder.startsWith(other + QLatin1Char('/'));
            });
        if (covered || !QFileInfo(folder).isDir())
            continue;
        if (auto ok = library.watchFolder(folder); !ok)
            return fail(ok.error());
        watched->append(folder);
    }
    return watched;
}

Result<void> drawSamples(const ImportTask &task, const ImportDesk::Show &show, std::stop_token stop)
{
    QElapsedTimer clock;
    clock.start();
    const auto drawn = [&show, &clock](int done, int total) {
        const double rate = done / std::max(0.001, double(clock.elapsed()) / 1000);
        ImportStatus status;
        status.running = status.drawing = true;
        status.found = total;
        status.done = done;
        status.perSecond = rate;
        status.secondsLeft = rate > 0 ? (total - done) / rate : -1;
        show(status);
    };
    world::SampleLibraryOptions options;
    options.count = task.sampleCount;
    options.seed = task.sampleSeed;
    const auto summary =
        world::writeSampleLibrary(task.paths.first().toStdString(), options, drawn, stop);
    if (!summary)
        return fail(summary.error());
    return {};
}

ImportStatus statusOf(const library::ImportProgress &progress)
{
    ImportStatus status;
    status.running = true;
    status.current = QFileInfo(progress.currentFile).fileName();
    status.found = progress.counts.found;
    status.done = progress.counts.done;
    status.added = progress.counts.added + progress.counts.updated;
    status.failed = progress.counts.failed;
    status.duplicates = progress.counts.duplicates;
    status.perSecond = progress.perSecond;
    status.secondsLeft = progress.secondsLeft;
    return status;
}

} // namespace

ImportDesk::ImportDesk(QString libraryFolder) : m_folder(std::move(libraryFolder)) {}
ImportDesk::~ImportDesk() = default;

Result<library::Importer *> ImportDesk::open()
{
    if (!m_own) {
        auto opened = library::Library::open(m_folder);
        if (!opened)
            return fail(opened.error());
        m_library = std::move(*opened);
        library::ImportOptions options;
        // One core is left for the interface where there are several.
        options.threads = std::max(1, computeThreads() - 1);
        m_own = std::make_unique<library::Importer>(*m_library, options);
        m_importer = m_own.get();
    }
    return m_own.get();
}

Result<ImportOutcome> ImportDesk::run(const ImportTask &task, const Show &show, std::stop_token stop)
{
    if (task.sampleCount > 0)
        if (auto drawn = drawSamples(task, show, stop); !drawn)
            return fail(drawn.error());
    const auto importer = open();
    if (!importer)
        return fail(importer.error());
    const auto progress = [&](const library::ImportProgress &p) {
        if (!task.isQuiet() || p.counts.added + p.counts.updated > 0)
            show(statusOf(p));
    };
    library::ImportRequest request;
    request.paths = task.paths;
    request.kind = task.kind;
    const auto report = (*importer)->run(request, progress, stop);
    if (!report)
        return fail(report.error());
    // Not what the user stopped: the rest would come by itself later.
    const auto watched =
        watch(*m_library, task.isQuiet() || report->stoppedBy ? QStringList() : task.paths);
    if (!watched)
        return fail(watched.error());
    return ImportOutcome{*report, *watched};
}

bool ImportDesk::pause()
{
    library::Importer *importer = m_importer;
    if (importer)
        importer->pause();
    return importer;
}

void ImportDesk::resume()
{
    if (library::Importer *importer = m_importer)
        importer->resume();
}

} // namespace moodloom::session
