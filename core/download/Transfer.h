// One GET: follows redirects by our rules, says what the server said of the file, hands on bytes.
//
// Lives on the thread of its QNetworkAccessManager, which outlives it. Ends with ended() exactly
// once, unless it is deleted before: then the connection is closed.
//
// The token goes to the endpoint's own origin over https (or on this machine) and nowhere else;
// cookies are neither sent nor kept. From https no redirect leads to http, and from elsewhere none
// onto this machine or its own network (mayLeadTo()).
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QUrl>

#include <chrono>
#include <optional>

class QNetworkAccessManager;
class QNetworkReply;

namespace moodloom::download {

struct TransferWish
{
    QUrl url;
    QUrl endpoint;     // the hub
    QString token;     // for it
    QString page;      // where to accept the licence; empty = none
    qint64 from = 0;   // first byte
    qint64 to = -1;    // last byte; -1 = the end
    QByteArray ifSame; // ETag or date of the bytes that are there; only where `from` > 0
    std::chrono::milliseconds timeout{30'000}; // without a byte
    int redirects = 10;                        // that are followed
    QByteArray accept;                         // kinds of content that are wanted; empty = any
};

struct TransferHead
{
    int status = 0;
    qint64 from = 0;      // first byte that comes
    qint64 total = -1;    // of the whole file; -1 = not stated
    QByteArray validator; // a strong ETag, else Last-Modified; may be empty
    QByteArray type;      // of the content
    QString name;         // that the server suggests; may be empty, is not to be trusted
};

class Transfer : public QObject
{
    Q_OBJECT
public:
    Transfer(QNetworkAccessManager *network, TransferWish wish, QObject *parent = nullptr);
    ~Transfer() override;

    // Whether trying again may help: the connection was cut, the server did not answer.
    bool isTransient() const { return m_transient; }
    // The server has no byte at `from`: what is there is the whole file, or another one.
    bool isPastTheEnd() const { return m_pastTheEnd; }
    // What it ended with, for those who word it for themselves.
    enum class Failure { None, Status, Circle, Unsafe, Lost, Unreachable, Certificate };
    Failure failure() const { return m_failure; }
    int status() const { return m_status; } // of the last answer; 0 = none came

Q_SIGNALS:
    // Before the first bytes(), or before ended() where there are none; only where it goes well.
    void began(const moodloom::download::TransferHead &head);
    void came(const QByteArray &bytes);
    // Nothing where it went well, else Unreadable with what to do.
    void ended(const std::optional<moodloom::Error> &error);

private:
    void ask(const QUrl &url);
    void read();
    void finish();
    bool tellHead();
    void end(std::optional<Error> error);
    Error statusError(int status) const;

    QNetworkAccessManager *m_network;
    const TransferWish m_wish;
    QPointer<QNetworkReply> m_reply;
    int m_redirects = 0, m_status = 0;
    Failure m_failure = Failure::None;
    bool m_told = false, m_transient = false, m_pastTheEnd = false, m_ended = false;
};

} // namespace moodloom::download
