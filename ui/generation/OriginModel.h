// A picture that tells how it was made, shown before it is put to use.
//
// UI thread; borrows the session, which outlives it. Files are read in the background.
#pragma once

#include "core/session/OriginDesk.h"

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>
#include <QUrl>
#include <QVariantList>

#include <optional>

namespace moodloom::ui {

class OriginModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Workspace owns it")
    Q_PROPERTY(bool reading READ isReading NOTIFY readingChanged)
    Q_PROPERTY(bool ready READ isReady NOTIFY changed)      // there is something to put to use
    Q_PROPERTY(QString picture READ picture NOTIFY changed) // a URL
    Q_PROPERTY(QString fileName READ fileName NOTIFY changed)
    Q_PROPERTY(QString program READ program NOTIFY changed) // that painted it
    Q_PROPERTY(bool own READ isOwn NOTIFY changed)          // Moodloom's own recipe
    Q_PROPERTY(QString prompt READ prompt NOTIFY changed)
    Q_PROPERTY(QString seed READ seed NOTIFY changed)                 // empty = not told
    Q_PROPERTY(QVariantList settings READ settings NOTIFY changed)    // {name, value}
    Q_PROPERTY(QStringList references READ references NOTIFY changed) // URLs of those that are here
    Q_PROPERTY(QStringList notes READ notes NOTIFY changed)           // what is not taken over
public:
    explicit OriginModel(session::Session *session, QObject *parent = nullptr);

    bool isReading() const { return m_reading; }
    bool isReady() const { return m_reuse.has_value(); }
    QString picture() const;
    QString fileName() const;
    QString program() const;
    bool isOwn() const;
    QString prompt() const;
    QString seed() const;
    QVariantList settings() const;
    QStringList references() const;
    QStringList notes() const;

    // found() or silent() follows.
    Q_INVOKABLE void read(const QUrl &file);
    Q_INVOKABLE void close(); // nothing of it is used
    Q_INVOKABLE void use(bool prompt, bool settings, bool seed, bool references);

    void retranslate();

Q_SIGNALS:
    void readingChanged();
    void changed();
    void found();
    // It tells nothing, or cannot be read: `reason` is for the user.
    void silent(const QString &file, const QString &reason);
    void used(const QString &fileName);

private:
    QCoro::Task<void> readFile(QString path);

    session::OriginDesk m_desk;
    bool m_reading = false;
    std::optional<origin::Reuse> m_reuse;
};

} // namespace moodloom::ui
