// Fetches pictures of the web that the user asked for, several at once, on a thread of its own.
//
// An object of the UI thread. The thread and what it needs come with the first fetch(): whoever
// never asks has no network at all.
#pragma once

#include "core/download/PictureFetch.h"

#include <QObject>
#include <QSet>
#include <QThread>

namespace moodloom::download {

class PictureFetcher : public QObject
{
    Q_OBJECT
public:
    explicit PictureFetcher(PictureLimits limits = {}, QObject *parent = nullptr);
    ~PictureFetcher() override; // closes what is open

    // Requires: a valid webAddress(). Answers with fetched() of this number, unless it is stopped.
    int fetch(const QUrl &address);
    void stop(int job);
    bool isFetching(int job) const { return m_jobs.contains(job); }

Q_SIGNALS:
    void progressed(int job, qint64 bytes, qint64 total);             // total: -1 = not stated
    void fetched(int job, const moodloom::download::PictureAnswer &answer);

private:
    class Network;

    const PictureLimits m_limits;
    QThread m_thread;
    Network *m_network = nullptr; // lives on the thread
    QSet<int> m_jobs;
    int m_last = 0;
};

} // namespace moodloom::download
