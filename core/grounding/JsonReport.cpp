#include "core/grounding/Promises.h"
#include "core/grounding/Report.h"
#include "core/grounding/ReportTables.h"
#include "core/world/Designs.h"

#include <QJsonArray>

#include <cmath>

namespace moodloom::grounding {
namespace {

QJsonValue number(double value)
{
    return std::isfinite(value) ? QJsonValue(value) : QJsonValue();
}

QJsonObject json(const Interval &interval)
{
    return {{"value", number(interval.value)},
            {"low", number(interval.low)},
            {"high", number(interval.high)},
            {"observations", interval.count},
            {"clusters", interval.clusters}};
}

QString words(std::string_view view)
{
    return QString::fromUtf8(view.data(), qsizetype(view.size()));
}

QJsonObject json(const Painting &painting, const Trial &trial)
{
    const Verdict &verdict = painting.judged.verdict;
    QJsonObject judged{{"family", words(world::familyInfo(verdict.family).en)},
                       {"main", words(world::hueInfo(verdict.main).en)},
                       {"second", words(world::hueInfo(verdict.second).en)},
                       {"pattern", words(world::patternWords(verdict.pattern).en)},
                       {"place", words(world::placeInfo(verdict.setting.place).en)},
                       {"time", words(world::timeInfo(verdict.setting.time).en)}};
    if (painting.judged.design >= 0)
        judged["design"] =
            QString::fromStdString(world::namedDesign(painting.judged.design).name.en);
    if (painting.judged.relation)
        judged["relation"] = QLatin1String(world::relationName(*painting.judged.relation));
    QJsonObject object{{"trial", painting.trial},
                       {"group", nameOf(trial.group)},
                       {"condition", nameOf(painting.condition)},
                       {"language", nameOf(painting.language)},
                       {"take", painting.take},
                       {"file", painting.file},
                       {"references", QJsonArray::fromStringList(QStringList(
                                          painting.references.begin(), painting.references.end()))},
                       {"judged", judged}};
    if (painting.check)
        object["check"] = QJsonObject{{"shown", generation::shownName(painting.check->shown)},
                                      {"score", number(painting.check->score)}};
    if (painting.copying)
        object["copying"] = *painting.copying;
    return object;
}

QJsonObject json(const Trial &trial)
{
    QJsonArray designs;
    for (const world::Entity &entity : trial.scene.entities)
        designs.append(QJsonObject{
            {"name", QString::fromStdString(world::namedDesign(entity.design.named).name.en)},
            {"family", words(world::familyInfo(entity.design.family).en)},
            {"main", words(world::hueInfo(entity.design.main).en)},
            {"second", words(world::hueInfo(entity.design.second).en)},
            {"pattern", words(world::patternWords(entity.design.pattern).en)}});
    QJsonObject object{
        {"group", nameOf(trial.group)}, {"en", trial.en}, {"zh", trial.zh}, {"designs", designs}};
    if (!trial.scene.links.empty())
        object["relation"] = QLatin1String(world::relationName(trial.scene.links.front().relation));
    return object;
}

} // namespace

QJsonObject jsonReport(const Outcome &outcome)
{
    const BenchmarkOptions &options = outcome.options;
    QJsonArray rows, trials, paintings, retrieval, weights, kept, checks;
    for (const ReportRow &row : reportRows(outcome)) {
        QJsonObject cells;
        for (int i = 0; i < conditionCount; ++i)
            if (row.cells[size_t(i)].there)
                cells[nameOf(Condition(i))] = json(row.cells[size_t(i)].value);
        rows.append(QJsonObject{{"group", nameOf(row.group)},
                                {"language", nameOf(row.language)},
                                {"measure", row.name},
                                {"chance", row.chance ? QJsonValue(*row.chance) : QJsonValue()},
                                {"conditions", cells}});
    }
    for (const Trial &trial : outcome.trials)
        trials.append(json(trial));
    for (const Painting &painting : outcome.paintings)
        paintings.append(json(painting, outcome.trials[size_t(painting.trial)]));
    for (const RetrievalFinding &finding : outcome.retrieval)
        retrieval.append(QJsonObject{{"query", nameOf(finding.kind)},
                                     {"by", nameOf(finding.mode)},
                                     {"plain_encoders", finding.plainEncoders},
                                     {"language", nameOf(finding.language)},
                                     {"recall_1", json(finding.recall1)},
                                     {"recall_5", json(finding.recall5)},
                                     {"recall_10", json(finding.recall10)},
                                     {"coverage_3", json(finding.coverage)}});
    for (const WeightPoint &point : outcome.controls.weights)
        weights.append(QJsonObject{{"weight", point.weight},
                                   {"change", json(point.change)},
                                   {"identified", json(point.identified)}});
    for (const Promise &promise : promises(outcome))
        kept.append(QJsonObject{{"what", promise.what},
                                {"wanted", promise.wanted},
                                {"found", json(promise.found)},
                                {"kept", promise.kept}});
    for (const CheckFinding &finding : outcome.checks)
        checks.append(QJsonObject{{"what", finding.what},
                                  {"pictures", finding.pictures},
                                  {"showing", finding.showing},
                                  {"unchecked", finding.unchecked},
                                  {"auc", number(finding.auc)},
                                  {"found_rightly", json(finding.found)},
                                  {"missing_rightly", json(finding.missing)},
                                  {"weak", json(finding.weak)}});
    const ControlFindings &controls = outcome.controls;
    QJsonArray roles;
    for (const RolePoint &point : controls.roles)
        roles.append(QJsonObject{{"role", generation::referenceRoleName(point.role)},
                                 {"change", json(point.change)},
                                 {"leak", json(point.leak)},
                                 {"asked", json(point.asked)}});
    QJsonArray places;
    for (const PlacePoint &point : controls.places)
        places.append(QJsonObject{
            {"what", point.what}, {"inside", json(point.inside)}, {"asked", json(point.asked)}});
    QJsonArray conditions;
    for (const Condition condition : options.conditions)
        conditions.append(nameOf(condition));
    return {{"partial", outcome.partial},
            {"model", options.model},
            {"encoders", options.encoders},
            {"seed", QString::number(options.seed)},
            {"count", options.count},
            {"takes", options.takes},
            {"steps", options.steps},
            {"guidance", options.guidance},
            {"conditions", conditions}, // none: all of them
            {"sampler", generation::samplerName(options.sampler)},
            {"width", outcome.size.width()},
            {"height", outcome.size.height()},
            {"seconds", outcome.seconds},
            {"note", outcome.libraryNote},
            {"table", rows},
            {"promises", kept},
            {"retrieval", retrieval},
            {"checks", checks},
            {"controls", QJsonObject{{"weights", weights},
                                     {"monotonic", json(controls.monotonic)},
                                     {"rank_correlation", json(controls.rank)},
                                     {"zero_trials", controls.zeroTrials},
                                     {"zero_exact", controls.zeroExact},
                                     {"region_leak", json(controls.leak)},
                                     {"places", places},
                                     {"asked_alone", json(controls.askedAlone)},
                                     {"roles", roles}}},
            {"trials", trials},
            {"paintings", paintings}};
}

} // namespace moodloom::grounding
