#include "core/download/ModelRequest.h"

#include "core/download/Plan.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QStringList>

namespace moodloom::download {
namespace {

bool isName(const QString &text)
{
    static const QRegularExpression name(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$"));
    return name.match(text).hasMatch() && !text.contains(QLatin1String(".."));
}

Failure invalid(const QString &subject, const char *detail)
{
    return fail(ErrorCode::Invalid, subject.toStdString(), detail);
}

Result<ModelRequest> hubRequest(const QStringList &parts, const QString &revision,
                                const QString &text)
{
    if (parts.size() < 2 || !isName(parts[0]) || !isName(parts[1]))
        return invalid(text, "expected ORGANISATION/NAME as on Hugging Face, or the address of a "
                             "file (https://...)");
    ModelRequest request;
    request.id = parts[0] + QLatin1Char('/') + parts[1];
    request.revision = revision.isEmpty() ? QStringLiteral("main") : revision;
    request.path = parts.mid(2).join(QLatin1Char('/'));
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._/-]*$"));
    if (!plain.match(request.revision).hasMatch() ||
        request.revision.contains(QLatin1String("..")) ||
        (!request.path.isEmpty() && !isSafePath(request.path)))
        return invalid(text, "the revision or the path has a form that the hub does not use");
    return request;
}

// /ORGANISATION/NAME[/(tree|blob|resolve)/REVISION[/PATH]]
Result<ModelRequest> pageRequest(const QUrl &url)
{
    QStringList parts;
    for (const QString &part :
         url.path(QUrl::FullyEncoded).split(QLatin1Char('/'), Qt::SkipEmptyParts))
        parts.append(QUrl::fromPercentEncoding(part.toUtf8()));
    if (parts.size() <= 2)
        return hubRequest(parts, {}, shownUrl(url));
    static const QStringList kinds{QStringLiteral("tree"), QStringLiteral("blob"),
                                   QStringLiteral("resolve"), QStringLiteral("raw")};
    if (parts.size() < 4 || !kinds.contains(parts[2]))
        return invalid(shownUrl(url), "expected ORGANISATION/NAME as on Hugging Face, or the "
                                      "address of a file (https://...)");
    return hubRequest(parts.mid(0, 2) + parts.mid(4), parts[3], shownUrl(url));
}

Result<ModelRequest> urlRequest(const QString &text, const QUrl &endpoint)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return invalid(shownUrl(QUrl(text)), "is no complete address; copy it once more");
    if (!url.userInfo().isEmpty())
        return invalid(shownUrl(url), "leave the name and the password out of the address");
    if (sameOrigin(url, endpoint) || url.host() == QLatin1String("huggingface.co") ||
        url.host() == QLatin1String("hf.co"))
        return pageRequest(url);
    if (url.fileName().isEmpty())
        return invalid(shownUrl(url), "names no file; copy the address of the file itself");
    ModelRequest request;
    request.url = url;
    request.url.setFragment({});
    return request;
}

} // namespace

QUrl hubEndpoint(const QProcessEnvironment &environment)
{
    QString text = environment.value(QStringLiteral("HF_ENDPOINT")).trimmed();
    while (text.endsWith(QLatin1Char('/')))
        text.chop(1);
    const QUrl url(text);
    const bool usable =
        url.isValid() && !url.host().isEmpty() &&
        (url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http"));
    return usable ? url : QUrl(QStringLiteral("https://huggingface.co"));
}

Result<ModelRequest> parseRequest(const QString &text, const QString &sha256, const QUrl &endpoint)
{
    const QString wanted = text.trimmed();
    Result<ModelRequest> request;
    if (wanted.startsWith(QLatin1String("https://"), Qt::CaseInsensitive) ||
        wanted.startsWith(QLatin1String("http://"), Qt::CaseInsensitive)) {
        request = urlRequest(wanted, endpoint);
    } else {
        const qsizetype at = wanted.indexOf(QLatin1Char('@'));
        request = hubRequest(wanted.left(at).split(QLatin1Char('/')),
                             at < 0 ? QString() : wanted.mid(at + 1), wanted);
    }
    if (!request)
        return request;
    const QString sum = sha256.simplified().remove(QLatin1Char(' ')).toLower();
    static const QRegularExpression hex(QStringLiteral("^[0-9a-f]{64}$"));
    if (!sum.isEmpty() && !hex.match(sum).hasMatch())
        return invalid(QStringLiteral("SHA-256"), "expected 64 hexadecimal digits");
    request->sha256 = sum;
    return request;
}

bool isThisMachine(const QUrl &url)
{
    const QString host = url.host();
    return host == QLatin1String("localhost") || host.endsWith(QLatin1String(".localhost")) ||
           QHostAddress(host).isLoopback();
}

bool mayLeadTo(const QUrl &from, const QUrl &to)
{
    const auto isNear = [](const QUrl &url) {
        const QHostAddress address(url.host());
        return isThisMachine(url) || address.isLinkLocal() || address.isSiteLocal() ||
               address.isUniqueLocalUnicast() ||
               address.isInSubnet(QHostAddress(QStringLiteral("10.0.0.0")), 8) ||
               address.isInSubnet(QHostAddress(QStringLiteral("172.16.0.0")), 12) ||
               address.isInSubnet(QHostAddress(QStringLiteral("192.168.0.0")), 16) ||
               address == QHostAddress(QHostAddress::AnyIPv4) ||
               address == QHostAddress(QHostAddress::AnyIPv6);
    };
    const bool web =
        to.scheme() == QLatin1String("https") ||
        (to.scheme() == QLatin1String("http") && from.scheme() != QLatin1String("https"));
    return web && !to.host().isEmpty() && (isNear(from) || !isNear(to));
}

bool sameOrigin(const QUrl &a, const QUrl &b)
{
    const auto port = [](const QUrl &url) {
        return url.port(url.scheme() == QLatin1String("https") ? 443 : 80);
    };
    return a.scheme() == b.scheme() && a.host().compare(b.host(), Qt::CaseInsensitive) == 0 &&
           port(a) == port(b);
}

QString shownUrl(const QUrl &url)
{
    return url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

} // namespace moodloom::download
