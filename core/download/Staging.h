// Where the files of a plan grow until all are whole and right: `.moodloom-download/` below the
// folder that was chosen, which no program looks into. Pure functions of plan and disk.
#pragma once

#include "core/download/Plan.h"

namespace moodloom::download {

QString stagingFolder(const Plan &plan, const QString &folder);
// Where a file of the plan belongs in the end.
QString placeOf(const Plan &plan, const QString &folder, const QString &path);
// Everything that was fetched of the plan goes, and the folders that are empty then.
void discardStaged(const Plan &plan, const QString &folder);
// Bytes of the plan that are there.
qint64 stagedBytes(const Plan &plan, const QString &folder);

// Bytes that may still be written below a folder, which need not be there yet; -1 = not known.
qint64 freeBytesBelow(const QString &folder);

} // namespace moodloom::download
