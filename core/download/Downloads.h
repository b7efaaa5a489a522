// One download for the interface: looked up, shown, begun by a click, paused, continued.
//
// QObject of the UI thread. Sockets, files and sums are on a thread of its own ("network"), which
// starts with the object and opens no connection before lookUp() or start(). What was begun is
// remembered in a file: the next start of the program shows it as paused.
#pragma once

#include "core/download/Fetcher.h"
#include "core/download/Plan.h"
#include "core/download/TokenStore.h"

#include <QObject>
#include <QThread>

#include <memory>
#include <optional>
#include <stop_token>

namespace moodloom::download {

class Downloads : public QObject
{
    Q_OBJECT
public:
    enum class State { Idle, LookingUp, Planned, Fetching, Paused, Finished };
    Q_ENUM(State)

    struct Options
    {
        Fetcher::Options fetcher;
        QString memory; // a file; empty = nothing is remembered
        QString folder; // the one that is proposed
    };
    // Borrows the store, which outlives it.
    Downloads(Options options, TokenStore *tokens, QObject *parent = nullptr);
    ~Downloads() override;

    State state() const { return m_state; }
    const std::optional<Plan> &plan() const { return m_plan; }
    const QString &folder() const { return m_folder; }
    qint64 freeBytes() const { return m_free; } // on the folder's disk; -1 = not known
    const FetchProgress &progress() const { return m_progress; }
    // Of the last step; beside a plan it can be tried again.
    const std::optional<Error> &error() const { return m_error; }
    const QString &path() const { return m_path; } // of what was fetched

    // Asks the server what there is. Nothing is fetched. Requires: not Fetching.
    void lookUp(const QString &text, const QString &sha256);
    void setFolder(const QString &folder); // not while Fetching
    // Fetches the plan, or goes on with it.
    void start();
    void pause();
    // Back to Idle; what was fetched of the plan goes.
    void cancel();
    void clearError();

Q_SIGNALS:
    void changed(); // state, plan, folder, free space, error
    void planChanged();
    void progressChanged();
    void finished(const QString &path, const QString &folder);

private:
    void recall();
    void withToken(std::function<void(const QString &)> go);
    void askFree();
    void set(State state, std::optional<Error> error = {});
    void takePlan(const PlanAnswer &answer);
    void takeFetched(const FetchAnswer &answer);
    template <class Job> void onNetwork(Job job);

    const QString m_memory;
    TokenStore *const m_tokens;
    QThread m_thread;
    Fetcher *m_fetcher; // lives on the thread
    State m_state = State::Idle;
    std::optional<Plan> m_plan;
    QString m_folder, m_path;
    qint64 m_free = -1;
    FetchProgress m_progress;
    std::optional<Error> m_error;
    std::stop_source m_stop;
    int m_step = 0; // that the user has asked for; what belongs to earlier ones counts no more
    int m_plansToCome = 0, m_fetchesToCome = 0; // answers of the fetcher; the last one counts
};

} // namespace moodloom::download
