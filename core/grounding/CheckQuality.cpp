#include "core/grounding/CheckQuality.h"

#include <limits>

namespace moodloom::grounding {
namespace {

using generation::Shown;

// The area under the curve of the rank-sum test (Mann and Whitney, 1947); ties count half.
double areaUnderCurve(const std::vector<CheckedPicture> &pictures)
{
    double higher = 0, pairs = 0;
    for (const CheckedPicture &one : pictures)
        for (const CheckedPicture &other : pictures) {
            if (!one.shows || other.shows || one.check.shown == Shown::Unchecked ||
                other.check.shown == Shown::Unchecked)
                continue;
            pairs += 1;
            higher += one.check.score > other.check.score    ? 1
                      : one.check.score == other.check.score ? 0.5
                                                             : 0;
        }
    return pairs > 0 ? higher / pairs : std::numeric_limits<double>::quiet_NaN();
}

} // namespace

CheckFinding checkFinding(const QString &what, const std::vector<CheckedPicture> &pictures)
{
    CheckFinding finding;
    finding.what = what;
    finding.pictures = int(pictures.size());
    std::vector<Observation> weak, found, missing;
    for (const CheckedPicture &picture : pictures) {
        const Shown shown = picture.check.shown;
        if (shown == Shown::Unchecked) {
            ++finding.unchecked;
            continue;
        }
        finding.showing += picture.shows;
        weak.push_back({picture.cluster, shown == Shown::Weak ? 1.0 : 0.0});
        if (shown == Shown::Found)
            found.push_back({picture.cluster, picture.shows ? 1.0 : 0.0});
        if (shown == Shown::Missing)
            missing.push_back({picture.cluster, picture.shows ? 0.0 : 1.0});
    }
    finding.auc = areaUnderCurve(pictures);
    finding.weak = bootstrap(weak);
    finding.found = bootstrap(found);
    finding.missing = bootstrap(missing);
    return finding;
}

std::vector<CheckFinding> checkFindings(const std::vector<Trial> &trials,
                                        const std::vector<Painting> &paintings,
                                        const std::vector<CheckedPicture> &otherDesigns,
                                        const std::vector<CheckedPicture> &otherThings)
{
    std::vector<CheckedPicture> painted, drawn;
    std::vector<std::vector<CheckedPicture>> by(conditionCount);
    for (const Painting &painting : paintings) {
        if (!painting.check)
            continue;
        const Trial &trial = trials[size_t(painting.trial)];
        const bool certain =
            painting.condition == Condition::Drawn || painting.condition == Condition::Decoded;
        const CheckedPicture checked{painting.trial, *painting.check,
                                     certain || painting.judged.design == trial.design().named};
        (certain ? drawn : painted).push_back(checked);
        if (!certain)
            by[size_t(painting.condition)].push_back(checked);
    }
    std::vector<CheckFinding> findings;
    const auto add = [&](const QString &what, std::vector<CheckedPicture> pictures,
                         const std::vector<CheckedPicture> &others) {
        if (pictures.empty())
            return;
        pictures.insert(pictures.end(), others.begin(), others.end());
        findings.push_back(checkFinding(what, pictures));
    };
    add(QStringLiteral("painted"), painted, {});
    for (int i = 0; i < conditionCount; ++i)
        add(QStringLiteral("painted, ") + nameOf(Condition(i)), by[size_t(i)], {});
    add(QStringLiteral("drawn, and drawings of other designs of the family"), drawn, otherDesigns);
    add(QStringLiteral("drawn, and drawings of other things"), drawn, otherThings);
    return findings;
}

} // namespace moodloom::grounding
