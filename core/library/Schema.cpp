#include "core/library/Schema.h"

namespace moodloom::library {
namespace {

constexpr int kApplicationId = 0x4d4c4942; // "MLIB", so that `file` and we can tell it

// An asset is a content; files are the paths that hold it. A file without an asset was removed from
// the library by the user and is left alone until it is imported on purpose. Times are milliseconds
// since 1970, UTC.
const auto kVersion1 = QStringLiteral(R"(
CREATE TABLE assets(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE,
  format TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  modified INTEGER,
  captured INTEGER,
  imported INTEGER NOT NULL,
  description TEXT NOT NULL,
  keywords TEXT NOT NULL,
  palette TEXT NOT NULL,
  phash INTEGER NOT NULL,
  missing INTEGER NOT NULL DEFAULT 0);
CREATE INDEX assets_imported ON assets(imported, id);
CREATE INDEX assets_taken ON assets(coalesce(captured, modified), id);
CREATE INDEX assets_name ON assets(name, id);
CREATE INDEX assets_bytes ON assets(bytes, id);
CREATE INDEX assets_missing ON assets(id) WHERE missing = 1;

CREATE TABLE files(
  path TEXT PRIMARY KEY,
  asset INTEGER REFERENCES assets(id) ON DELETE SET NULL,
  modified INTEGER NOT NULL,
  bytes INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX files_asset ON files(asset);

CREATE TABLE failures(
  path TEXT PRIMARY KEY,
  code INTEGER NOT NULL,
  reason TEXT NOT NULL,
  modified INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  at INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE folders(path TEXT PRIMARY KEY, added INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE keywords(
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL UNIQUE,
  uses INTEGER NOT NULL DEFAULT 0);
CREATE TABLE asset_keywords(
  asset INTEGER NOT NULL REFERENCES assets(id) ON DELETE CASCADE,
  keyword INTEGER NOT NULL REFERENCES keywords(id),
  PRIMARY KEY(asset, keyword)) WITHOUT ROWID;
CREATE INDEX asset_keywords_keyword ON asset_keywords(keyword, asset);
CREATE TRIGGER keyword_used AFTER INSERT ON asset_keywords BEGIN
  UPDATE keywords SET uses = uses + 1 WHERE id = new.keyword;
END;
CREATE TRIGGER keyword_unused AFTER DELETE ON asset_keywords BEGIN
  UPDATE keywords SET uses = uses - 1 WHERE id = old.keyword;
END;

CREATE TABLE embeddings(
  model TEXT NOT NULL,
  asset INTEGER NOT NULL REFERENCES assets(id) ON DELETE CASCADE,
  vector BLOB NOT NULL,
  PRIMARY KEY(model, asset));
CREATE INDEX embeddings_asset ON embeddings(asset);

CREATE VIRTUAL TABLE words USING fts5(
  description, keywords, name,
  tokenize = "unicode61 remove_diacritics 2 tokenchars '|'", prefix = '2 3 4');
CREATE TRIGGER asset_removed AFTER DELETE ON assets BEGIN
  DELETE FROM words WHERE rowid = old.id;
END;
)");

} // namespace

Result<void> prepareSchema(Database &database)
{
    const auto version = database.schemaVersion();
    if (!version)
        return fail(version.error());
    if (*version == kSchemaVersion)
        return {};
    const auto tables = database.value(QStringLiteral("SELECT count(*) FROM sqlite_master"));
    if (!tables)
        return fail(tables.error());
    if (*version == 0 && tables->toInt() > 0)
        return fail(ErrorCode::Unsupported, database.path().toStdString(),
                    "a database, but not a Moodloom library; choose another folder");
    return database.transaction([&]() -> Result<void> {
        // Another connection may have been faster; the transaction's lock decides.
        const auto now = database.schemaVersion();
        if (!now)
            return fail(now.error());
        if (*now < 1) {
            if (auto ok = database.execute(kVersion1); !ok)
                return ok;
            if (auto ok = database.execute(
                    QStringLiteral("PRAGMA application_id = %1").arg(kApplicationId));
                !ok)
                return ok;
        }
        return database.setSchemaVersion(kSchemaVersion);
    });
}

} // namespace moodloom::library
