// "Get a model" on the models page: what is asked for, what would be fetched, how it goes.
//
// UI thread. Nothing is connected before lookUp() or start(), which only the user's clicks call.
#pragma once

#include "core/download/Downloads.h"
#include "core/download/TokenStore.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <QUrl>
#include <QVariantList>

#include <memory>

namespace moodloom::ui {

class DownloadModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("ShelfModel owns it")
    Q_PROPERTY(Step step READ step NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QVariantList files READ files NOTIFY planChanged) // {path, size}
    Q_PROPERTY(QString summary READ summary NOTIFY changed)      // "3 files, 4.2 GB"
    Q_PROPERTY(QString folder READ folder NOTIFY changed)
    Q_PROPERTY(QString room READ room NOTIFY changed) // on the folder's disk; empty = not known
    Q_PROPERTY(bool hasRoom READ hasRoom NOTIFY changed)
    Q_PROPERTY(double share READ share NOTIFY progressChanged) // 0..1; below 0 = not known
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressChanged)
    Q_PROPERTY(QString currentFile READ currentFile NOTIFY progressChanged)
    Q_PROPERTY(QString error READ error NOTIFY changed)
    Q_PROPERTY(bool tokenKept READ isTokenKept NOTIFY tokenChanged)
    Q_PROPERTY(QString tokenText READ tokenText NOTIFY tokenChanged) // where it comes from
    Q_PROPERTY(QString tokenError READ tokenError NOTIFY tokenChanged)
public:
    // Paused with a plan and an error: it failed and can be tried again.
    enum class Step { Idle, LookingUp, Planned, Fetching, Paused, Finished };
    Q_ENUM(Step)

    explicit DownloadModel(QObject *parent = nullptr);

    Step step() const;
    QString title() const;
    QVariantList files() const;
    QString summary() const;
    QString folder() const { return m_downloads->folder(); }
    QString room() const;
    bool hasRoom() const;
    double share() const;
    QString progressText() const;
    QString currentFile() const;
    QString error() const;
    bool isTokenKept() const { return m_tokens->isKept(); }
    QString tokenText() const;
    QString tokenError() const;

    Q_INVOKABLE void lookUp(const QString &text, const QString &sha256);
    Q_INVOKABLE void start(); // fetches, or goes on
    Q_INVOKABLE void pause();
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void setFolder(const QUrl &folder);
    Q_INVOKABLE void clearError();
    Q_INVOKABLE void keepToken(const QString &token); // in the keyring; empty takes it away

    void retranslate();

Q_SIGNALS:
    void changed();
    void planChanged();
    void progressChanged();
    void tokenChanged();
    void finished(const QString &path, const QString &folder);

private:
    std::unique_ptr<download::TokenStore> m_tokens;
    std::unique_ptr<download::Downloads> m_downloads; // borrows the tokens
    std::optional<Error> m_tokenError;
};

} // namespace moodloom::ui
