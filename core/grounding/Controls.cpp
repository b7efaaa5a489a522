#include "core/grounding/Controls.h"

#include "core/grounding/Likeness.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace moodloom::grounding {
namespace {

constexpr std::array<double, 6> weights{0, 0.25, 0.5, 0.75, 1, 1.25};
const QRectF region(0, 0, 0.5, 1); // the left half
const QRectF otherRegion(0.5, 0, 0.5, 1);
constexpr double border = 0.0625; // one cell of a 16 x 16 latent
constexpr std::array roles{ReferenceRole::Content, ReferenceRole::Style, ReferenceRole::Layout};

std::vector<double> ranks(const std::vector<double> &values)
{
    std::vector<size_t> order(values.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::sort(order.begin(), order.end(),
              [&](size_t a, size_t b) { return values[a] < values[b]; });
    std::vector<double> result(values.size());
    for (size_t from = 0; from < order.size();) {
        size_t to = from;
        while (to < order.size() && values[order[to]] == values[order[from]])
            ++to;
        for (size_t i = from; i < to; ++i)
            result[order[i]] = double(from + to - 1) / 2;
        from = to;
    }
    return result;
}

class Controls
{
public:
    Controls(const std::vector<ControlTrial> &trials, const ControlTools &tools)
        : m_trials(trials), m_tools(tools),
          m_total(int(trials.size() * (weights.size() + 5 + roles.size())))
    {
    }

    Result<void> run(ControlFindings &findings)
    {
        for (const ControlTrial &trial : m_trials) {
            Result<void> done = tryOne(trial, findings);
            summarise(findings);
            if (!done)
                return done;
        }
        return {};
    }

private:
    Result<void> tryOne(const ControlTrial &trial, ControlFindings &findings)
    {
        generation::Recipe without = trial.recipe;
        without.references.clear();
        const auto plain = paint(without, QString());
        if (!plain)
            return fail(plain.error());
        std::vector<double> changes;
        for (size_t i = 0; i < weights.size(); ++i) {
            generation::Recipe recipe = trial.recipe;
            for (generation::RecipeReference &reference : recipe.references)
                reference.weight = weights[i];
            const auto picture = paint(
                recipe, QStringLiteral("%1-weight-%2").arg(trial.index).arg(weights[i], 0, 'f', 2));
            if (!picture)
                return fail(picture.error());
            if (weights[i] == 0) {
                ++findings.zeroTrials;
                findings.zeroExact += *picture == *plain;
            }
            changes.push_back(meanDifference(*plain, *picture));
            m_changes[i].push_back({trial.index, changes.back()});
            m_shown[i].push_back({trial.index, double(m_tools.shows(*picture, trial.design))});
        }
        m_monotonic.push_back(
            {trial.index, double(std::is_sorted(changes.begin(), changes.end()))});
        m_rank.push_back({trial.index, rankCorrelation({weights.begin(), weights.end()}, changes)});

        if (auto placed = tryPlaces(trial, *plain); !placed)
            return placed;
        return tryRoles(trial, *plain);
    }

    // The thing as a reference in one half beside the whole prompt, and as a note in one half
    // beside a prompt that only names the setting.
    Result<void> tryPlaces(const ControlTrial &trial, const QImage &plain)
    {
        for (const QRectF &half : {region, otherRegion}) {
            const QString side = half == region ? QStringLiteral("left") : QStringLiteral("right");
            generation::Recipe placed = trial.recipe;
            for (generation::RecipeReference &reference : placed.references)
                reference.region = half;
            const auto picture =
                paint(placed, QStringLiteral("%1-region-%2").arg(trial.index).arg(side));
            if (!picture)
                return fail(picture.error());
            const RegionalChange change = changeByRegion(plain, *picture, half, border);
            if (change.inside > 0)
                m_leak.push_back({trial.index, change.outside, change.inside});
            look(m_places[0], trial, *picture, half);

            generation::Recipe noted = trial.recipe;
            noted.references.clear();
            noted.prompt = trial.where;
            noted.texts = {
                {trial.thing,
                 1,
                 {half.topLeft(), half.topRight(), half.bottomRight(), half.bottomLeft()}}};
            const auto other =
                paint(noted, QStringLiteral("%1-note-%2").arg(trial.index).arg(side));
            if (!other)
                return fail(other.error());
            look(m_places[1], trial, *other, half);
        }
        return {};
    }

    struct PlaceObservations
    {
        std::vector<Observation> inside, asked;
    };
    void look(PlaceObservations &place, const ControlTrial &trial, const QImage &picture,
              const QRectF &half)
    {
        place.inside.push_back({trial.index, double(half.contains(m_tools.box(picture).center()))});
        place.asked.push_back(
            {trial.index, double(m_tools.family(picture) == trial.design.family)});
    }

    Result<void> tryRoles(const ControlTrial &trial, const QImage &plain)
    {
        const world::Family asked = trial.design.family;
        m_askedAlone.push_back({trial.index, double(m_tools.family(plain) == asked)});
        for (size_t i = 0; i < roles.size(); ++i) {
            generation::Recipe recipe = trial.recipe;
            recipe.references = {trial.other};
            recipe.references.front().role = roles[i];
            const auto picture = paint(recipe, QStringLiteral("%1-other-%2")
                                                   .arg(trial.index)
                                                   .arg(generation::referenceRoleName(roles[i])));
            if (!picture)
                return fail(picture.error());
            const world::Family seen = m_tools.family(*picture);
            m_roles[i].change.push_back({trial.index, meanDifference(plain, *picture)});
            m_roles[i].leak.push_back({trial.index, double(seen == trial.otherFamily)});
            m_roles[i].asked.push_back({trial.index, double(seen == asked)});
        }
        return {};
    }

    Result<QImage> paint(const generation::Recipe &recipe, const QString &name)
    {
        auto picture = m_tools.paint(recipe);
        if (!picture)
            return picture;
        if (!name.isEmpty())
            if (auto kept = m_tools.keep(name, *picture); !kept)
                return fail(kept.error());
        if (m_tools.progress)
            m_tools.progress(++m_done, m_total);
        return picture;
    }

    void summarise(ControlFindings &findings) const
    {
        findings.weights.clear();
        for (size_t i = 0; i < weights.size(); ++i)
            findings.weights.push_back(
                {weights[i], bootstrap(m_changes[i]), bootstrap(m_shown[i])});
        findings.monotonic = bootstrap(m_monotonic);
        findings.rank = bootstrap(m_rank);
        findings.leak = bootstrap(m_leak);
        findings.places = {{QStringLiteral("a reference"), bootstrap(m_places[0].inside),
                            bootstrap(m_places[0].asked)},
                           {QStringLiteral("a note"), bootstrap(m_places[1].inside),
                            bootstrap(m_places[1].asked)}};
        findings.roles.clear();
        for (size_t i = 0; i < roles.size(); ++i)
            findings.roles.push_back({roles[i], bootstrap(m_roles[i].change),
                                      bootstrap(m_roles[i].leak), bootstrap(m_roles[i].asked)});
        findings.askedAlone = bootstrap(m_askedAlone);
    }

    const std::vector<ControlTrial> &m_trials;
    const ControlTools &m_tools;
    const int m_total;
    int m_done = 0;
    std::array<std::vector<Observation>, weights.size()> m_changes, m_shown;
    std::vector<Observation> m_monotonic, m_rank, m_leak, m_askedAlone;
    struct RoleObservations
    {
        std::vector<Observation> change, leak, asked;
    };
    std::array<RoleObservations, roles.size()> m_roles;
    std::array<PlaceObservations, 2> m_places; // of references and notes
};

} // namespace

Result<void> measureControls(const std::vector<ControlTrial> &trials, const ControlTools &tools,
                             ControlFindings &findings)
{
    return Controls(trials, tools).run(findings);
}

double rankCorrelation(const std::vector<double> &left, const std::vector<double> &right)
{
    const std::vector<double> a = ranks(left), b = ranks(right);
    const double mean = double(a.size() - 1) / 2;
    double product = 0, squaresA = 0, squaresB = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        product += (a[i] - mean) * (b[i] - mean);
        squaresA += (a[i] - mean) * (a[i] - mean);
        squaresB += (b[i] - mean) * (b[i] - mean);
    }
    return squaresA > 0 && squaresB > 0 ? product / std::sqrt(squaresA * squaresB) : 0;
}

} // namespace moodloom::grounding
