#include "core/library/ImportRun.h"

#include "core/library/Recorder.h"

#include <thread>

namespace moodloom::library {
namespace {

constexpr size_t kBatch = 64;
constexpr auto kPatience = std::chrono::milliseconds(100);

void add(ImportCounts &sum, const ImportCounts &batch)
{
    sum.done += batch.done;
    sum.added += batch.added;
    sum.updated += batch.updated;
    sum.moved += batch.moved;
    sum.duplicates += batch.duplicates;
    sum.unchanged += batch.unchanged;
    sum.failed += batch.failed;
}

qint64 &countOf(ImportCounts &counts, Recorded recorded)
{
    switch (recorded) {
    case Recorded::Added:
        return counts.added;
    case Recorded::Updated:
        return counts.updated;
    case Recorded::Moved:
        return counts.moved;
    case Recorded::Duplicate:
        return counts.duplicates;
    case Recorded::Unchanged:
        break;
    }
    return counts.unchanged;
}

} // namespace

ActiveClock::ActiveClock(const PauseGate &gate)
    : m_gate(gate), m_start(PauseGate::Clock::now()), m_closedBefore(gate.closedFor())
{
}

double ActiveClock::seconds() const
{
    const auto active = PauseGate::Clock::now() - m_start - (m_gate.closedFor() - m_closedBefore);
    return std::chrono::duration<double>(active).count();
}

void ActiveClock::estimate(ImportProgress &progress, qint64 done, qint64 left) const
{
    const double passed = seconds();
    progress.perSecond = passed > 0 ? double(done) / passed : 0;
    progress.secondsLeft = !progress.scanning && progress.perSecond > 0
                               ? double(std::max<qint64>(0, left)) / progress.perSecond
                               : -1;
}

ImportRun::ImportRun(Library &library, const image::ThumbnailStore &thumbnails, int threads,
                     PauseGate &gate)
    : m_library(library), m_thumbnails(thumbnails), m_threads(threads), m_gate(gate)
{
}

void ImportRun::halt(const Error &why)
{
    if (!m_report.stoppedBy)
        m_report.stoppedBy = why;
    m_halt.request_stop();
}

// Finds files and sends those that were imported before past the decoders.
void ImportRun::scan(const ImportRequest &request)
{
    const auto library = Library::open(m_library.folder(), Library::Mode::ReadOnly);
    const auto stop = m_halt.get_token();
    const auto found = [&](const ScannedFile &file) {
        ++m_found;
        auto state = FileState::Unknown;
        if (library)
            state = FileIndex(**library).state(file.path, file.stamp).value_or(FileState::Unknown);
        if (state == FileState::Unwanted && request.kind == ImportKind::OnPurpose)
            state = FileState::Unknown;
        if (state == FileState::Unknown) {
            m_files.push(file, stop);
            return;
        }
        Outcome outcome{file, PictureFile{}};
        outcome.unchanged = state != FileState::Failed;
        outcome.failedBefore = state == FileState::Failed;
        m_outcomes.push(std::move(outcome));
    };
    const auto failed = [&](const QString &path, const Error &error) {
        if (request.kind == ImportKind::Rescan && error.code == ErrorCode::NotFound)
            return; // findGone() sees to it
        ++m_found;
        m_outcomes.push({{path, {}}, fail(error)});
    };
    scanForPictures(request.paths, {found, failed, [&] { ++m_ignored; }}, stop);
    m_scanning = false;
    m_files.close();
}

void ImportRun::decode()
{
    const auto stop = m_halt.get_token();
    const auto library = Library::open(m_library.folder(), Library::Mode::ReadOnly);
    const auto isKnown = [&](const QString &hash) {
        return library && (*library)->assetByHash(hash).has_value();
    };
    while (auto file = m_files.pop(stop)) {
        m_gate.pass(stop);
        if (stop.stop_requested())
            return;
        try {
            m_outcomes.push({*file, inspectPicture(*file, m_thumbnails, isKnown)});
        } catch (const std::bad_alloc &) {
            m_outcomes.push({*file, fail(ErrorCode::OutOfMemory, file->path.toStdString(),
                                         "not enough memory for the picture")});
        }
    }
}

Result<ImportCounts> ImportRun::recordBatch(const std::vector<Outcome> &batch)
{
    ImportCounts counts;
    Recorder recorder(m_library);
    FileIndex files(m_library);
    const auto done = m_library.transaction([&]() -> Result<void> {
        for (const Outcome &outcome : batch) {
            ++counts.done;
            if (outcome.unchanged) {
                ++counts.unchanged;
            } else if (outcome.failedBefore) {
                ++counts.failed;
            } else if (!outcome.picture) {
                if (outcome.picture.error().code == ErrorCode::DiskFull)
                    return fail(outcome.picture.error());
                ++counts.failed;
                if (auto ok = files.recordFailure(outcome.file.path, outcome.file.stamp,
                                                  outcome.picture.error());
                    !ok)
                    return ok;
            } else {
                const auto recorded = recorder.record(outcome.file, *outcome.picture);
                if (!recorded)
                    return fail(recorded.error());
                ++countOf(counts, *recorded);
            }
        }
        return {};
    });
    if (!done)
        return fail(done.error());
    return counts;
}

void ImportRun::findGone(const ImportRequest &request)
{
    FileIndex files(m_library);
    for (const QString &path : request.paths) {
        const auto missing = files.forgetGone(path);
        if (!missing) {
            halt(missing.error());
            return;
        }
        m_report.counts.missing += *missing;
    }
}

ImportReport ImportRun::run(const ImportRequest &request,
                            const std::function<void(const ImportProgress &)> &progress,
                            std::stop_token stop)
{
    const std::stop_callback forward(stop, [this] { m_halt.request_stop(); });
    const ActiveClock clock(m_gate);
    for (const QString &path : request.paths)
        if (auto ok = FileIndex(m_library).forgetPassingFailures(path); !ok)
            halt(ok.error());
    std::vector<std::jthread> threads;
    m_producers = m_threads + 1;
    const auto produce = [this](auto work) {
        work();
        if (--m_producers == 0)
            m_outcomes.close();
    };
    threads.emplace_back([&] { produce([&] { scan(request); }); });
    for (int i = 0; i < m_threads; ++i)
        threads.emplace_back([&] { produce([&] { decode(); }); });

    ImportProgress state;
    while (!m_outcomes.finished()) {
        const auto batch = m_outcomes.popBatch(kBatch, kPatience);
        if (!batch.empty() && !m_report.stoppedBy) {
            const auto counts = recordBatch(batch);
            if (counts)
                add(m_report.counts, *counts);
            else
                halt(counts.error());
            state.currentFile = batch.back().file.path;
        }
        m_report.counts.found = m_found;
        m_report.counts.ignored = m_ignored;
        state.counts = m_report.counts;
        state.scanning = m_scanning;
        state.paused = m_gate.isClosed();
        clock.estimate(state, state.counts.done, state.counts.found - state.counts.done);
        if (progress)
            progress(state);
    }
    threads.clear();
    if (stop.stop_requested())
        halt({ErrorCode::Cancelled, {}, {}});
    if (request.kind == ImportKind::Rescan && !m_report.stoppedBy)
        findGone(request);
    m_report.seconds = clock.seconds();
    return m_report;
}

} // namespace moodloom::library
