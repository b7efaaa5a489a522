// Asks the hub what a model consists of, and fetches it, one file after another.
//
// Lives on one thread with an event loop; hashes and writes there, so not on the UI thread
// (Downloads gives it one of its own). Opens no connection before lookUp() or fetch().
//
// Files grow apart (Staging.h) and move to their places when all are whole and right: a model is
// there entirely or not at all.
#pragma once

#include "core/download/PartFile.h"
#include "core/download/Plan.h"
#include "core/download/Transfer.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <stop_token>

class QNetworkAccessManager;

namespace moodloom::download {

struct FetchProgress
{
    QString file; // below the plan's folder; empty = none yet
    int done = 0, files = 0;
    qint64 bytes = 0, total = -1; // -1 = not known
    double rate = 0;              // bytes a second; 0 = not known
    double secondsLeft = -1;      // -1 = not known
    bool checking = false;        // what was there is being read again
    bool operator==(const FetchProgress &) const = default;
};

// Results as signals carry them.
struct PlanAnswer
{
    Result<Plan> plan;
};
struct FetchAnswer
{
    Result<QString> path;
};

class Fetcher : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        QUrl endpoint;
        // Bytes that may still be written below a folder, -1 = not known; none: asks the system.
        std::function<qint64(const QString &folder)> freeBytes = {};
        std::chrono::milliseconds retryPause{2000};
        int retries = 5; // in a row without a byte
        std::chrono::milliseconds timeout{30'000};
    };
    explicit Fetcher(Options options, QObject *parent = nullptr);
    ~Fetcher() override;

    // Ends with planned(). Errors: those of planFromListing(); Unreadable where the server cannot
    // be reached or refuses.
    void lookUp(const ModelRequest &request, const QString &token);
    // Ends with fetched(). Goes on where an earlier one stopped. Errors: Cancelled after stop(),
    // DiskFull, Unreadable, Invalid (another file of that name), Corrupt.
    void fetch(const Plan &plan, const QString &folder, const QString &token, std::stop_token stop);
    // Ends what is going on as Cancelled; what was fetched stays.
    void stop();
    const QUrl &endpoint() const { return m_options.endpoint; } // from any thread
    qint64 freeBytes(const QString &folder) const;

Q_SIGNALS:
    void planned(const moodloom::download::PlanAnswer &answer);
    void progressed(const moodloom::download::FetchProgress &progress);
    // With the model's folder or file.
    void fetched(const moodloom::download::FetchAnswer &answer);

private:
    struct Job;
    QNetworkAccessManager *network();
    void planFile(const ModelRequest &request);
    void next();
    void ask();
    void begin(const TransferHead &head);
    void take(const QByteArray &bytes);
    void finishFile(const std::optional<Error> &error);
    void place();
    void end(const Result<QString> &result);
    void showProgress(bool always);
    void drop(); // the running transfer

    const Options m_options;
    QNetworkAccessManager *m_network = nullptr;
    Transfer *m_transfer = nullptr;
    std::unique_ptr<Job> m_job;
    QByteArray m_answer; // of a look-up
    bool m_lookingUp = false;
    QTimer m_retry, m_show; // m_show: what was held back
};

} // namespace moodloom::download
