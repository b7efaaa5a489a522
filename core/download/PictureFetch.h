// One picture of the web, fetched into memory because the user asked for it: within limits of size,
// time and redirects, and given up at once where it turns out to be a page.
//
// Lives on the thread of its QNetworkAccessManager, which outlives it. Ends with ended() exactly
// once, unless it is deleted before: then the connection is closed. Whether the bytes are a picture
// is for a decoder to say.
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>

class QNetworkAccessManager;

namespace moodloom::download {

class Transfer;

struct PictureLimits
{
    qint64 bytes = 64 << 20;
    int redirects = 5;
    std::chrono::milliseconds quiet{20'000}; // without a byte
    std::chrono::milliseconds whole{180'000};
};

// A result as signals carry it. Errors: Unreadable, with what to do; Unsupported (a page); Invalid
// (too large).
struct PictureAnswer
{
    Result<QByteArray> bytes;
};

// A page's markup, by its first bytes: what people mean by a picture's address is often its page's.
bool looksLikePage(const QByteArray &bytes);

class PictureFetch : public QObject
{
    Q_OBJECT
public:
    PictureFetch(QNetworkAccessManager *network, const QUrl &address, const PictureLimits &limits,
                 QObject *parent = nullptr);
    ~PictureFetch() override;

Q_SIGNALS:
    void progressed(qint64 bytes, qint64 total); // total: -1 = not stated
    void ended(const moodloom::download::PictureAnswer &answer);

private:
    void take(const QByteArray &bytes);
    void finish(const std::optional<Error> &error);
    void refuse(ErrorCode code, std::string why);
    void end(const Result<QByteArray> &result);
    std::string whyNot() const; // the transfer failed

    const QUrl m_address;
    const PictureLimits m_limits;
    std::unique_ptr<Transfer> m_transfer;
    QTimer m_whole;
    QByteArray m_bytes;
    qint64 m_total = -1;
    bool m_saysPage = false; // the server does, of what it sends
    bool m_ended = false;
};

} // namespace moodloom::download
