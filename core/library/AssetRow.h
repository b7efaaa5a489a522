// An Asset as a row of the table `assets`: the columns, and how values are written in them.
#pragma once

#include "core/base/Database.h"
#include "core/library/Asset.h"

namespace moodloom::library {

// The columns that readAsset expects, in its order.
QString assetColumns();

// Requires: `row` stands on a row that begins with assetColumns().
Asset readAsset(const Statement &row);

// The values of all columns but the id, in assetColumns() order.
QVariantList assetValues(const Asset &asset);

// Null for an invalid date.
QVariant storedDate(const QDateTime &date);

} // namespace moodloom::library
