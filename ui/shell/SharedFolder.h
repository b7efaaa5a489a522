// The folder that is shared with other programs, as the settings page shows it.
//
// UI thread; values live in QSettings and take effect at once. Borrows the session, which outlives
// it.
#pragma once

#include "core/session/ExchangeFolder.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <QUrl>

namespace moodloom::ui {

class SharedFolder : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Workspace owns it")
    Q_PROPERTY(QString folder READ folder NOTIFY changed) // empty = none
    Q_PROPERTY(bool there READ isThere NOTIFY changed)    // it can be looked into
    Q_PROPERTY(bool ontoBoard READ isOntoBoard WRITE setOntoBoard NOTIFY changed)
    Q_PROPERTY(bool savesTakes READ savesTakes WRITE setSavesTakes NOTIFY changed)
public:
    explicit SharedFolder(session::Session *session, QObject *parent = nullptr);

    QString folder() const { return m_exchange.settings().folder; }
    bool isThere() const;
    bool isOntoBoard() const { return m_exchange.settings().ontoBoard; }
    void setOntoBoard(bool onto);
    bool savesTakes() const { return m_exchange.settings().savesTakes; }
    void setSavesTakes(bool saves);

    Q_INVOKABLE void setFolder(const QUrl &folder); // an empty URL: none

Q_SIGNALS:
    void changed();
    void came(const QString &fileName, bool ontoBoard);

private:
    void set(const session::ExchangeSettings &settings);

    session::ExchangeFolder m_exchange;
};

} // namespace moodloom::ui
