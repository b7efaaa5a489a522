// The library as the user interface sees it: nothing here blocks, every result comes on the thread
// that asked (the UI thread).
//
// Owns the library's Worker (reads and searches) and the import's threads. QObject of the UI thread.
#pragma once

#include "core/base/Result.h"
#include "core/library/Asset.h"

#include <QCoroTask>
#include <QImage>
#include <QObject>
#include <QStringList>
#include <QUrl>

#include <memory>

namespace moodloom::session {

class IndexWorker;

// A page of the library, newest import first unless words are given (then best match first).
struct AssetPage
{
    QVector<library::Asset> assets;
    int total = 0; // matching assets in all
};

struct ImportStatus
{
    bool running = false;
    bool paused = false;
    bool drawing = false;    // the sample library's pictures are being made
    bool embedding = false;  // the second half: pictures are being understood; found and done count them
    QString current;        // file name being read
    qint64 found = 0, done = 0, added = 0, failed = 0, duplicates = 0;
    double perSecond = 0;
    double secondsLeft = -1; // -1 = not known yet
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
    // encoders of `modelFolder` make pictures and words comparable.
    LibraryService(QString folder, QString modelFolder, QObject *parent = nullptr);
    ~LibraryService() override;

    const QString &folder() const;
    qint64 assetCount() const; // as of the last assetsChanged()

    QCoro::Task<Result<AssetPage>> page(QString words, int offset, int limit);
    QCoro::Task<Result<QVector<ImportFailure>>> failures();
    QCoro::Task<Result<void>> remove(QVector<library::AssetId> ids); // from the library, not the disk

    const ImportStatus &importStatus() const;
    // Files and folders, queued behind a running import. `importFinished` follows.
    void import(QStringList paths);
    void importImage(QImage image, QString name); // from the clipboard or another program
    void pauseImport();
    void resumeImport();
    void cancelImport(); // what was done stays
    // Draws `count` pictures into `folder` and imports them; progress as an import.
    void makeSampleLibrary(QString folder, int count, quint64 seed);

    // Where searching happens; for the reference finder.
    IndexWorker &index() const;

Q_SIGNALS:
    void assetsChanged();
    void importStatusChanged();
    void importFinished(int added, int failed);
    void failed(const moodloom::Error &error);

private:
    struct Request;
    void enqueue(Request request);
    void startNext();
    void embed();
    void refreshCount();
    void finish(int added, int failedFiles);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::session
