// The tables of a report, before anyone has decided how they are shown. Pure functions.
#pragma once

#include "core/grounding/Benchmark.h"

#include <QStringList>

namespace moodloom::grounding {

// The main table: rows of a measure, columns of a condition.
struct ReportCell
{
    Interval value;
    bool there = false;
};
struct ReportRow
{
    Group group = Group::HeldOut;
    Language language = Language::English;
    QString name;
    std::optional<double> chance;
    std::vector<ReportCell> cells; // in the order of all conditions
};
std::vector<ReportRow> reportRows(const Outcome &outcome);

// Tables of words, the heading first.
using Lines = QVector<QStringList>;

Lines mainLines(const Outcome &outcome);
Lines controlLines(const Outcome &outcome);
Lines retrievalLines(const Outcome &outcome);
Lines checkLines(const Outcome &outcome);
Lines promiseLines(const Outcome &outcome);
// One paragraph: how it was measured, and whether all of it was.
QString headline(const Outcome &outcome);
QString nameOf(Language language); // "en"

} // namespace moodloom::grounding
