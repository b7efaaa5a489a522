// The user's picture collection: one SQLite database in a folder of its own.
//
// A Library object is one connection and belongs to one thread at a time; any number of them, in
// any threads and processes, may be open on the same folder (WAL: readers never wait for the
// writer). Nothing here decodes pictures: that is the Importer's work. Every call reads a page or
// less, so that a library of 100,000 pictures stays quick.
#pragma once

#include "core/base/Database.h"
#include "core/library/Asset.h"
#include "core/library/AssetQuery.h"
#include "core/library/RemovedAsset.h"
#include "core/library/SearchText.h"

#include <QVector>

#include <memory>
#include <span>
#include <vector>

namespace moodloom::library {

// A picture found by words. Score: BM25 (keywords count twice, file names half), higher is better.
struct WordHit
{
    AssetId id = 0;
    double score = 0;
};

struct KeywordUse
{
    QString word;
    int uses = 0;
};

// Embeddings of one model, row by row: values is [ids.size(), dimension], row-major.
struct EmbeddingTable
{
    std::vector<AssetId> ids;
    std::vector<float> values;
    int dimension = 0;
};

// A file that could not be imported, and why.
struct FailedImport
{
    QString path;
    Error error;
    QDateTime at;
};

struct Statistics
{
    qint64 assets = 0;
    qint64 missing = 0;
    qint64 failures = 0;
    qint64 keywords = 0;
    qint64 folders = 0;
    qint64 pictureBytes = 0;  // of the files
    qint64 databaseBytes = 0; // of the database itself
};

class Library
{
public:
    enum class Mode { ReadWrite, ReadOnly };

    // Opens the library in `folder`; ReadWrite makes the folder and the tables, or migrates them.
    // A library of a newer version opens read-only, whatever the mode (see isNewerVersion).
    // Errors: NotFound (ReadOnly), Unreadable, Corrupt, Unsupported (another program's database).
    static Result<std::unique_ptr<Library>> open(const QString &folder,
                                                 Mode mode = Mode::ReadWrite);

    const QString &folder() const { return m_folder; }
    bool isReadOnly() const { return m_database->isReadOnly(); }
    // Written by a newer Moodloom: may be looked at, but every change fails with NewerVersion.
    bool isNewerVersion() const { return m_newer; }
    // Where pictures are kept that had no file (pasted, dragged from a browser).
    QString picturesFolder() const;

    // Changes whenever another connection has committed: a cheap question before reading again.
    Result<qint64> dataVersion();

    // Single assets. Errors: NotFound.
    Result<Asset> asset(AssetId id);
    Result<Asset> assetByHash(const QString &hash);

    // Pages. The second form keeps the order of `ids` and leaves out those that are gone.
    Result<QVector<Asset>> assets(const AssetQuery &query);
    Result<QVector<Asset>> assets(const QVector<AssetId> &ids);
    // The ids alone: 100,000 are read in tens of milliseconds, and a grid can page by them.
    Result<QVector<AssetId>> ids(const AssetQuery &query);
    Result<qint64> count(const AssetQuery &query = {}); // without offset and limit

    // The best pictures for `text`, best first; missing files are left out.
    Result<QVector<WordHit>> searchWords(const QString &text, int limit,
                                         WordMatch match = WordMatch::Any);
    // All distinct keywords, the most used first.
    Result<QVector<KeywordUse>> keywords();

    // Embeddings are a cache: `model` is image::Embedder::id(), vectors of one model have one
    // length. embeddings() reads at most `limit` rows with an asset id above `after`.
    Result<void> setEmbedding(AssetId id, const QString &model, std::span<const float> vector);
    Result<std::vector<float>> embedding(AssetId id, const QString &model); // Errors: NotFound
    Result<EmbeddingTable> embeddings(const QString &model, AssetId after = 0, int limit = -1);
    Result<QVector<AssetId>> missingEmbeddings(const QString &model, int limit = -1);
    Result<qint64> embeddingCount(const QString &model);
    Result<void> dropEmbeddings(const QString &model);

    // Takes pictures out of the library; their files stay on the disk, and a rescan of their folder
    // does not bring them back (an import on purpose does). Hands back what it takes to undo that.
    Result<QVector<RemovedAsset>> remove(const QVector<AssetId> &ids);
    // As they were, ids and all. Files that have gone since are missing; a picture that was imported
    // again stays as it is now.
    Result<void> putBack(const QVector<RemovedAsset> &removed);

    // Imports that failed, the latest first.
    Result<QVector<FailedImport>> failures(int offset = 0, int limit = -1);
    Result<void> forgetFailures();

    // Folders that are scanned for new, changed and gone files. Forgetting one keeps its pictures.
    Result<QStringList> watchedFolders();
    Result<void> watchFolder(const QString &path);
    Result<void> unwatchFolder(const QString &path);

    Result<Statistics> statistics();

    // For the import: adds a picture (its id and import date are given here) or replaces the record
    // of `asset.id` when the content of its file has changed.
    Result<AssetId> add(const Asset &asset);
    Result<void> replace(const Asset &asset);

    // Several changes as one; see Database::transaction.
    Result<void> transaction(const std::function<Result<void>()> &body);

    // The database may not grow beyond this; writes then fail with DiskFull.
    Result<void> limitSize(qint64 bytes);

    // The connection, for the file table (FileIndex).
    Database &database() { return *m_database; }
    // Fails where changes are not allowed. Errors: NewerVersion, ReadOnly.
    Result<void> writable() const;

private:
    Library(QString folder, std::unique_ptr<Database> database)
        : m_folder(std::move(folder)), m_database(std::move(database))
    {
    }
    Result<void> storeWords(const Asset &asset);
    Result<RemovedAsset> recordOf(AssetId id);
    Result<void> putBack(const RemovedAsset &removed);

    QString m_folder;
    std::unique_ptr<Database> m_database;
    bool m_newer = false;
};

} // namespace moodloom::library
