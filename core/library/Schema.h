// The tables of a library database, and how older ones become the present ones.
#pragma once

#include "core/base/Database.h"

namespace moodloom::library {

// Raised with every change of the tables; migrations lead from each version to the next.
inline constexpr int kSchemaVersion = 1;

// Creates the tables in an empty database, or migrates an older one, in one transaction.
// Errors: Unsupported (a database of another kind), those of Database. Requires: read-write, and a
// version that is not newer.
Result<void> prepareSchema(Database &database);

} // namespace moodloom::library
