#include "core/download/Downloads.h"

#include "core/download/Staging.h"

#include "core/download/FetchMemory.h"

#include <QPointer>
#include <QProcessEnvironment>

namespace moodloom::download {

template <class Job> void Downloads::onNetwork(Job job)
{
    QMetaObject::invokeMethod(m_fetcher, std::move(job), Qt::QueuedConnection);
}

Downloads::Downloads(Options options, TokenStore *tokens, QObject *parent)
    : QObject(parent), m_memory(options.memory), m_tokens(tokens),
      m_fetcher(new Fetcher(options.fetcher)), m_folder(options.folder)
{
    m_thread.setObjectName(QStringLiteral("network"));
    m_fetcher->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_fetcher, &QObject::deleteLater);
    connect(m_fetcher, &Fetcher::planned, this, &Downloads::takePlan);
    connect(m_fetcher, &Fetcher::fetched, this, &Downloads::takeFetched);
    connect(m_fetcher, &Fetcher::progressed, this, [this](const FetchProgress &progress) {
        if (m_state != State::Fetching || m_fetchesToCome != 1)
            return;
        m_progress = progress;
        Q_EMIT progressChanged();
    });
    m_thread.start();
    recall();
}

Downloads::~Downloads()
{
    m_stop.request_stop();
    onNetwork([fetcher = m_fetcher] { fetcher->stop(); });
    m_thread.quit();
    m_thread.wait();
}

void Downloads::recall()
{
    onNetwork([this, memory = m_memory] {
        const auto begun = recallBegun(memory);
        if (!begun)
            return;
        const qint64 bytes = stagedBytes(begun->plan, begun->folder);
        const auto show = [this, begun, bytes] {
            if (m_state != State::Idle || m_plan)
                return;
            m_plan = begun->plan;
            Q_EMIT planChanged();
            m_folder = begun->folder;
            m_progress.bytes = bytes;
            m_progress.total = m_plan->bytes();
            m_progress.files = int(m_plan->files.size());
            set(State::Paused);
            askFree();
            Q_EMIT progressChanged();
        };
        QMetaObject::invokeMethod(this, show, Qt::QueuedConnection);
    });
}

void Downloads::set(State state, std::optional<Error> error)
{
    m_state = state;
    m_error = std::move(error);
    if (m_error && m_error->code == ErrorCode::Cancelled)
        m_error.reset();
    Q_EMIT changed();
}

void Downloads::withToken(std::function<void(const QString &)> go)
{
    const QString given = tokenOfEnvironment();
    if (!given.isEmpty() || !m_tokens->isKept()) {
        go(given);
        return;
    }
    // A keyring that stays closed is no reason to stop: most models need no token, and where one is
    // needed the server's answer says so.
    m_tokens->read([this, self = QPointer<Downloads>(this), step = m_step,
                    go = std::move(go)](const Result<QString> &token) {
        if (self && step == m_step)
            go(token.value_or(QString()));
    });
}

void Downloads::askFree()
{
    onNetwork([this, fetcher = m_fetcher, folder = m_folder] {
        const qint64 free = fetcher->freeBytes(folder);
        const auto show = [this, folder, free] {
            if (folder != m_folder || free == m_free)
                return;
            m_free = free;
            Q_EMIT changed();
        };
        QMetaObject::invokeMethod(this, show, Qt::QueuedConnection);
    });
}

void Downloads::lookUp(const QString &text, const QString &sha256)
{
    const QUrl endpoint = m_fetcher->endpoint();
    const auto request = parseRequest(text, sha256, endpoint);
    m_plan.reset();
    Q_EMIT planChanged();
    m_path.clear();
    m_progress = {};
    ++m_step;
    if (!request) {
        set(State::Idle, request.error());
        return;
    }
    set(State::LookingUp);
    withToken([this, request = *request](const QString &token) {
        ++m_plansToCome;
        onNetwork([fetcher = m_fetcher, request, token] { fetcher->lookUp(request, token); });
    });
}

void Downloads::takePlan(const PlanAnswer &answer)
{
    const Result<Plan> &plan = answer.plan;
    if (--m_plansToCome > 0 || m_state != State::LookingUp)
        return;
    if (!plan) {
        set(State::Idle, plan.error());
        return;
    }
    m_plan = *plan;
    Q_EMIT planChanged();
    set(State::Planned);
    askFree();
}

void Downloads::setFolder(const QString &folder)
{
    if (m_state == State::Fetching || folder == m_folder)
        return;
    m_folder = folder;
    m_free = -1;
    // Bytes that wait in the other folder are of no use here.
    set(m_state == State::Paused ? State::Planned : m_state);
    askFree();
}

void Downloads::start()
{
    if (!m_plan || (m_state != State::Planned && m_state != State::Paused))
        return;
    ++m_step;
    m_stop = {};
    m_progress.rate = 0;
    m_progress.secondsLeft = -1;
    m_progress.total = m_plan->bytes();
    m_progress.files = int(m_plan->files.size());
    set(State::Fetching);
    Q_EMIT progressChanged();
    withToken([this](const QString &token) {
        ++m_fetchesToCome;
        onNetwork([fetcher = m_fetcher, begun = Begun{*m_plan, m_folder}, memory = m_memory, token,
                   stop = m_stop.get_token()] {
            (void)keepBegun(memory, begun); // without it only the next start does not know of it
            fetcher->fetch(begun.plan, begun.folder, token, stop);
        });
    });
}

void Downloads::takeFetched(const FetchAnswer &answer)
{
    const Result<QString> &path = answer.path;
    if (--m_fetchesToCome > 0 || !m_plan ||
        (m_state != State::Fetching && m_state != State::Paused))
        return;
    if (!path) {
        set(State::Paused, path.error());
        askFree();
        return;
    }
    onNetwork([memory = m_memory] { forgetBegun(memory); });
    m_path = *path;
    m_progress.bytes = m_progress.total;
    set(State::Finished);
    Q_EMIT progressChanged();
    Q_EMIT finished(m_path, m_folder);
}

void Downloads::pause()
{
    if (m_state != State::Fetching)
        return;
    ++m_step;
    m_stop.request_stop();
    onNetwork([fetcher = m_fetcher] { fetcher->stop(); });
    set(State::Paused);
}

void Downloads::cancel()
{
    ++m_step;
    m_stop.request_stop();
    onNetwork([fetcher = m_fetcher, plan = m_plan, folder = m_folder, memory = m_memory] {
        fetcher->stop();
        if (plan)
            discardStaged(*plan, folder);
        forgetBegun(memory);
    });
    m_plan.reset();
    Q_EMIT planChanged();
    m_path.clear();
    m_progress = {};
    set(State::Idle);
    Q_EMIT progressChanged();
}

void Downloads::clearError()
{
    if (m_error)
        set(m_state);
}

} // namespace moodloom::download
