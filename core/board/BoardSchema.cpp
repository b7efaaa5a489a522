#include "core/board/BoardSchema.h"

#include "core/board/BoardFile.h"

#include <array>

namespace moodloom::board {
namespace {

const char *const tables = R"(
CREATE TABLE item(id TEXT PRIMARY KEY, kind TEXT NOT NULL, z INTEGER NOT NULL, hash TEXT,
                  data TEXT NOT NULL);
CREATE TABLE take(id TEXT PRIMARY KEY, frame TEXT NOT NULL, hash TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE picture(hash TEXT PRIMARY KEY, width INTEGER NOT NULL, height INTEGER NOT NULL,
                     media TEXT NOT NULL, bytes INTEGER NOT NULL, thumbnail BLOB);
CREATE TABLE picture_part(hash TEXT NOT NULL REFERENCES picture(hash) ON DELETE CASCADE,
                          part INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE(hash, part));
CREATE TABLE history(step INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE history_picture(step INTEGER NOT NULL REFERENCES history(step) ON DELETE CASCADE,
                             hash TEXT NOT NULL, UNIQUE(step, hash));
)";

// From version n to n + 1 at index n - 1.
constexpr std::array<const char *, BoardFile::schemaVersion - 1> steps = {
    // 2: items gain optional fields (crop, greyscale, hidden, group, added). The tables stay; the
    // number grows because a Moodloom of version 1 would drop these fields when it writes an item.
    "",
    // 3: frames gain optional fields (loras, start, controls, adapters, imageEncoder), for the same
    // reason.
    "",
    // 4: pictures gain an optional field (steps), for the same reason; their role, which older ones
    // keep but do not paint by, now acts.
    "",
    // 5: items may be strokes. The tables stay; older versions do not know the kind and open such a
    // file read-only, for its number.
    "",
    // 6: what notes say acts in frames, which they have a switch (acts) and a weight for. Those
    // that
    // were written before were comments and stay so: the board paints as it did.
    "UPDATE item SET data = json_set(data, '$.note.acts', json('false')) WHERE kind = 'note'",
    // 7: what can be undone is kept; frames and notes gain optional fields (variations; steps).
    "CREATE TABLE history(step INTEGER PRIMARY KEY, data BLOB NOT NULL);"
    "CREATE TABLE history_picture(step INTEGER NOT NULL REFERENCES history(step) ON DELETE CASCADE,"
    " hash TEXT NOT NULL, UNIQUE(step, hash))",
    // 8: items gain an optional field (source), for the same reason as in 2. The tables stay.
    "",
};

} // namespace

Result<void> makeTables(Database &db)
{
    if (auto ok = db.execute(QLatin1String(tables)); !ok)
        return ok;
    return db.setSchemaVersion(BoardFile::schemaVersion);
}

Result<void> migrateTables(Database &db, int from)
{
    for (int version = from; version < BoardFile::schemaVersion; ++version)
        if (auto ok = db.execute(QLatin1String(steps[size_t(version - 1)])); !ok)
            return ok;
    return db.setSchemaVersion(BoardFile::schemaVersion);
}

} // namespace moodloom::board
