#include "core/session/Teacher.h"

#include "core/base/Machine.h"
#include "core/base/Paths.h"
#include "core/base/Worker.h"
#include "core/session/TaughtFolder.h"
#include "core/session/TaughtSamples.h"
#include "core/training/FineTuning.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>

#include <algorithm>
#include <stop_token>

namespace moodloom::session {

using Phase = TeachState::Phase;

namespace {

constexpr qsizetype kCurvePoints = 1024; // more are no picture any more

// Every second point of a curve that has grown too long.
void thin(QVector<QPointF> &curve)
{
    if (curve.size() < kCurvePoints)
        return;
    QVector<QPointF> kept;
    for (qsizetype i = 0; i < curve.size(); i += 2)
        kept.append(curve[i]);
    curve = kept;
}

double meanOf(const training::CurveRow &row, const char *name)
{
    const auto found = row.means.find(name);
    return found == row.means.end() ? 0 : found->second;
}

// What the model is taught by, and where it goes.
training::FineTuningOptions optionsOf(const TeachRequest &request)
{
    training::FineTuningOptions options;
    options.model = (request.model.isEmpty() ? builtInModelFolder() : request.model).toStdString();
    options.tokenizer = tokenizerFolder().toStdString();
    options.out = request.out.toStdString();
    options.resume = request.goOn;
    options.adapter = request.adapter;
    options.minutes = request.minutes;
    options.title = QFileInfo(request.out).completeBaseName().toStdString();
    options.version = QCoreApplication::applicationVersion().toStdString();
    return options;
}

Result<QString> samplesFolderOf(const QString &out)
{
    const QString folder = QString::fromStdString(training::trainingFolderOf(out.toStdString())) +
                           QStringLiteral("/samples");
    if (!QDir().mkpath(QFileInfo(out).path()))
        return fail(ErrorCode::Unreadable, QFileInfo(out).path().toStdString(),
                    "the folder cannot be made; choose another one or change its permissions");
    return folder;
}

} // namespace

struct Teacher::Private
{
    TeachState state;
    std::stop_source stop;
    Worker worker{QStringLiteral("teacher"), [] {
                      useComputeThreads();
                      yieldToInterface();
                  }};
};

Teacher::Teacher(QObject *parent) : QObject(parent), d(std::make_unique<Private>()) {}

Teacher::~Teacher()
{
    d->stop.request_stop();
    d.reset(); // joins: nothing speaks to this after it
}

const TeachState &Teacher::state() const
{
    return d->state;
}

bool Teacher::isBusy() const
{
    return d->state.phase >= Phase::Reading && d->state.phase <= Phase::Stopping;
}

bool Teacher::canGoOn(const QString &out)
{
    const QString folder = QString::fromStdString(training::trainingFolderOf(out.toStdString()));
    return !QDir(folder).entryList({QStringLiteral("*.safetensors")}, QDir::Files).isEmpty();
}

// From the worker: changes the state on the UI thread.
template <class Change> void Teacher::later(Change change)
{
    QMetaObject::invokeMethod(
        this,
        [this, change] {
            change(d->state);
            Q_EMIT changed();
        },
        Qt::QueuedConnection);
}

void Teacher::start(const TeachRequest &request)
{
    if (isBusy())
        return;
    d->state = {};
    d->state.phase = Phase::Reading;
    d->stop = std::stop_source();
    Q_EMIT changed();

    const auto job = [this, request, stop = d->stop.get_token()](
                         std::stop_token) -> Result<training::FineTuningReport> {
        const auto pictures = TaughtFolder::open(
            request.folder,
            [this](const Error &) { later([](TeachState &state) { ++state.leftOut; }); }, stop);
        if (!pictures)
            return fail(pictures.error());
        const auto samples = samplesFolderOf(request.out);
        if (!samples)
            return fail(samples.error());
        later([count = int(pictures->size()), captioned = pictures->captioned()](TeachState &s) {
            s.phase = s.phase == Phase::Stopping ? s.phase : Phase::Loading;
            s.pictures = count;
            s.captioned = captioned;
        });
        training::FineTuningOptions options = optionsOf(request);
        options.words = pictures->words();
        options.stop = stop;
        options.onLoad = [this](const std::string &, double share) {
            later([share](TeachState &state) { state.share = share; });
        };
        QElapsedTimer since;
        options.onRow = [this, &since, minutes = request.minutes](const training::CurveRow &row) {
            if (!since.isValid())
                since.start();
            const double share = double(since.elapsed()) / (minutes * 60'000);
            later([row, share](TeachState &state) {
                state.phase = state.phase == Phase::Stopping ? state.phase : Phase::Teaching;
                state.share = std::clamp(share, 0.0, 1.0);
                state.step = row.step;
                state.samplesPerSecond = row.samplesPerSecond;
                state.curve.append({double(row.step), meanOf(row, "same_noise")});
                thin(state.curve);
            });
        };
        options.onSamples = [this, folder = *samples, preview = previewFileOf(request.out)](
                                int64_t step,
                                const std::vector<training::Picture> &painted) -> Result<void> {
            if (!QDir().mkpath(folder))
                return fail(ErrorCode::Unreadable, folder.toStdString(),
                            "the folder cannot be made; is the disk full?");
            const auto files = writeTaughtSamples(folder, preview, step, painted);
            if (!files)
                return fail(files.error());
            later([files = *files](TeachState &state) {
                state.phase = state.phase == Phase::Stopping ? state.phase : Phase::Teaching;
                state.samples = files;
            });
            return {};
        };
        return training::fineTune(*pictures, options);
    };
    d->worker.run(job, d->stop.get_token())
        .then(this, [this](const Result<training::FineTuningReport> &report) {
            TeachState state = d->state;
            if (!report) {
                const bool wanted = report.error().code == ErrorCode::Cancelled;
                state.phase = wanted ? Phase::Stopped : Phase::Failed;
                if (!wanted)
                    state.error = report.error();
            } else {
                const bool nothing = report->lora.empty();
                state.phase = report->stopped || nothing ? Phase::Stopped : Phase::Finished;
                state.step = report->steps;
                state.lora = QString::fromStdString(report->lora);
                state.adapter = QString::fromStdString(report->adapter);
            }
            end(state);
        });
}

void Teacher::stop()
{
    if (!isBusy() || d->state.phase == Phase::Stopping)
        return;
    d->stop.request_stop();
    d->state.phase = Phase::Stopping;
    Q_EMIT changed();
}

void Teacher::end(const TeachState &state)
{
    d->state = state;
    Q_EMIT changed();
    if (!state.lora.isEmpty())
        Q_EMIT finished(state.lora);
}

} // namespace moodloom::session
