#include "core/session/Painter.h"

#include "core/base/Machine.h"
#include "core/base/Worker.h"
#include "core/generation/Generator.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QPointer>

#include <deque>
#include <mutex>

namespace moodloom::session {

using generation::Recipe;
using generation::StepInfo;
using generation::Take;

namespace {

// The newest step of the running job, handed from the painting thread to the UI thread. A step that
// the UI has not fetched yet is replaced, but its preview is kept when the newer one has none.
class LatestStep
{
public:
    // True when the UI thread has to be woken.
    bool put(const StepInfo &info)
    {
        const std::lock_guard lock(m_mutex);
        const QImage preview = info.preview.isNull() ? m_step.preview : info.preview;
        m_step = info;
        m_step.preview = preview;
        return !std::exchange(m_pending, true);
    }
    StepInfo take()
    {
        const std::lock_guard lock(m_mutex);
        m_pending = false;
        StepInfo step = m_step;
        m_step.preview = {};
        return step;
    }

private:
    std::mutex m_mutex;
    StepInfo m_step;
    bool m_pending = false;
};

struct Job
{
    QString id;
    Recipe recipe;
};

} // namespace

struct Painter::Private
{
    // Declared before the Worker: its thread uses it until it is joined.
    generation::Generator generator;
    Worker device{QStringLiteral("device"), [] {
                      yieldToInterface();
                      useComputeThreads();
                  }};
    std::deque<Job> queue;
    QString current;
    StepInfo step;
    std::stop_source stop;
    QElapsedTimer clock;     // since the running job's first step
    double secondsPerStep = -1;
};

Painter::Painter(QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    qRegisterMetaType<moodloom::Error>();
    qRegisterMetaType<moodloom::generation::Take>();
    qRegisterMetaType<moodloom::generation::StepInfo>();
}

Painter::~Painter()
{
    d->queue.clear();
    d->stop.request_stop();
}

QString Painter::newJob()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

void Painter::paint(const QString &job, const Recipe &recipe)
{
    d->queue.push_back({job, recipe});
    if (d->current.isEmpty())
        startNext();
    else
        Q_EMIT queueChanged();
}

void Painter::startNext()
{
    d->current.clear();
    d->step = {};
    if (d->queue.empty()) {
        Q_EMIT queueChanged();
        return;
    }
    const Job job = d->queue.front();
    d->queue.pop_front();
    d->current = job.id;
    d->step.total = job.recipe.steps;
    d->stop = {};
    Q_EMIT queueChanged();

    auto latest = std::make_shared<LatestStep>();
    const QPointer<Painter> self(this);
    const auto sink = [self, latest, id = job.id](const StepInfo &info) {
        if (latest->put(info))
            QMetaObject::invokeMethod(
                self.data(),
                [self, latest, id] {
                    if (self)
                        self->showStep(id, latest->take());
                },
                Qt::QueuedConnection);
    };
    auto *generator = &d->generator;
    auto future = d->device.run(
        [generator, recipe = job.recipe, sink](std::stop_token stop) {
            return generator->paint(recipe, sink, stop);
        },
        d->stop.get_token());
    auto *watcher = new QFutureWatcher<Result<Take>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, id = job.id] {
        watcher->deleteLater();
        finish(id, watcher->result());
    });
    watcher->setFuture(future);
}

void Painter::showStep(const QString &job, const StepInfo &info)
{
    if (job != d->current)
        return; // it ended while this was on its way
    if (info.step <= 1 || !d->clock.isValid())
        d->clock.start();
    else
        d->secondsPerStep = double(d->clock.elapsed()) / 1000.0 / (info.step - 1);
    const QImage preview = info.preview.isNull() ? d->step.preview : info.preview;
    d->step = info;
    d->step.preview = preview;
    Q_EMIT stepped(job, info);
}

void Painter::finish(const QString &job, const Result<Take> &result)
{
    d->clock.invalidate();
    if (result)
        Q_EMIT finished(job, *result);
    else if (result.error().code == ErrorCode::Cancelled)
        Q_EMIT cancelled(job);
    else
        Q_EMIT failed(job, result.error());
    startNext();
}

void Painter::cancel(const QString &job)
{
    if (job == d->current) {
        d->stop.request_stop();
        return;
    }
    const auto found = std::find_if(d->queue.begin(), d->queue.end(),
                                    [&](const Job &waiting) { return waiting.id == job; });
    if (found == d->queue.end())
        return;
    d->queue.erase(found);
    Q_EMIT cancelled(job);
    Q_EMIT queueChanged();
}

void Painter::cancelAll()
{
    const auto waiting = std::exchange(d->queue, {});
    for (const Job &job : waiting)
        Q_EMIT cancelled(job.id);
    if (!d->current.isEmpty())
        d->stop.request_stop();
    Q_EMIT queueChanged();
}

void Painter::setPreviewDecoders(const QStringList &paths)
{
    d->device.run([generator = &d->generator, paths](std::stop_token) {
        generator->setPreviewDecoders(paths);
    });
}

bool Painter::isBusy() const
{
    return !d->current.isEmpty();
}

int Painter::waiting() const
{
    return int(d->queue.size());
}

const QString &Painter::current() const
{
    return d->current;
}

const StepInfo &Painter::step() const
{
    return d->step;
}

double Painter::secondsLeft() const
{
    if (d->current.isEmpty() || d->secondsPerStep < 0)
        return -1;
    int steps = d->step.total - d->step.step;
    for (const Job &job : d->queue)
        steps += job.recipe.steps;
    return steps * d->secondsPerStep;
}

} // namespace moodloom::session
