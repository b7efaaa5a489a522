// What the user sets once for the whole program and what is read when it starts.
//
// UI thread; values live in QSettings. They take effect at the next start: `restartNeeded` says so.
#pragma once

#include "core/generation/PaintSettings.h"

#include <QObject>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace moodloom::ui {

class Preferences : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Workspace owns it")
    // Empty = the default place.
    Q_PROPERTY(QString libraryFolder READ libraryFolder NOTIFY changed)
    Q_PROPERTY(QString libraryFolderShown READ libraryFolderShown NOTIFY changed)
    // Empty = the built-in model.
    Q_PROPERTY(QString modelFolder READ modelFolder NOTIFY changed)
    // A CLIP that makes words and pictures of the library comparable. Empty = the model's own.
    Q_PROPERTY(QString encoderFolder READ encoderFolder NOTIFY changed)
    // Where __name__ in a prompt finds name.txt; at once. Empty = the default place.
    Q_PROPERTY(QString wildcardFolder READ wildcardFolder NOTIFY changed)
    Q_PROPERTY(QString wildcardFolderShown READ wildcardFolderShown NOTIFY changed)
    // 0 = as many as the machine has cores.
    Q_PROPERTY(int threads READ threads WRITE setThreads NOTIFY changed)
    Q_PROPERTY(int cores READ cores CONSTANT)
    Q_PROPERTY(bool restartNeeded READ isRestartNeeded NOTIFY changed)
public:
    explicit Preferences(QObject *parent = nullptr);

    // Readable before there is an interface: for the composition root.
    static QString libraryFolder();
    static QString modelFolder();
    static QString encoderFolder();
    static QString wildcardFolder();
    static int threads();
    // The files of the boards that were open last, and of the one that was shown.
    static QStringList openBoards();
    static QString shownBoard();
    static void setOpenBoards(const QStringList &paths, const QString &shown);
    // The model, what is put on it, and the size, as they were chosen last; as they are in `settings`
    // where nothing was.
    static generation::PaintSettings withMaterial(generation::PaintSettings settings);
    static void setMaterial(const generation::PaintSettings &settings);

    QString libraryFolderShown() const;
    QString wildcardFolderShown() const;
    int cores() const;
    bool isRestartNeeded() const;

    Q_INVOKABLE void setLibraryFolder(const QUrl &folder); // an empty URL: the default place
    Q_INVOKABLE void setModelFolder(const QUrl &folder);   // an empty URL: the built-in model
    Q_INVOKABLE void setEncoderFolder(const QUrl &folder); // an empty URL: the model's own
    Q_INVOKABLE void setWildcardFolder(const QUrl &folder); // an empty URL: the default place
    void setThreads(int threads);

Q_SIGNALS:
    void changed();

private:
    const QString m_libraryAtStart;
    const QString m_modelAtStart;
    const QString m_encoderAtStart;
    const int m_threadsAtStart;
};

} // namespace moodloom::ui
