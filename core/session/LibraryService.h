// The library as the user interface sees it: nothing here blocks, every result comes on the thread
// that asked (the UI thread).
//
// Owns the library's Worker (reads and searches) and the import's threads. QObject of the UI thread.
#pragma once

#include "core/base/Result.h"
#include "core/library/Asset.h"
#include "core/library/RemovedAsset.h"
#include "core/session/FolderCare.h"
#include "core/session/ImportDesk.h"
#include "core/session/OwnPicture.h"

#include <QCoroTask>
#include <QHash>
#include <QObject>
#include <QStringList>
#include <QUrl>

#include <memory>

namespace moodloom {
class Problems;
}

namespace moodloom::session {

class IndexWorker;

// A page of the library, newest import first unless words are given (then best match first).
struct AssetPage
{
    QVector<library::Asset> assets;
    int total = 0; // matching assets in all
};

// Pictures that were taken in, and why others were not.
struct Adopted
{
    QVector<library::AssetId> ids;
    QVector<Error> errors;
};

struct ImportFailure
{
    QString path;
    QString reason; // for the user, translated
};

class LibraryService : public QObject
{
    Q_OBJECT
public:
    // The library lives in `folder` (created on first use); thumbnails below the cache folder. The
    // encoders of `modelFolder` (or a CLIP folder) make pictures and words comparable.
    LibraryService(QString folder, QString modelFolder, QObject *parent = nullptr);
    ~LibraryService() override;

    const QString &folder() const;
    // What the library itself failed to do; what is asked for by adopt() is answered there.
    Problems *problems() const;
    qint64 assetCount() const; // as of the last assetsChanged()

    QCoro::Task<Result<AssetPage>> page(QString words, int offset, int limit);
    QCoro::Task<Result<QVector<ImportFailure>>> failures();
    // Where the pictures with these hashes are, as far as the library has them.
    QCoro::Task<QHash<QString, QString>> filesOf(QStringList hashes);
    // From the library, not the disk; putBack() undoes it (library::Library::putBack).
    QCoro::Task<Result<QVector<library::RemovedAsset>>> remove(QVector<library::AssetId> ids);
    QCoro::Task<Result<void>> putBack(QVector<library::RemovedAsset> removed);

    // Folders that were imported: what changes in them later comes by itself.
    const QStringList &watchedFolders() const;
    // The same, and whether they are there.
    const QVector<LibraryFolder> &folders() const;
    // Whether folders and files went or came back, in the background: watching does not tell of all.
    void lookForFiles();
    // The folder `from` moved to `to`: see library::relocateFolder.
    QCoro::Task<Result<library::Relocated>> relocateFolder(QString from, QString to);
    void unwatchFolder(QString folder); // its pictures stay

    const ImportStatus &importStatus() const;
    // Files and folders, queued behind a running import; folders are watched from then on.
    // `importFinished` follows.
    void import(QStringList paths);
    // Takes pictures in at once, before a running import, and hands back their assets in the order
    // given. What is no file yet becomes one in the library's folder. What cannot be read is left
    // out.
    QCoro::Task<Adopted> adopt(QVector<OwnPicture> pictures);
    void pauseImport();
    void resumeImport();
    void cancelImport(); // what was done stays
    // Draws `count` pictures into `folder` and imports them; progress as an import.
    void makeSampleLibrary(QString folder, int count, quint64 seed);

    // Where searching happens; for the reference finder.
    IndexWorker &index() const;

Q_SIGNALS:
    void assetsChanged();
    void watchedFoldersChanged();
    void foldersChanged();    // they went or came back
    void filesAskedAfter();   // by lookForFiles(): who shows files may look, too
    void importStatusChanged();
    void importFinished(int added, int failed);

private:
    void enqueue(ImportTask task);
    void startNext();
    void embed();
    void embedMeanwhile(qint64 added);
    void showWatched(const QStringList &folders);
    void refreshCount();
    void finish(const ImportTask &task, int added, int failedFiles);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::session
