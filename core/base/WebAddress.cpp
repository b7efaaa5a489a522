#include "core/base/WebAddress.h"

#include <algorithm>

namespace moodloom {
namespace {

constexpr qsizetype mostCharacters = 8192; // signed addresses have thousands

} // namespace

QUrl webAddress(const QString &text)
{
    const QString trimmed = text.trimmed();
    const bool spaced =
        std::any_of(trimmed.begin(), trimmed.end(), [](QChar c) { return c.isSpace(); });
    if (trimmed.isEmpty() || trimmed.size() > mostCharacters || spaced)
        return {};
    QUrl url(trimmed);
    const bool web =
        url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || !web || url.host().isEmpty())
        return {};
    url.setUserInfo({});
    url.setFragment({});
    return url;
}

QString hostOf(const QUrl &address)
{
    const QString host =
        address.host(); // Unicode only where the domain's registry forbids lookalikes
    const int usual = address.scheme() == QLatin1String("https") ? 443 : 80;
    const int port = address.port(usual);
    return port == usual ? host : QStringLiteral("%1:%2").arg(host).arg(port);
}

} // namespace moodloom
