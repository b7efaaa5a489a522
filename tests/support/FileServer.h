// A small HTTP server in the test's own process, for tests of downloads: files with ranges and
// ETags, and everything that goes wrong with them on demand.
//
// Lives on the test's thread and answers while its event loop turns. One request a connection.
#pragma once

#include <QCryptographicHash>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <algorithm>

namespace moodloom::testing {

struct Served
{
    QByteArray bytes = {};
    QByteArray etag = {}; // with its quotes
    QByteArray type = "application/octet-stream";
    int status = 200;         // others are answered as they are
    QByteArray location = {}; // of a redirect
    QByteArray extra = {};    // header lines, each with its end
    QByteArray token = {};    // answered with 401 without it
    bool ranges = true;
    bool conditions = true; // false: a range comes whatever If-Range says
    bool chunked = false;   // no length is stated
    qint64 stated = -1;     // a Content-Length that is not true
    qint64 cutAfter = -1;   // closes after so many bytes, once
    qint64 holdAfter = -1;  // sends no more after so many bytes until it is -1 again
};

struct Asked
{
    QString path;                          // with the query
    QHash<QByteArray, QByteArray> headers; // names in lower case
};

class FileServer : public QObject
{
public:
    FileServer()
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = m_server.nextPendingConnection())
                attend(socket);
        });
    }

    QHash<QString, Served> files; // by path
    QVector<Asked> asked;
    int connections = 0;

    // Another origin of the same machine where `host` differs.
    QUrl url(const QString &path = {}, const QString &host = QStringLiteral("127.0.0.1")) const
    {
        return QUrl(
            QStringLiteral("http://%1:%2%3").arg(host).arg(m_server.serverPort()).arg(path));
    }

    // As the hub: the list of a model and its files. Large ones are of LFS.
    void addModel(const QString &id, const QVector<std::pair<QString, QByteArray>> &content,
                  const QString &revision = QStringLiteral("main"))
    {
        const QString commit(40, QLatin1Char('c'));
        QJsonArray siblings;
        for (const auto &[name, bytes] : content) {
            QJsonObject sibling{{QStringLiteral("rfilename"), name},
                                {QStringLiteral("size"), bytes.size()},
                                {QStringLiteral("blobId"), gitBlob(bytes)}};
            if (!name.endsWith(QLatin1String(".json")))
                sibling[QStringLiteral("lfs")] =
                    QJsonObject{{QStringLiteral("sha256"), sha256(bytes)},
                                {QStringLiteral("size"), bytes.size()}};
            siblings.append(sibling);
            const QString path = QStringLiteral("/%1/resolve/%2/%3").arg(id, commit, name);
            files[path] = Served{.bytes = bytes, .etag = '"' + sha256(bytes).toLatin1() + '"'};
        }
        files[QStringLiteral("/api/models/%1/revision/%2?blobs=true").arg(id, revision)] =
            Served{.bytes = QJsonDocument(QJsonObject{{QStringLiteral("sha"), commit},
                                                      {QStringLiteral("siblings"), siblings}})
                                .toJson(),
                   .type = "application/json"};
    }
    Served &file(const QString &id, const QString &name)
    {
        return files[QStringLiteral("/%1/resolve/%2/%3")
                         .arg(id, QString(40, QLatin1Char('c')), name)];
    }
    Served &listing(const QString &id, const QString &revision = QStringLiteral("main"))
    {
        return files[QStringLiteral("/api/models/%1/revision/%2?blobs=true").arg(id, revision)];
    }

    QVector<Asked> askedFor(const QString &end) const
    {
        QVector<Asked> found;
        for (const Asked &request : asked)
            if (request.path.endsWith(end))
                found.append(request);
        return found;
    }

    // The connections that asked for this path and are still there. Others may be: to be quick the
    // other side connects for a request that then goes out elsewhere, and keeps what it has.
    int openFor(const QString &path) const
    {
        const auto sockets = m_server.findChildren<QTcpSocket *>();
        return int(std::count_if(sockets.begin(), sockets.end(), [&](const QTcpSocket *socket) {
            return socket->property("path").toString() == path;
        }));
    }

    static QString sha256(const QByteArray &bytes)
    {
        return QString::fromLatin1(
            QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    }
    static QString gitBlob(const QByteArray &bytes)
    {
        return QString::fromLatin1(
            QCryptographicHash::hash("blob " + QByteArray::number(bytes.size()) + '\0' + bytes,
                                     QCryptographicHash::Sha1)
                .toHex());
    }

private:
    void attend(QTcpSocket *socket)
    {
        ++connections;
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            if (socket->property("answered").toBool())
                return;
            QByteArray got = socket->property("got").toByteArray() + socket->readAll();
            socket->setProperty("got", got);
            if (!got.contains("\r\n\r\n"))
                return;
            socket->setProperty("answered", true);
            answer(socket, got);
        });
    }

    void answer(QTcpSocket *socket, const QByteArray &request)
    {
        const QList<QByteArray> lines = request.split('\n');
        Asked now;
        now.path = QUrl::fromPercentEncoding(lines[0].split(' ').value(1));
        socket->setProperty("path", now.path);
        for (const QByteArray &line : lines.mid(1))
            if (const auto colon = line.indexOf(':'); colon > 0)
                now.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
        asked.append(now);
        if (!files.contains(now.path)) {
            send(socket, 404, "Content-Length: 0\r\n", {});
            return;
        }
        Served &served = files[now.path];
        if (!served.token.isEmpty() && now.headers["authorization"] != "Bearer " + served.token) {
            send(socket, 401, "Content-Length: 0\r\n", {});
            return;
        }
        QByteArray head = served.extra;
        if (served.status != 200) {
            if (!served.location.isEmpty())
                head += "Location: " + served.location + "\r\n";
            send(socket, served.status, head + "Content-Length: 0\r\n", {});
            return;
        }
        head += "Content-Type: " + served.type + "\r\n";
        if (!served.etag.isEmpty())
            head += "ETag: " + served.etag + "\r\n";
        int status = 200;
        QByteArray body = served.bytes;
        const QByteArray range = now.headers["range"], condition = now.headers["if-range"];
        if (served.ranges && range.startsWith("bytes=") &&
            (condition.isEmpty() || !served.conditions || condition == served.etag)) {
            const qint64 from = range.mid(6).split('-').value(0).toLongLong();
            const QByteArray last = range.mid(6).split('-').value(1);
            const qint64 to = last.isEmpty() ? body.size() - 1 : last.toLongLong();
            if (from >= body.size()) {
                send(socket, 416, "Content-Length: 0\r\n", {});
                return;
            }
            status = 206;
            head += "Content-Range: bytes " + QByteArray::number(from) + '-' +
                    QByteArray::number(std::min<qint64>(to, body.size() - 1)) + '/' +
                    QByteArray::number(body.size()) + "\r\n";
            body = body.mid(from, to - from + 1);
        }
        if (served.chunked) {
            head += "Transfer-Encoding: chunked\r\n";
            body = QByteArray::number(body.size(), 16) + "\r\n" + body + "\r\n0\r\n\r\n";
        } else {
            const qint64 length = served.stated >= 0 ? served.stated : body.size();
            head += "Content-Length: " + QByteArray::number(length) + "\r\n";
        }
        if (served.cutAfter >= 0)
            body.truncate(std::exchange(served.cutAfter, -1));
        if (served.holdAfter >= 0) {
            socket->write("HTTP/1.1 " + QByteArray::number(status) + " x\r\n" + head +
                          "Connection: close\r\n\r\n" + body.left(served.holdAfter));
            return;
        }
        send(socket, status, head, body);
    }

    static void send(QTcpSocket *socket, int status, const QByteArray &head, const QByteArray &body)
    {
        socket->write("HTTP/1.1 " + QByteArray::number(status) + " x\r\n" + head +
                      "Connection: close\r\n\r\n" + body);
        socket->disconnectFromHost();
    }

    QTcpServer m_server{this};
};

} // namespace moodloom::testing
