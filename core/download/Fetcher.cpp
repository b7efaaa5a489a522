#include "core/download/Fetcher.h"

#include "core/download/Staging.h"
#include "core/download/SystemProxies.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QNetworkAccessManager>

#include <algorithm>
#include <vector>

namespace moodloom::download {
namespace {

constexpr qsizetype kLargestListing = 64 << 20;
constexpr qint64 kSpare = 64 << 20; // bytes of the disk that stay free
constexpr int kShowEvery = 100;     // ms
constexpr int kRateEvery = 500;     // ms

QString gigabytes(qint64 bytes)
{
    return QStringLiteral("%1 GB").arg(double(bytes) / 1e9, 0, 'f', 2);
}

} // namespace

struct Fetcher::Job
{
    Plan plan;
    QString folder, staging, token;
    std::stop_token stop;

    std::vector<bool> there; // by file: at its place, from before
    int index = -1;          // the file that comes
    std::unique_ptr<PartFile> part;
    qint64 before = 0; // bytes of the files that are whole
    qint64 total = -1; // bytes of the present file, as the server says
    int retries = 0;
    bool startedOver = false; // the present file, because the server has no such range

    QElapsedTimer shown, sampled;
    qint64 sampledBytes = 0;
    double rate = 0;
    bool checking = false;

    const PlannedFile &file() const { return plan.files[index]; }
    QString staged(const QString &path) const { return staging + QLatin1Char('/') + path; }
    QString place(const QString &path) const { return placeOf(plan, folder, path); }
};

Fetcher::Fetcher(Options options, QObject *parent)
    : QObject(parent), m_options(std::move(options)), m_retry(this), m_show(this)
{
    m_show.setSingleShot(true);
    connect(&m_show, &QTimer::timeout, this, [this] { showProgress(true); });
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &Fetcher::ask);
}

Fetcher::~Fetcher() = default;

QNetworkAccessManager *Fetcher::network()
{
    if (!m_network) {
        m_network = new QNetworkAccessManager(this);
        m_network->setProxyFactory(new SystemProxies);
    }
    return m_network;
}

void Fetcher::drop()
{
    if (Transfer *transfer = std::exchange(m_transfer, nullptr)) {
        transfer->disconnect(this);
        transfer->deleteLater();
    }
}

qint64 Fetcher::freeBytes(const QString &folder) const
{
    return m_options.freeBytes ? m_options.freeBytes(folder) : freeBytesBelow(folder);
}

// -- What there is to fetch

void Fetcher::lookUp(const ModelRequest &request, const QString &token)
{
    if (m_lookingUp)
        stop();
    m_lookingUp = true;
    if (!request.isHub()) {
        planFile(request);
        return;
    }
    m_answer.clear();
    TransferWish wish;
    wish.url = listingUrl(request, m_options.endpoint);
    wish.endpoint = m_options.endpoint;
    wish.token = token;
    wish.page = m_options.endpoint.toString() + QLatin1Char('/') + request.id;
    wish.timeout = m_options.timeout;
    m_transfer = new Transfer(network(), wish, this);
    connect(m_transfer, &Transfer::came, this, [this, request](const QByteArray &bytes) {
        m_answer += bytes;
        if (m_answer.size() <= kLargestListing)
            return;
        drop();
        m_lookingUp = false;
        Q_EMIT planned({fail(ErrorCode::Corrupt, request.id.toStdString(),
                             "the server's answer is no list of files; check HF_ENDPOINT")});
    });
    connect(m_transfer, &Transfer::ended, this, [this, request](const std::optional<Error> &error) {
        drop();
        m_lookingUp = false;
        Q_EMIT planned({error ? Result<Plan>(fail(*error))
                              : planFromListing(request, m_options.endpoint, m_answer)});
        m_answer.clear();
    });
}

// One byte of the file tells how large it is, also where servers answer no HEAD.
void Fetcher::planFile(const ModelRequest &request)
{
    TransferWish wish;
    wish.url = request.url;
    wish.endpoint = m_options.endpoint;
    wish.to = 0;
    wish.timeout = m_options.timeout;
    m_transfer = new Transfer(network(), wish, this);
    const auto answer = [this](const Result<Plan> &plan) {
        drop();
        m_lookingUp = false;
        Q_EMIT planned({plan});
    };
    connect(m_transfer, &Transfer::began, this, [answer, request](const TransferHead &head) {
        const std::string shown = shownUrl(request.url).toStdString();
        if (head.type.startsWith("text/html")) {
            answer(fail(ErrorCode::Unsupported, shown,
                        "this is a web page and not a file; copy the address of the file itself"));
            return;
        }
        const QString own = request.url.fileName(QUrl::FullyDecoded);
        const QString suggested = head.name.section(QLatin1Char('/'), -1);
        const QString name = isModelFile(own) ? own : suggested;
        if (!isModelFile(name) || !isSafePath(name) || name.startsWith(QLatin1Char('.')) ||
            name.contains(QLatin1Char('/'))) {
            answer(
                fail(ErrorCode::Unsupported, shown,
                     "is no file of weights by its name (.safetensors, .ckpt, .pt, .pth, .bin)"));
            return;
        }
        Plan plan;
        plan.title = name;
        plan.files.append({name, request.url, head.total, request.sha256, {}});
        answer(plan);
    });
    connect(
        m_transfer, &Transfer::ended, this, [answer, request](const std::optional<Error> &error) {
            answer(
                fail(error.value_or(Error{ErrorCode::Unreadable, shownUrl(request.url).toStdString(),
                                          "the server sends nothing"})));
        });
}

// -- Fetching

void Fetcher::fetch(const Plan &plan, const QString &folder, const QString &token,
                    std::stop_token stop)
{
    this->stop();
    m_job = std::make_unique<Job>();
    m_job->plan = plan;
    m_job->folder = folder;
    m_job->staging = stagingFolder(plan, folder);
    m_job->token = token;
    m_job->stop = std::move(stop);
    m_job->there.resize(size_t(plan.files.size()));

    if (!QDir().mkpath(m_job->staging)) {
        end(fail(ErrorCode::Unreadable, folder.toStdString(),
                 "the folder cannot be made; choose another one or change its permissions"));
        return;
    }
    qint64 needed = 0;
    bool known = true;
    for (int i = 0; i < plan.files.size(); ++i) {
        m_job->index = i;
        const PlannedFile &file = plan.files[i];
        const QString place = m_job->place(file.path);
        if (QFileInfo::exists(place)) {
            m_job->checking = true;
            showProgress(true);
            const auto same = PartFile::isThere(place, file, m_job->stop);
            if (!same || !*same) {
                end(same ? Result<QString>(fail(ErrorCode::Invalid, place.toStdString(),
                                                "there is another file of this name already; move "
                                                "it away, or choose another folder"))
                         : fail(same.error()));
                return;
            }
            m_job->there[size_t(i)] = true;
            continue;
        }
        known &= file.bytes >= 0;
        const qint64 here = std::max(partSize(m_job->staged(file.path)),
                                     QFileInfo(m_job->staged(file.path)).size());
        needed += std::max<qint64>(0, file.bytes - here);
    }
    m_job->checking = false;
    const qint64 free = freeBytes(folder);
    if (known && free >= 0 && needed > 0 && needed + kSpare > free) {
        end(fail(ErrorCode::DiskFull, folder.toStdString(),
                 gigabytes(needed + kSpare).toStdString() + " are needed and " +
                     gigabytes(free).toStdString() +
                     " are free: free some space, or choose another folder"));
        return;
    }
    m_job->index = -1;
    m_job->sampled.start();
    next();
}

void Fetcher::next()
{
    Job &job = *m_job;
    job.part.reset();
    if (job.index >= 0)
        job.before += std::max<qint64>(0, job.file().bytes >= 0
                                              ? job.file().bytes
                                              : QFileInfo(job.staged(job.file().path)).size());
    if (++job.index == job.plan.files.size()) {
        place();
        return;
    }
    if (job.there[size_t(job.index)]) {
        next();
        return;
    }
    const QString staged = job.staged(job.file().path);
    job.startedOver = false;
    job.retries = 0;
    job.total = -1;
    job.checking = partSize(staged) > 0 || QFileInfo::exists(staged);
    showProgress(true);
    if (QFileInfo::exists(staged)) { // whole, from before
        const auto same = PartFile::isThere(staged, job.file(), job.stop);
        if (!same) {
            end(fail(same.error()));
            return;
        }
        if (*same) {
            job.checking = false;
            next();
            return;
        }
        QFile::remove(staged);
    }
    auto part = PartFile::open(staged, job.file(), job.stop);
    job.checking = false;
    if (!part) {
        end(fail(part.error()));
        return;
    }
    job.part = *std::move(part);
    job.sampledBytes = job.before + job.part->size();
    job.sampled.restart();
    ask();
}

void Fetcher::ask()
{
    Job &job = *m_job;
    const PlannedFile &file = job.file();
    if (job.part->size() == file.bytes) {
        finishFile({});
        return;
    }
    // Bytes of which nothing tells whether they are of the same file are no beginning.
    const bool told =
        !job.part->validator().isEmpty() || !file.sha256.isEmpty() || !file.gitBlob.isEmpty();
    if (job.part->size() > 0 && !told)
        if (auto fresh = job.part->restart({}); !fresh) {
            end(fail(fresh.error()));
            return;
        }
    TransferWish wish;
    wish.url = file.url;
    wish.endpoint = m_options.endpoint;
    wish.token = job.token;
    wish.page = job.plan.page;
    wish.from = job.part->size();
    wish.ifSame = job.part->validator();
    wish.timeout = m_options.timeout;
    m_transfer = new Transfer(network(), wish, this);
    connect(m_transfer, &Transfer::began, this, &Fetcher::begin);
    connect(m_transfer, &Transfer::came, this, &Fetcher::take);
    connect(m_transfer, &Transfer::ended, this, &Fetcher::finishFile);
}

void Fetcher::begin(const TransferHead &head)
{
    Job &job = *m_job;
    const PlannedFile &file = job.file();
    if (head.total >= 0 && file.bytes >= 0 && head.total != file.bytes) {
        end(fail(ErrorCode::Corrupt, file.path.toStdString(),
                 "the server sends " + std::to_string(head.total) + " bytes and " +
                     std::to_string(file.bytes) + " were stated; look it up again"));
        return;
    }
    job.total = head.total;
    if (head.status == 206 && job.part->size() > 0) {
        const bool other = head.from != job.part->size() ||
                           (!head.validator.isEmpty() && !job.part->validator().isEmpty() &&
                            head.validator != job.part->validator());
        if (!other)
            return;
        drop();
        if (auto fresh = job.part->restart({}); !fresh)
            end(fail(fresh.error()));
        else
            ask();
        return;
    }
    const qint64 free = file.bytes < 0 && head.total > 0 ? freeBytes(job.folder) : -1;
    if (free >= 0 && head.total + kSpare > free)
        end(fail(ErrorCode::DiskFull, job.folder.toStdString(),
                 gigabytes(head.total + kSpare).toStdString() + " are needed and " +
                     gigabytes(free).toStdString() +
                     " are free: free some space, or choose another folder"));
    else if (auto fresh = job.part->restart(head.validator); !fresh)
        end(fail(fresh.error()));
}

void Fetcher::take(const QByteArray &bytes)
{
    Job &job = *m_job;
    const PlannedFile &file = job.file();
    if (file.bytes >= 0 && job.part->size() + bytes.size() > file.bytes) {
        (void)job.part->restart({});
        end(fail(ErrorCode::Corrupt, file.path.toStdString(),
                 "the server sends more than the " + std::to_string(file.bytes) +
                     " bytes that were stated; look it up again"));
        return;
    }
    if (auto written = job.part->append(bytes); !written) {
        end(fail(written.error()));
        return;
    }
    job.retries = 0;
    showProgress(false);
}

void Fetcher::finishFile(const std::optional<Error> &error)
{
    Job &job = *m_job;
    const bool transient = m_transfer && m_transfer->isTransient();
    const bool pastTheEnd = m_transfer && m_transfer->isPastTheEnd();
    drop();
    if (error) {
        if (pastTheEnd && !std::exchange(job.startedOver, true)) {
            if (auto fresh = job.part->restart({}); !fresh)
                end(fail(fresh.error()));
            else
                ask();
        } else if (transient && job.retries++ < m_options.retries) {
            m_retry.start(m_options.retryPause * job.retries);
        } else {
            end(fail(*error));
        }
        return;
    }
    showProgress(true);
    if (auto whole = job.part->finish(); !whole)
        end(fail(whole.error()));
    else
        next();
}

void Fetcher::place()
{
    Job &job = *m_job;
    for (int i = 0; i < job.plan.files.size(); ++i) {
        if (job.there[size_t(i)])
            continue;
        const QString path = job.plan.files[i].path;
        const QString target = job.place(path);
        QDir().mkpath(QFileInfo(target).path());
        if (!QFile::rename(job.staged(path), target)) { // never over a file that is there
            end(fail(ErrorCode::Unreadable, target.toStdString(),
                     "the file cannot be put there; change the folder's permissions, or choose "
                     "another one"));
            return;
        }
    }
    discardStaged(job.plan, job.folder);
    if (job.plan.files.size() == 1)
        end(job.place(job.plan.files[0].path));
    else
        end(job.folder + QLatin1Char('/') + job.plan.folder);
}

void Fetcher::stop()
{
    if (std::exchange(m_lookingUp, false)) {
        drop();
        Q_EMIT planned({cancelled()});
    }
    if (m_job)
        end(cancelled());
}

void Fetcher::end(const Result<QString> &result)
{
    drop();
    m_retry.stop();
    m_show.stop();
    m_job.reset();
    Q_EMIT fetched({result});
}

void Fetcher::showProgress(bool always)
{
    Job &job = *m_job;
    if (!always && job.shown.isValid() && job.shown.elapsed() < kShowEvery) {
        if (!m_show.isActive())
            m_show.start(kShowEvery);
        return;
    }
    m_show.stop();
    job.shown.start();
    FetchProgress progress;
    progress.file = job.file().path;
    progress.done = job.index;
    progress.files = int(job.plan.files.size());
    progress.bytes = job.before + (job.part ? job.part->size() : 0);
    progress.total = job.plan.bytes();
    if (progress.total < 0 && job.plan.files.size() == 1)
        progress.total = job.total;
    progress.checking = job.checking;
    if (job.sampled.isValid() && job.sampled.elapsed() >= kRateEvery) {
        const double now =
            double(progress.bytes - job.sampledBytes) * 1000 / double(job.sampled.restart());
        job.rate = job.rate > 0 ? 0.75 * job.rate + 0.25 * now : now;
        job.sampledBytes = progress.bytes;
    }
    progress.rate = job.rate;
    if (job.rate > 0 && progress.total >= 0)
        progress.secondsLeft = double(progress.total - progress.bytes) / job.rate;
    Q_EMIT progressed(progress);
}

} // namespace moodloom::download
