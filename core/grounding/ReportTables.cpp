#include "core/grounding/ReportTables.h"

#include "core/grounding/Promises.h"

#include <cmath>

namespace moodloom::grounding {
namespace {

QString number(double value)
{
    return std::isnan(value) ? QStringLiteral("-") : QString::number(value, 'f', 2);
}

QString range(const Interval &interval)
{
    if (interval.count == 0)
        return QStringLiteral("-");
    return interval.clusters < 2
               ? number(interval.value)
               : QStringLiteral("%1 [%2, %3]")
                     .arg(number(interval.value), number(interval.low), number(interval.high));
}

QString title(const ReportRow &row)
{
    QString name = nameOf(row.group);
    if (row.language == Language::Chinese)
        name += QStringLiteral(" (zh)");
    return name;
}

} // namespace

QString nameOf(Language language)
{
    return language == Language::English ? QStringLiteral("en") : QStringLiteral("zh");
}

Lines retrievalLines(const Outcome &outcome)
{
    Lines lines{{QStringLiteral("retrieval"), QStringLiteral("language"), QStringLiteral("by"),
                 QStringLiteral("recall@1"), QStringLiteral("recall@5"),
                 QStringLiteral("recall@10"), QStringLiteral("all facets in the first 3")}};
    for (const RetrievalFinding &finding : outcome.retrieval)
        lines.append({nameOf(finding.kind), nameOf(finding.language),
                      finding.plainEncoders
                          ? nameOf(finding.mode) + QStringLiteral(", plain encoders")
                          : nameOf(finding.mode),
                      range(finding.recall1), range(finding.recall5), range(finding.recall10),
                      range(finding.coverage)});
    return lines;
}

Lines controlLines(const Outcome &outcome)
{
    const ControlFindings &controls = outcome.controls;
    Lines lines{{QStringLiteral("control"), QStringLiteral("found")}};
    for (const WeightPoint &point : controls.weights)
        lines.append({QStringLiteral("weight %1: change, design shown").arg(point.weight),
                      range(point.change) + QStringLiteral("; ") + range(point.identified)});
    lines.append({QStringLiteral("more weight never changes less"), range(controls.monotonic)});
    lines.append({QStringLiteral("rank correlation of weight and change"), range(controls.rank)});
    lines.append({QStringLiteral("weight 0 gives the bytes of no reference"),
                  QStringLiteral("%1 of %2").arg(controls.zeroExact).arg(controls.zeroTrials)});
    lines.append(
        {QStringLiteral("change outside a region, relative to inside"), range(controls.leak)});
    for (const PlacePoint &point : controls.places)
        lines.append(
            {QStringLiteral("%1 in one half: the thing stands there; it is what was asked for")
                 .arg(point.what),
             range(point.inside) + QStringLiteral("; ") + range(point.asked)});
    if (!controls.roles.empty())
        lines.append({QStringLiteral("no reference: the thing asked for is shown"),
                      range(controls.askedAlone)});
    for (const RolePoint &point : controls.roles)
        lines.append({QStringLiteral("another thing's picture as %1: change; that thing leaks in; "
                                     "the thing asked for is shown")
                          .arg(generation::referenceRoleName(point.role)),
                      range(point.change) + QStringLiteral("; ") + range(point.leak) +
                          QStringLiteral("; ") + range(point.asked)});
    return lines;
}

Lines checkLines(const Outcome &outcome)
{
    Lines lines{{QStringLiteral("the check of takes"), QStringLiteral("pictures"),
                 QStringLiteral("show the design"), QStringLiteral("not checked"),
                 QStringLiteral("AUC"), QStringLiteral("found, rightly"),
                 QStringLiteral("missing, rightly"), QStringLiteral("weak")}};
    for (const CheckFinding &finding : outcome.checks)
        lines.append({finding.what, QString::number(finding.pictures),
                      QString::number(finding.showing), QString::number(finding.unchecked),
                      number(finding.auc), range(finding.found), range(finding.missing),
                      range(finding.weak)});
    return lines;
}

Lines mainLines(const Outcome &outcome)
{
    Lines lines{{QStringLiteral("prompts"), QStringLiteral("measure"), QStringLiteral("chance")}};
    for (int i = 0; i < conditionCount; ++i)
        lines[0].append(nameOf(Condition(i)));
    for (const ReportRow &row : reportRows(outcome)) {
        QStringList line{title(row), row.name,
                         row.chance ? number(*row.chance) : QStringLiteral("-")};
        for (const ReportCell &cell : row.cells)
            line.append(cell.there ? range(cell.value) : QStringLiteral("-"));
        lines.append(line);
    }
    return lines;
}

Lines promiseLines(const Outcome &outcome)
{
    Lines lines{
        {QStringLiteral("promise"), QStringLiteral("wanted"), QStringLiteral("found"), QString()}};
    for (const Promise &promise : promises(outcome))
        lines.append({promise.what, promise.wanted, range(promise.found),
                      promise.kept ? QStringLiteral("kept") : QStringLiteral("not kept")});
    return lines;
}

QString headline(const Outcome &outcome)
{
    const BenchmarkOptions &options = outcome.options;
    QString text =
        QStringLiteral(
            "%1 prompts a group, %2 takes, seed %3, %4 steps (%9), guidance %5, %6x%7 pixels, "
            "%8 s. Means with 95 % bootstrap intervals over prompts.")
            .arg(options.count)
            .arg(options.takes)
            .arg(options.seed)
            .arg(options.steps)
            .arg(options.guidance)
            .arg(outcome.size.width())
            .arg(outcome.size.height())
            .arg(outcome.seconds, 0, 'f', 0)
            .arg(generation::samplerName(options.sampler));
    if (!options.conditions.empty()) {
        QStringList names;
        for (const Condition condition : options.conditions)
            names << nameOf(condition);
        text += QStringLiteral(" Painted under these conditions alone: %1.")
                    .arg(names.join(QStringLiteral(", ")));
    }
    if (!outcome.libraryNote.isEmpty())
        text += QLatin1Char(' ') + outcome.libraryNote + QLatin1Char('.');
    if (outcome.partial)
        text = QStringLiteral("PARTIAL: stopped before everything was measured. ") + text;
    return text;
}

std::vector<ReportRow> reportRows(const Outcome &outcome)
{
    std::vector<ReportRow> rows;
    for (int group = 0; group < groupCount; ++group)
        for (const Language language : {Language::English, Language::Chinese}) {
            const auto addRow = [&](const QString &name, std::optional<double> chance,
                                    const auto &valueOf) {
                ReportRow row{Group(group), language, name, chance, {}};
                bool any = false;
                for (int condition = 0; condition < conditionCount; ++condition) {
                    ReportCell cell;
                    cell.value = valueOf(Condition(condition));
                    cell.there = cell.value.count > 0;
                    any = any || cell.there;
                    row.cells.push_back(cell);
                }
                if (any)
                    rows.push_back(std::move(row));
            };
            for (int m = 0; m < measureCount; ++m) {
                const Measure measure = Measure(m);
                addRow(nameOf(measure), chanceOf(measure, outcome.trials),
                       [&](Condition condition) {
                           return summary(measure, {Group(group), condition, language},
                                          outcome.trials, outcome.paintings);
                       });
            }
            addRow(QStringLiteral("diversity (drawn = 1)"), {}, [&](Condition condition) {
                for (const Diversity &diversity : outcome.diversity)
                    if (diversity.group == Group(group) && diversity.condition == condition &&
                        language == Language::English)
                        return diversity.value;
                return Interval{};
            });
        }
    return rows;
}

} // namespace moodloom::grounding
