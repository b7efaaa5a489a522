#include "core/download/PictureFetcher.h"

#include <QHash>
#include <QNetworkAccessManager>

namespace moodloom::download {

// What lives on the thread.
class PictureFetcher::Network : public QObject
{
public:
    void begin(PictureFetcher *owner, int job, const QUrl &address, const PictureLimits &limits)
    {
        auto *fetch = new PictureFetch(&m_access, address, limits, this);
        m_fetches.insert(job, fetch);
        connect(fetch, &PictureFetch::progressed, owner, [owner, job](qint64 bytes, qint64 total) {
            if (owner->isFetching(job))
                Q_EMIT owner->progressed(job, bytes, total);
        });
        connect(fetch, &PictureFetch::ended, owner, [owner, job](const PictureAnswer &answer) {
            if (owner->m_jobs.remove(job))
                Q_EMIT owner->fetched(job, answer);
        });
        connect(fetch, &PictureFetch::ended, this, [this, job] { end(job); });
    }
    void end(int job)
    {
        if (PictureFetch *fetch = m_fetches.take(job))
            fetch->deleteLater();
    }

private:
    QNetworkAccessManager m_access{this};
    QHash<int, PictureFetch *> m_fetches;
};

PictureFetcher::PictureFetcher(PictureLimits limits, QObject *parent)
    : QObject(parent), m_limits(limits)
{
    m_thread.setObjectName(QStringLiteral("pictures"));
}

PictureFetcher::~PictureFetcher()
{
    m_jobs.clear();
    m_thread.quit();
    m_thread.wait();
}

int PictureFetcher::fetch(const QUrl &address)
{
    if (!m_network) {
        m_network = new Network;
        m_network->moveToThread(&m_thread);
        connect(&m_thread, &QThread::finished, m_network, &QObject::deleteLater);
        m_thread.start();
    }
    const int job = ++m_last;
    m_jobs.insert(job);
    QMetaObject::invokeMethod(
        m_network,
        [this, network = m_network, job, address, limits = m_limits] {
            network->begin(this, job, address, limits);
        },
        Qt::QueuedConnection);
    return job;
}

void PictureFetcher::stop(int job)
{
    if (m_jobs.remove(job))
        QMetaObject::invokeMethod(
            m_network, [network = m_network, job] { network->end(job); }, Qt::QueuedConnection);
}

} // namespace moodloom::download
