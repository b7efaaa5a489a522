// The .moodloom file: an SQLite database as application file format.
//
// Tables, JSON fields and versions are described in README.md.
//
// While open it is in WAL mode with full synchronisation: a finished commit survives a crash. close()
// makes it one single file again. One BoardFile belongs to one thread (a Worker's).
#pragma once

#include "core/base/Database.h"
#include "core/board/History.h"

#include <QHash>
#include <QJsonObject>

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace moodloom::board {

// A picture on its way into the file: its bytes (in memory or still in `path`), or none to link it.
struct StoredPicture
{
    QString hash;
    QSize size;
    QString media;        // "image/png"
    QByteArray thumbnail; // encoded, at most thumbnailSide on its longer side
    QByteArray bytes;
    QString path;         // streamed from here when `bytes` is empty and `embed` is set
    bool embed = false;
};

constexpr int thumbnailSide = 256;

// What becomes of the history: the steps from number `from` on go, `step` takes their place.
struct HistoryEdit
{
    qint64 from = 0;
    std::optional<Command> step;
};

// What one commit writes, in this order.
struct Commit
{
    quint64 revision = 0;
    std::vector<StoredPicture> pictures;
    QStringList unembedded; // of these the file gives up its copy: they are links then
    std::vector<std::pair<ItemId, std::optional<Item>>> items;        // nothing = removed
    std::vector<std::pair<QString, std::optional<FrameTake>>> takes;  // nothing = removed
    QHash<QString, QJsonValue> settings;
    std::optional<HistoryEdit> history;
    std::optional<qint64> position; // so many steps of the history are done
};

// The history as a file keeps it: so many steps, so many of them done.
struct KeptHistory
{
    qint64 count = 0;
    qint64 position = 0;
};

// Everything of a document but the pixels and the steps of long ago.
struct Content
{
    QVector<Item> items;
    QVector<FrameTake> takes; // oldest first
    QHash<QString, QJsonValue> settings;
    KeptHistory history;           // read apart, see BoardFile::history()
    std::optional<Error> readOnly; // why it can only be looked at
};

class BoardFile
{
public:
    static constexpr int schemaVersion = 8;
    static constexpr quint32 applicationId = 0x4D4C4F4D;

    // Errors: Unreadable, DiskFull, Invalid (something is there already).
    static Result<std::unique_ptr<BoardFile>> create(const QString &path);
    // A newer or write-protected file opens read-only (see Content::readOnly); a damaged one is left
    // untouched; an older one becomes one of this version with the first write. Errors: NotFound, Corrupt, Unsupported (no Moodloom board), Unreadable.
    static Result<std::unique_ptr<BoardFile>> open(const QString &path, bool readOnly = false);
    ~BoardFile();

    // Without the history. Errors: Corrupt.
    Result<Content> read();
    // All of it or nothing. Errors: DiskFull, Unreadable, ReadOnly.
    Result<void> write(std::span<const Commit> commits);

    // Errors: Corrupt; the board is as it is without it.
    Result<KeptHistory> history();
    // Steps of the history that end before `number`, or begin with it: not all of them, but at
    // least one if there is one. Errors: Corrupt (the first of them cannot be read).
    Result<HistoryPart> stepsBefore(qint64 number);
    Result<HistoryPart> stepsFrom(qint64 number);

    // The embedded file. Errors: NotFound (linked or unknown), Corrupt, Cancelled.
    Result<QByteArray> pictureBytes(const QString &hash, std::stop_token stop = {});
    // Errors: NotFound, Corrupt.
    Result<QByteArray> thumbnail(const QString &hash);
    bool isEmbedded(const QString &hash);

    // The pictures of which the file holds no copy, by hash.
    Result<QStringList> linked();
    // Writes the whole file anew without gaps. Returns the bytes that this has freed on the disk.
    // Errors: DiskFull, Unreadable, ReadOnly.
    Result<qint64> compact();
    // A consistent single-file copy beside which nothing is left. Errors: DiskFull, Unreadable.
    Result<void> copyTo(const QString &path);
    // Drops pictures that nothing shows any more, then makes one single file of it.
    Result<void> close();

    const QString &path() const { return m_database->path(); }
    bool isReadOnly() const { return m_database->isReadOnly(); }

private:
    explicit BoardFile(std::unique_ptr<Database> database) : m_database(std::move(database)) {}
    Result<void> writeItem(const ItemId &id, const std::optional<Item> &item);
    Result<void> writeTake(const QString &id, const std::optional<FrameTake> &take);
    Result<void> writePicture(const StoredPicture &picture);
    Result<void> unembed(const QString &hash);
    Result<void> writeHistory(std::span<const Commit> commits);
    Result<qint64> streamIn(const StoredPicture &picture);

    std::unique_ptr<Database> m_database;
    int m_version = schemaVersion; // of the tables in the file
    std::optional<Error> m_readOnly;
    bool m_closed = false;
};

} // namespace moodloom::board
