// The library page: the grid, the import, what failed, and what can be done.
//
// UI thread; borrows the service, which outlives it.
#pragma once

#include "ui/controls/DropContent.h"
#include "ui/controls/ProblemModel.h"
#include "ui/library/AssetModel.h"
#include "ui/library/FailureModel.h"
#include "ui/library/ImportProgress.h"

#include <QCoroTask>
#include <QObject>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace moodloom::ui {

class LibraryModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Workspace owns it")
    Q_PROPERTY(moodloom::ui::AssetModel *assets READ assets CONSTANT)
    Q_PROPERTY(moodloom::ui::ImportProgress *progress READ progress CONSTANT)
    Q_PROPERTY(moodloom::ui::FailureModel *failures READ failures CONSTANT)
    Q_PROPERTY(moodloom::ui::ProblemModel *problems READ problems CONSTANT)
    Q_PROPERTY(QString folder READ folder CONSTANT) // where the database is
    Q_PROPERTY(double total READ total NOTIFY totalChanged) // pictures in all
    Q_PROPERTY(bool empty READ isEmpty NOTIFY totalChanged) // nothing in it and nothing on the way
    // Folders whose changes come by themselves.
    Q_PROPERTY(QStringList watchedFolders READ watchedFolders NOTIFY watchedFoldersChanged)
    // Those of them that are not there: {path, missing} of each, missing = pictures out of reach.
    Q_PROPERTY(QVariantList awayFolders READ awayFolders NOTIFY awayFoldersChanged)
    Q_PROPERTY(bool locating READ isLocating NOTIFY locatingChanged) // by locate()
public:
    explicit LibraryModel(session::LibraryService *library, QObject *parent = nullptr);

    AssetModel *assets() { return &m_assets; }
    ImportProgress *progress() { return &m_progress; }
    FailureModel *failures() { return &m_failures; }
    ProblemModel *problems() { return &m_problems; }
    QString folder() const;
    double total() const;
    bool isEmpty() const;
    QStringList watchedFolders() const;
    QVariantList awayFolders() const;
    bool isLocating() const { return m_locating; }

    // Files and folders; what is not a file is passed over.
    Q_INVOKABLE void import(const QList<QUrl> &urls);
    // What was dropped or pasted: files and folders, or one picture without a file.
    Q_INVOKABLE void take(const moodloom::ui::DropContent &content);
    // From the library, not the disk; removed() follows. putBack() undoes the latest that was not
    // undone yet, and wasPutBack() follows.
    Q_INVOKABLE void remove(qint64 asset, const QString &name);
    Q_INVOKABLE void putBack();
    Q_INVOKABLE void unwatch(const QString &folder); // its pictures stay
    // A folder that is not there is at `to` now: located() follows.
    Q_INVOKABLE void locate(const QString &folder, const QUrl &to);
    void lookForFiles(); // in the background
    // Draws the sample pictures into the user's pictures folder and imports them.
    Q_INVOKABLE void makeSampleLibrary();

    void retranslate();

Q_SIGNALS:
    void totalChanged();
    void watchedFoldersChanged();
    void awayFoldersChanged();
    void locatingChanged();
    void located(const QString &message, bool failed); // for the user
    void importFinished(int added, int failed);
    void removed(const QString &name);
    void wasPutBack(const QString &name);

private:
    QCoro::Task<void> relocate(QString from, QString to);
    QCoro::Task<void> adopt(session::OwnPicture picture);
    QCoro::Task<void> takeOut(qint64 asset, QString name);
    QCoro::Task<void> putIn();

    struct Removal
    {
        QString name;
        QVector<library::RemovedAsset> assets;
    };
    QVector<Removal> m_removals; // latest last

    session::LibraryService *m_library;
    AssetModel m_assets;
    ImportProgress m_progress;
    FailureModel m_failures;
    ProblemModel m_problems;
    bool m_locating = false;
};

} // namespace moodloom::ui
