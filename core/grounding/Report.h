// What came of a benchmark, for people and for programs. Pure functions, but for writeReport().
#pragma once

#include "core/grounding/Benchmark.h"

#include <QJsonObject>

namespace moodloom::grounding {

// One table of plain text, columns aligned with spaces.
QString textReport(const Outcome &outcome);
// Every figure with its interval, and every painting with its verdict.
QJsonObject jsonReport(const Outcome &outcome);
// A page with the tables and the pictures side by side; refers to files below its own folder only.
QString htmlReport(const Outcome &outcome);

// Writes report.html, report.json and report.txt into the outcome's folder. Errors: DiskFull,
// Unreadable.
Result<void> writeReport(const Outcome &outcome);

} // namespace moodloom::grounding
