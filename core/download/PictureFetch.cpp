#include "core/download/PictureFetch.h"

#include "core/base/WebAddress.h"
#include "core/download/Transfer.h"

namespace moodloom::download {
namespace {

constexpr qsizetype enoughToTell = 512; // bytes

const char *const isPage =
    "this is a web page and not a picture: open it in a browser, and drag the picture "
    "itself from there onto the board";

std::string megabytes(qint64 bytes)
{
    return std::to_string((bytes + (1 << 20) - 1) >> 20);
}

} // namespace

bool looksLikePage(const QByteArray &bytes)
{
    QByteArray head = bytes.left(enoughToTell);
    if (head.startsWith("\xef\xbb\xbf"))
        head.remove(0, 3);
    head = head.trimmed().toLower();
    while (head.startsWith("<!--")) {
        const auto end = head.indexOf("-->");
        if (end < 0)
            break;
        head = head.mid(end + 3).trimmed();
    }
    return head.startsWith("<!doctype html") || head.startsWith("<html") ||
           head.startsWith("<head") || (head.startsWith("<?xml") && head.contains("<html"));
}

PictureFetch::PictureFetch(QNetworkAccessManager *network, const QUrl &address,
                           const PictureLimits &limits, QObject *parent)
    : QObject(parent), m_address(address), m_limits(limits)
{
    TransferWish wish;
    wish.url = address;
    wish.timeout = limits.quiet;
    wish.redirects = limits.redirects;
    wish.accept = "image/*,*/*;q=0.1";
    m_transfer = std::make_unique<Transfer>(network, wish);
    connect(m_transfer.get(), &Transfer::began, this, [this](const TransferHead &head) {
        m_total = head.total;
        m_saysPage = head.type.startsWith("text/html") || head.type.startsWith("application/xhtml");
        if (m_total > m_limits.bytes)
            refuse(ErrorCode::Invalid, megabytes(m_total) + " MB; pictures up to " +
                                           megabytes(m_limits.bytes) + " MB are fetched");
    });
    connect(m_transfer.get(), &Transfer::came, this, &PictureFetch::take);
    connect(m_transfer.get(), &Transfer::ended, this, &PictureFetch::finish);
    m_whole.setSingleShot(true);
    connect(&m_whole, &QTimer::timeout, this, [this] {
        refuse(ErrorCode::Unreadable,
               "the server is too slow; try again later, or fetch the picture with a "
               "browser and drag it onto the board");
    });
    m_whole.start(limits.whole);
}

PictureFetch::~PictureFetch() = default;

void PictureFetch::take(const QByteArray &bytes)
{
    if (m_ended)
        return;
    if (m_bytes.size() + bytes.size() > m_limits.bytes) {
        refuse(ErrorCode::Invalid, "more than " + megabytes(m_limits.bytes) +
                                       " MB came; larger pictures are not fetched");
        return;
    }
    m_bytes += bytes;
    if (m_bytes.size() >= enoughToTell && m_bytes.size() - bytes.size() < enoughToTell &&
        looksLikePage(m_bytes)) {
        refuse(ErrorCode::Unsupported, isPage); // the rest of it is not needed
        return;
    }
    Q_EMIT progressed(m_bytes.size(), m_total);
}

void PictureFetch::finish(const std::optional<Error> &error)
{
    if (error)
        refuse(ErrorCode::Unreadable, whyNot());
    else if (looksLikePage(m_bytes) || (m_saysPage && m_bytes.trimmed().startsWith('<')))
        refuse(ErrorCode::Unsupported, isPage);
    else if (m_bytes.isEmpty())
        refuse(ErrorCode::Unreadable, "the server sends nothing");
    else if (m_total >= 0 && m_bytes.size() < m_total)
        refuse(ErrorCode::Unreadable, "the connection was lost before all of it came; try again");
    else
        end(std::exchange(m_bytes, {}));
}

std::string PictureFetch::whyNot() const
{
    const int status = m_transfer->status();
    switch (m_transfer->failure()) {
    case Transfer::Failure::Circle:
        return "the server leads in a circle";
    case Transfer::Failure::Unsafe:
        return "the server leads to an address that Moodloom does not follow; open it in a "
               "browser, and drag "
               "the picture itself onto the board";
    case Transfer::Failure::Lost:
        return "the connection was lost before all of it came; try again";
    case Transfer::Failure::Certificate:
        return "its certificate is not valid; nothing was fetched";
    case Transfer::Failure::None:
    case Transfer::Failure::Unreachable:
        return "the server cannot be reached; check the connection";
    case Transfer::Failure::Status:
        break;
    }
    if (status == 404 || status == 410)
        return "the server has no such picture; check the address";
    if (status == 401 || status == 403)
        return "the server gives it to no one but a browser: open the address there, and drag the "
               "picture "
               "itself onto the board";
    if (status == 429)
        return "too many requests: wait some minutes and try again";
    return "the server answered with " + std::to_string(status);
}

void PictureFetch::refuse(ErrorCode code, std::string why)
{
    end(fail(code, hostOf(m_address).toStdString(), std::move(why)));
}

void PictureFetch::end(const Result<QByteArray> &result)
{
    if (std::exchange(m_ended, true))
        return;
    m_whole.stop();
    m_transfer->disconnect(this);
    m_transfer.release()->deleteLater(); // it may be the one that speaks
    Q_EMIT ended({result});
}

} // namespace moodloom::download
