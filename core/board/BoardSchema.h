// The tables of a board file, and the way to them from every earlier version of the format.
// README.md says what they mean.
//
// Functions over a connection; call them on the thread that owns it.
#pragma once

#include "core/base/Database.h"

namespace moodloom::board {

// Makes the tables of BoardFile::schemaVersion in an empty database.
Result<void> makeTables(Database &db);

// Brings the tables of an older file up to date. Requires: a transaction, so that a file is of one
// version or of the other, whatever happens. Errors: DiskFull, Corrupt.
Result<void> migrateTables(Database &db, int from);

} // namespace moodloom::board
