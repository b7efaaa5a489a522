// Which proxy a connection takes.
#pragma once

#include <QHostAddress>
#include <QNetworkProxy>

namespace moodloom::download {

// What the desktop says, except for this machine itself.
class SystemProxies : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        const QString host = query.peerHostName();
        if (host == QLatin1String("localhost") || QHostAddress(host).isLoopback())
            return {QNetworkProxy::NoProxy};
        return systemProxyForQuery(query);
    }
};

} // namespace moodloom::download
