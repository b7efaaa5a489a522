#include "core/generation/Compose.h"

#include <QRandomGenerator>

#include <algorithm>

namespace moodloom::generation {
namespace {

RecipeReference toRecipe(const retrieval::Reference &reference)
{
    return {reference.asset.path, reference.asset.hash, reference.asset.description,
            reference.weight, reference.region};
}

} // namespace

QVector<RecipeReference> actingReferences(const QVector<retrieval::Reference> &references,
                                          const QVector<prompt::Facet> &facets)
{
    using retrieval::ReferenceState;
    QVector<RecipeReference> pinned, best;
    QVector<int> served;
    for (const retrieval::Reference &reference : references) {
        if (reference.weight <= 0 || reference.state == ReferenceState::Dropped)
            continue;
        if (reference.state == ReferenceState::Pinned) {
            pinned.append(toRecipe(reference));
            continue;
        }
        const int facet = reference.facet;
        const bool entity = facet >= 0 && facet < facets.size() &&
                            facets[facet].kind == prompt::FacetKind::Entity &&
                            !facets[facet].excluded;
        if (entity && !served.contains(facet)) {
            served.append(facet);
            best.append(toRecipe(reference));
        }
    }
    return strongest(pinned.isEmpty() ? best : pinned);
}

QVector<RecipeReference> strongest(QVector<RecipeReference> references)
{
    references.removeIf([](const RecipeReference &reference) { return reference.weight <= 0; });
    while (references.size() > kMostReferences) {
        // The last of the weakest goes, so that earlier ones win ties.
        qsizetype weakest = 0;
        for (qsizetype i = 1; i < references.size(); ++i)
            if (references[i].weight <= references[weakest].weight)
                weakest = i;
        references.removeAt(weakest);
    }
    return references;
}

Recipe composeRecipe(const QString &text, const PaintSettings &settings,
                     const QVector<RecipeReference> &references)
{
    Recipe recipe;
    recipe.prompt = text;
    recipe.negativePrompt = settings.negativePrompt;
    recipe.references = references;
    recipe.model = settings.model;
    recipe.loras = settings.loras;
    recipe.start = settings.start;
    recipe.controls = settings.controls;
    recipe.adapters = settings.adapters;
    recipe.imageEncoder = settings.imageEncoder;
    recipe.seed = settings.randomSeed ? freshSeed() : settings.seed;
    recipe.size = settings.size;
    recipe.steps = settings.steps;
    recipe.guidance = settings.guidance;
    recipe.sampler = settings.sampler;
    return recipe;
}

quint64 freshSeed()
{
    // 32 bits are enough to differ and short enough to be typed.
    return QRandomGenerator::global()->generate();
}

} // namespace moodloom::generation
