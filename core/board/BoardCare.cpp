#include "core/board/BoardCare.h"

#include "core/base/ContentHash.h"
#include "core/board/BoardFile.h"
#include "core/board/BoardRecords.h"

#include <QFile>
#include <QSet>

#include <functional>
#include <limits>
#include <optional>

namespace moodloom::board {
namespace {

// Everything of a file that could be read, but the pictures' bytes.
struct Salvage
{
    QVector<Item> items;
    QVector<FrameTake> takes;
    QHash<QString, QJsonValue> settings;
    QVector<StoredPicture> pictures; // without their bytes; `embed`: the file should hold them
    QHash<QString, QString> paths;   // hash -> the file that an item was made from, may be empty
};

// Reads a table from its beginning and, where a damaged page stops that, from its end. Returns
// whether all of it was read.
template <class Row>
bool readTable(Database &db, const QString &columns, const QString &table, Row row)
{
    constexpr qint64 none = std::numeric_limits<qint64>::min();
    qint64 last = none;
    const auto pass = [&](const QString &order, auto wanted) {
        auto statement = db.prepare(QStringLiteral("SELECT rowid, %1 FROM %2 ORDER BY rowid %3")
                                        .arg(columns, table, order));
        if (!statement)
            return false;
        for (;;) {
            const auto more = statement->step();
            if (!more)
                return false;
            if (!*more || !wanted(statement->integer(0)))
                return true;
            row(*statement);
        }
    };
    const bool whole = pass(QStringLiteral("ASC"), [&](qint64 id) {
        last = id;
        return true;
    });
    if (!whole)
        (void)pass(QStringLiteral("DESC"), [&](qint64 id) { return last == none || id > last; });
    return whole;
}

Salvage readRecords(Database &db, BoardHealth *health)
{
    Salvage found;
    bool whole = readTable(db, QStringLiteral("data"), QStringLiteral("item"), [&](const Statement &row) {
        const auto json = objectFrom(row.text(1));
        auto item = json ? itemFromJson(*json) : Result<Item>(fail(json.error()));
        if (!item) {
            ++health->lostRecords;
            return;
        }
        if (const Picture *picture = item->picture())
            found.paths.insert(picture->hash, picture->path);
        found.items.append(std::move(*item));
    });
    QSet<ItemId> frames;
    for (const Item &item : found.items)
        if (item.frame())
            frames.insert(item.id);
    whole &= readTable(db, QStringLiteral("data, id, frame, hash"), QStringLiteral("take"),
                       [&](const Statement &row) {
                           const auto json = objectFrom(row.text(1));
                           if (!json) {
                               ++health->lostRecords;
                               return;
                           }
                           FrameTake take = takeFromJson(*json);
                           take.id = row.text(2);
                           take.frame = ItemId(row.text(3));
                           take.hash = row.text(4);
                           if (frames.contains(take.frame))
                               found.takes.append(std::move(take));
                           else
                               ++health->strayTakes;
                       });
    whole &= readTable(db, QStringLiteral("name, value"), QStringLiteral("setting"),
                       [&](const Statement &row) {
                           if (row.text(1) == historyKey)
                               return; // what could be undone is not what the rest would fit
                           if (const auto value = valueFrom(row.text(2)))
                               found.settings.insert(row.text(1), *value);
                           else
                               ++health->lostRecords;
                       });
    whole &= readTable(db, QStringLiteral("hash, width, height, media, bytes, thumbnail"),
                       QStringLiteral("picture"), [&](const Statement &row) {
                           StoredPicture picture;
                           picture.hash = row.text(1);
                           picture.size = {int(row.integer(2)), int(row.integer(3))};
                           picture.media = row.text(4);
                           picture.embed = row.integer(5) > 0;
                           picture.thumbnail = row.blob(6);
                           found.pictures.append(std::move(picture));
                       });
    if (!whole)
        health->damagedPages = true;
    health->items = int(found.items.size());
    health->takes = int(found.takes.size());
    return found;
}

// The file's bytes when they are what the hash says, else nothing.
std::optional<QByteArray> wholeBytes(Database &db, const QString &hash)
{
    auto statement =
        db.prepare(QStringLiteral("SELECT data FROM picture_part WHERE hash = ? ORDER BY part"));
    if (!statement)
        return std::nullopt;
    statement->bindAll({hash});
    QByteArray bytes;
    for (;;) {
        const auto more = statement->step();
        if (!more)
            return std::nullopt;
        if (!*more)
            break;
        bytes.append(statement->blob(0));
    }
    return contentHash(bytes) == hash ? std::optional(bytes) : std::nullopt;
}

// Walks over the file. `keep` receives the records first, then one picture after another.
Result<BoardHealth> walk(const QString &path, std::stop_token stop,
                         const std::function<Result<void>(Commit)> &keep)
{
    auto database = Database::open(path, Database::Mode::ReadOnly);
    if (!database)
        return fail(database.error());
    Database &db = **database;
    const auto application = db.value(QStringLiteral("PRAGMA application_id"));
    if (!application)
        return fail(application.error());
    if (application->toLongLong() != qint64(BoardFile::applicationId))
        return fail(ErrorCode::Unsupported, path.toStdString(),
                    "it is a database, but not a Moodloom board");
    BoardHealth health;
    const auto pages = db.value(QStringLiteral("PRAGMA integrity_check(1)"));
    health.damagedPages = !pages || pages->toString() != QLatin1String("ok");
    Salvage found = readRecords(db, &health);
    if (keep) {
        Commit records;
        for (const Item &item : found.items)
            records.items.emplace_back(item.id, item);
        for (const FrameTake &take : found.takes)
            records.takes.emplace_back(take.id, take);
        records.settings = found.settings;
        if (auto ok = keep(std::move(records)); !ok)
            return fail(ok.error());
    }
    for (StoredPicture &picture : found.pictures) {
        if (stop.stop_requested())
            return cancelled();
        const QString origin = found.paths.value(picture.hash);
        const bool wanted = picture.embed;
        const auto bytes = wanted ? wholeBytes(db, picture.hash) : std::nullopt;
        const bool original = !bytes && fileHasContent(origin, picture.hash);
        if (bytes)
            ++health.pictures;
        else if (wanted)
            health.damagedPictures.append(picture.hash);
        else if (++health.linked; !original)
            health.missingFiles.append(origin);
        found.paths.remove(picture.hash);
        if (!keep)
            continue;
        if (bytes)
            picture.bytes = *bytes;
        else
            picture.path = origin;
        picture.embed = wanted && (bytes || original);
        Commit commit;
        commit.pictures.push_back(std::move(picture));
        if (auto ok = keep(std::move(commit)); !ok)
            return fail(ok.error());
    }
    // Those that the file knows nothing of: closed before their files had been read.
    for (auto it = found.paths.cbegin(); it != found.paths.cend(); ++it)
        if (++health.linked; !fileHasContent(it.value(), it.key()))
            health.missingFiles.append(it.value());
    return health;
}

} // namespace

Result<BoardHealth> checkBoard(const QString &path, std::stop_token stop)
{
    return walk(path, stop, {});
}

Result<BoardHealth> repairBoard(const QString &path, const QString &goal, std::stop_token stop)
{
    auto made = BoardFile::create(goal);
    if (!made)
        return fail(made.error());
    auto health = walk(path, stop, [&](Commit commit) { return (*made)->write(std::span(&commit, 1)); });
    if (health)
        if (auto closed = (*made)->close(); !closed)
            health = fail(closed.error());
    if (!health) { // half a board would pass for a whole one
        made->reset();
        QFile::remove(goal);
    }
    return health;
}

} // namespace moodloom::board
