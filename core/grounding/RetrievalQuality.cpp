#include "core/grounding/RetrievalQuality.h"

#include "core/world/Caption.h"
#include "core/world/Designs.h"

#include <algorithm>

namespace moodloom::grounding {
namespace {

struct Question
{
    QString text;
    std::vector<world::Design> designs; // one for each entity, in the text's order
};

Question questionOf(QueryKind kind, Language language, const world::Design &first,
                    const world::Design &second)
{
    const bool english = language == Language::English;
    const auto named = [&](const world::Design &design) {
        return QString::fromStdString(english ? world::namedEn(design) : world::namedZh(design));
    };
    switch (kind) {
    case QueryKind::Name:
        return {named(first), {first}};
    case QueryKind::Look:
        return {QString::fromStdString(english ? world::lookEn(first) : world::lookZh(first)),
                {first}};
    case QueryKind::TwoEntities:
        return {english
                    ? named(first) + QStringLiteral(" beside ") + named(second)
                    : named(first) + QStringLiteral("在") + named(second) + QStringLiteral("旁边"),
                {first, second}};
    }
    return {};
}

bool shows(const world::Scene &scene, const world::Design &design, QueryKind kind)
{
    return std::any_of(
        scene.entities.begin(), scene.entities.end(), [&](const world::Entity &entity) {
            const world::Design &other = entity.design;
            if (kind != QueryKind::Look)
                return other.named == design.named;
            return other.family == design.family && other.main == design.main &&
                   other.pattern == design.pattern &&
                   (design.pattern == world::Pattern::Plain || other.second == design.second);
        });
}

bool foundAmong(const FacetHits &hits, int count, const world::Design &design, QueryKind kind)
{
    for (int i = 0; i < std::min(count, int(hits.scenes.size())); ++i)
        if (shows(hits.scenes[i], design, kind))
            return true;
    return false;
}

} // namespace

QString nameOf(QueryKind kind)
{
    switch (kind) {
    case QueryKind::Name:
        return QStringLiteral("a name");
    case QueryKind::Look:
        return QStringLiteral("a look");
    case QueryKind::TwoEntities:
        return QStringLiteral("two names");
    }
    return {};
}

Result<std::vector<RetrievalFinding>> measureRetrieval(TrialLibrary &library, int queries,
                                                       uint64_t seed, std::stop_token stop)
{
    std::vector<int> designs = library.designsShown();
    world::Random random(world::derivedSeed(seed, 71));
    for (int i = int(designs.size()) - 1; i > 0; --i)
        std::swap(designs[size_t(i)], designs[size_t(random.below(i + 1))]);
    const size_t asked = std::min(designs.size(), size_t(queries));
    std::vector<RetrievalFinding> findings;
    for (const QueryKind kind : {QueryKind::Name, QueryKind::Look, QueryKind::TwoEntities})
        for (const Language language : {Language::English, Language::Chinese})
            for (const SearchMode mode :
                 {SearchMode::Words, SearchMode::Vectors, SearchMode::Fused}) {
                if (mode != SearchMode::Words && !library.hasVectors())
                    continue;
                std::vector<Observation> at1, at5, at10, covered;
                for (size_t i = 0; i < asked; ++i) {
                    const Question question =
                        questionOf(kind, language, world::namedDesign(designs[i]).design,
                                   world::namedDesign(designs[(i + 1) % designs.size()]).design);
                    const auto hits = library.search(question.text, mode, 12, stop);
                    if (!hits)
                        return fail(hits.error());
                    bool all = true;
                    for (size_t k = 0; k < question.designs.size(); ++k) {
                        // An entity that was not understood as one has found nothing.
                        const FacetHits none;
                        const FacetHits &own =
                            qsizetype(k) < hits->size() ? (*hits)[qsizetype(k)] : none;
                        const auto add = [&](std::vector<Observation> &to, int count) {
                            to.push_back({int(i), double(foundAmong(own, count, question.designs[k],
                                                                    kind))});
                        };
                        add(at1, 1);
                        add(at5, 5);
                        add(at10, 10);
                        all = all && foundAmong(own, 3, question.designs[k], kind);
                    }
                    covered.push_back({int(i), double(all)});
                }
                findings.push_back({kind, mode, language, bootstrap(at1), bootstrap(at5),
                                    bootstrap(at10), bootstrap(covered), false});
            }
    return findings;
}

} // namespace moodloom::grounding
