#include "core/download/Transfer.h"

#include "core/download/ModelRequest.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QRegularExpression>

#include <optional>

namespace moodloom::download {
namespace {

constexpr qint64 kBuffer = 1 << 20; // bytes that wait for us; more stay with the sender

const auto kHttps = QStringLiteral("https");

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

// "bytes 100-199/1000": first byte and total.
std::optional<std::pair<qint64, qint64>> rangeOf(const QByteArray &header)
{
    static const QRegularExpression pattern(
        QStringLiteral("^\\s*bytes\\s+(\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)\\s*$"));
    const auto match = pattern.match(QString::fromLatin1(header));
    if (!match.hasMatch())
        return {};
    const bool known = match.captured(2) != QLatin1String("*");
    return std::pair(match.captured(1).toLongLong(), known ? match.captured(2).toLongLong() : -1);
}

QByteArray validatorOf(const QNetworkReply &reply)
{
    const QByteArray tag = reply.rawHeader("ETag").trimmed();
    return tag.startsWith('"') ? tag : reply.rawHeader("Last-Modified").trimmed();
}

// attachment; filename="model.safetensors"
QString suggestedName(const QNetworkReply &reply)
{
    static const QRegularExpression pattern(QStringLiteral("filename=\"?([^\";]+)\"?"),
                                            QRegularExpression::CaseInsensitiveOption);
    return pattern.match(QString::fromUtf8(reply.rawHeader("Content-Disposition")))
        .captured(1)
        .trimmed();
}

} // namespace

Transfer::Transfer(QNetworkAccessManager *network, TransferWish wish, QObject *parent)
    : QObject(parent), m_network(network), m_wish(std::move(wish))
{
    ask(m_wish.url);
}

Transfer::~Transfer()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    if (!m_reply->isFinished())
        m_reply->abort();
    m_reply->deleteLater();
}

void Transfer::ask(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setTransferTimeout(int(m_wish.timeout.count()));
    request.setRawHeader("User-Agent", "moodloom");
    if (!m_wish.accept.isEmpty())
        request.setRawHeader("Accept", m_wish.accept);
    request.setRawHeader("Accept-Encoding", "identity"); // sizes and ranges are of the file itself
    if (!m_wish.token.isEmpty() && sameOrigin(url, m_wish.endpoint) &&
        (url.scheme() == kHttps || isThisMachine(url)))
        request.setRawHeader("Authorization", "Bearer " + m_wish.token.toUtf8());
    if (m_wish.from > 0 || m_wish.to >= 0) {
        QByteArray range = "bytes=" + QByteArray::number(m_wish.from) + '-';
        if (m_wish.to >= 0)
            range += QByteArray::number(m_wish.to);
        request.setRawHeader("Range", range);
        if (m_wish.from > 0 && !m_wish.ifSame.isEmpty())
            request.setRawHeader("If-Range", m_wish.ifSame);
    }
    m_reply = m_network->get(request);
    m_reply->setReadBufferSize(kBuffer);
    connect(m_reply, &QNetworkReply::readyRead, this, &Transfer::read);
    connect(m_reply, &QNetworkReply::finished, this, &Transfer::finish);
}

bool Transfer::tellHead()
{
    const int status = statusOf(*m_reply);
    if (status != 200 && status != 206)
        return false;
    if (m_told)
        return true;
    m_told = true;
    TransferHead head;
    head.status = status;
    head.validator = validatorOf(*m_reply);
    head.type = m_reply->rawHeader("Content-Type").toLower();
    head.name = suggestedName(*m_reply);
    bool ok = false;
    const qint64 length = m_reply->rawHeader("Content-Length").toLongLong(&ok);
    if (status == 206) {
        const auto range = rangeOf(m_reply->rawHeader("Content-Range"));
        head.from = range ? range->first : -1;
        head.total = range ? range->second : -1;
    } else if (ok && length >= 0) {
        head.total = length;
    }
    Q_EMIT began(head);
    return !m_ended;
}

void Transfer::read()
{
    const QPointer<Transfer> self(this);
    if (!m_reply || !tellHead() || !self || !m_reply)
        return;
    // In pieces: whoever listens may have had enough after each.
    while (self && m_reply && m_reply->bytesAvailable() > 0)
        Q_EMIT came(m_reply->read(kBuffer));
}

void Transfer::finish()
{
    QNetworkReply *reply = m_reply;
    const int status = m_status = statusOf(*reply);
    if (status >= 300 && status < 400 && status != 304) {
        const QUrl target = reply->url().resolved(QUrl::fromEncoded(reply->rawHeader("Location")));
        const bool safe = mayLeadTo(reply->url(), target);
        if (!safe || ++m_redirects > m_wish.redirects) {
            m_failure = safe ? Failure::Circle : Failure::Unsafe;
            end(Error{ErrorCode::Unreadable, shownUrl(m_wish.url).toStdString(),
                      safe ? "the server leads in a circle"
                           : "the server leads to an address that is not safe, " +
                                 shownUrl(target).toStdString()});
            return;
        }
        reply->disconnect(this);
        reply->deleteLater();
        ask(target);
        return;
    }
    const QPointer<Transfer> self(this);
    read();
    if (!self || m_ended)
        return;
    if (status == 416) {
        m_pastTheEnd = true;
        m_failure = Failure::Status;
        end(statusError(status));
    } else if (status >= 300 || (status > 0 && status < 200)) {
        m_failure = Failure::Status;
        end(statusError(status));
    } else if (reply->error() != QNetworkReply::NoError) {
        m_transient = reply->error() == QNetworkReply::RemoteHostClosedError ||
                      reply->error() == QNetworkReply::TimeoutError ||
                      reply->error() == QNetworkReply::OperationCanceledError || // our timeout
                      reply->error() == QNetworkReply::TemporaryNetworkFailureError ||
                      reply->error() == QNetworkReply::NetworkSessionFailedError ||
                      reply->error() == QNetworkReply::UnknownNetworkError ||
                      reply->error() == QNetworkReply::ProtocolFailure;
        m_failure = m_transient ? Failure::Lost : Failure::Unreachable;
        std::string why = m_transient ? "the connection was lost; try again: it goes on where it "
                                        "stopped"
                                      : "the server cannot be reached; check the connection";
        if (reply->error() == QNetworkReply::SslHandshakeFailedError) {
            m_failure = Failure::Certificate;
            why = "its certificate is not valid; nothing was sent";
        }
        end(Error{ErrorCode::Unreadable, reply->url().host().toStdString(), why});
    } else {
        end({});
    }
}

void Transfer::end(std::optional<Error> error)
{
    if (std::exchange(m_ended, true))
        return;
    Q_EMIT ended(error);
}

Error Transfer::statusError(int status) const
{
    const QUrl asked = m_reply ? m_reply->url() : m_wish.url;
    const bool ours = sameOrigin(asked, m_wish.endpoint);
    const std::string page = m_wish.page.toStdString();
    std::string why;
    if (status == 401 && !ours)
        why = "the server asks for a login, and Moodloom has none for it; fetch the file with a "
              "browser";
    else if (status == 401 && m_wish.token.isEmpty())
        why = "it does not exist, or only those may read it who have a token: check the name, or "
              "set a token";
    else if (status == 401)
        why = "the server does not accept the token: set another one, or check the name";
    else if (status == 403 && !page.empty())
        why = "it may not be read yet: open " + page +
              " in a browser, accept the licence there, and try again with your token";
    else if (status == 403)
        why = "the server refuses it; open the address in a browser to see why";
    else if (status == 404 || status == 410)
        why = "the server has no such model, revision or file; check the name";
    else if (status == 429) {
        bool ok = false;
        const int seconds = m_reply ? m_reply->rawHeader("Retry-After").toInt(&ok) : 0;
        why = ok && seconds > 0
                  ? "too many requests: wait " + std::to_string(seconds) + " s and try again"
                  : std::string("too many requests: wait some minutes and try again");
    } else if (status >= 500)
        why = "the server has a fault (" + std::to_string(status) +
              "): try again later; what was fetched is kept";
    else
        why = "the server answered with " + std::to_string(status);
    const QString subject =
        m_wish.page.isEmpty() ? shownUrl(m_wish.url) : m_wish.page.section(QLatin1Char('/'), -2);
    return {ErrorCode::Unreadable, subject.toStdString(), why};
}

} // namespace moodloom::download
