// A board's disk: one Worker that writes the file in order, and two that read pictures from it.
//
// Thread-safe: every call may come from any thread, none blocks, every future finishes. The board
// document owns one; who holds a shared_ptr may go on reading pictures.
#pragma once

#include "core/base/Worker.h"
#include "core/board/BoardCare.h"
#include "core/board/BoardFile.h"
#include "core/board/LocateFiles.h"

#include <QImage>
#include <QLockFile>

#include <array>
#include <deque>
#include <functional>
#include <mutex>

namespace moodloom::board {

class BoardStore
{
public:
    BoardStore();
    // Waits until everything is written and the file is a single one again.
    ~BoardStore();

    // First of all one of these. Errors: as BoardFile. A board that another window or process has
    // open for writing opens read-only.
    QFuture<Result<Content>> open(const QString &path);
    QFuture<Result<Content>> create(const QString &path);

    // Appends to what must be on disk; commits that could not be written (a full disk) are kept and
    // written, in order, before any later one. The future tells about everything up to this one.
    QFuture<Result<void>> write(Commit commit);
    // Tries again what could not be written.
    QFuture<Result<void>> flush();

    // Moves the document to `path`: a consistent copy is made there, and later edits go to it.
    // `removeOld`: the file it lived in so far (an autosave) goes.
    QFuture<Result<void>> moveTo(const QString &path, bool removeOld);

    // Pixels, upright, the longer side at most `longSide` (0 = all): from the board, else from
    // `path`. Up to thumbnailSide the thumbnail does. `finish` makes what is handed out of what was
    // read, on the reading thread. Errors: NotFound, Corrupt, Cancelled.
    QFuture<Result<QImage>> picture(const QString &hash, const QString &path, int longSide,
                                    std::stop_token stop = {},
                                    std::function<QImage(const QImage &)> finish = {});
    // Whether the board's file holds a copy of this picture, beside its thumbnail.
    QFuture<Result<bool>> isEmbedded(const QString &hash);
    // The file's bytes, for export. Errors: NotFound, Corrupt.
    QFuture<Result<QByteArray>> bytes(const QString &hash, const QString &path);

    // The name of a file that holds this picture: `path` while its content is the same, else a copy
    // in the cache folder. For programs and stages that want a file. Errors: as bytes(), DiskFull.
    QFuture<Result<QString>> file(const QString &hash, const QString &path);

    // Decodes on the reading Workers; nothing is written yet (see Commit::pictures).
    QFuture<Result<StoredPicture>> prepareFile(const QString &path, bool embed);
    QFuture<Result<StoredPicture>> prepareBytes(const QByteArray &bytes);
    QFuture<Result<StoredPicture>> prepareImage(const QImage &image);

    // Steps of the history that are not in memory (see BoardFile). Errors: Corrupt, Unreadable.
    QFuture<Result<HistoryPart>> stepsBefore(qint64 number);
    QFuture<Result<HistoryPart>> stepsFrom(qint64 number);

    // Looks the whole file over (see BoardCare.h). Errors: as checkBoard().
    QFuture<Result<BoardHealth>> check(std::stop_token stop = {});
    // The pictures that the file only links to, by hash, after everything before was written.
    QFuture<Result<QStringList>> linked();
    // Whether nothing is left of the picture but its thumbnail: its file is gone, and the board's has
    // no copy.
    QFuture<Result<bool>> isLost(const QString &hash, const QString &path);
    // As locateFiles(), in the background.
    QFuture<Result<QHash<QString, QString>>> locate(const LinkedFile &chosen, const QString &file,
                                                    const QVector<LinkedFile> &others);
    // Writes the file anew without gaps; the bytes that this freed. Errors: DiskFull, ReadOnly.
    QFuture<Result<qint64>> compact();

private:
    struct Reader
    {
        std::unique_ptr<Worker> worker;
        std::unique_ptr<BoardFile> file; // only on its worker
        QString path;                    // what `file` is
    };
    Result<Content> adopt(Result<std::unique_ptr<BoardFile>> file, const QString &path);
    Result<void> writeUnsaved();
    void closeReaders();
    Result<BoardFile *> readable(Reader &reader);
    Result<QByteArray> load(Reader &reader, const QString &hash, const QString &path, std::stop_token stop);
    Reader &readerFor(const QString &hash);

    mutable std::mutex m_mutex;
    std::deque<Commit> m_unsaved;   // guarded by m_mutex; taken from only by the writer
    QString m_path;                 // guarded by m_mutex: the file now
    size_t m_next = 0;              // guarded by m_mutex: which reader prepares next

    std::unique_ptr<BoardFile> m_file;   // only on m_writer
    std::unique_ptr<QLockFile> m_lock;   // only on m_writer
    std::array<Reader, 2> m_readers;
    std::unique_ptr<Worker> m_writer;
};

} // namespace moodloom::board
