#include "core/generation/Compose.h"

#include <QRandomGenerator>

#include <algorithm>

namespace moodloom::generation {
namespace {

RecipeReference toRecipe(const retrieval::Reference &reference)
{
    return {reference.asset.path, reference.asset.hash, reference.asset.description,
            reference.weight,     reference.region,     reference.role,
            reference.steps,      reference.part};
}

} // namespace

QVector<RecipeReference> actingReferences(const QVector<retrieval::Reference> &references,
                                          const QVector<prompt::Facet> &facets)
{
    using retrieval::ReferenceState;
    QVector<RecipeReference> pinned, best;
    QVector<int> served;
    for (const retrieval::Reference &reference : references) {
        if (reference.weight <= 0 || reference.state == ReferenceState::Dropped || reference.nearest)
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

QVector<qsizetype> strongest(const QVector<double> &weights)
{
    QVector<qsizetype> kept;
    for (qsizetype i = 0; i < weights.size(); ++i)
        if (weights[i] > 0)
            kept.append(i);
    while (kept.size() > kMostReferences) {
        // The last of the weakest goes, so that earlier ones win ties.
        qsizetype weakest = 0;
        for (qsizetype i = 1; i < kept.size(); ++i)
            if (weights[kept[i]] <= weights[kept[weakest]])
                weakest = i;
        kept.removeAt(weakest);
    }
    return kept;
}

QVector<RecipeReference> strongest(const QVector<RecipeReference> &references)
{
    QVector<double> weights;
    for (const RecipeReference &reference : references)
        weights.append(reference.weight);
    QVector<RecipeReference> kept;
    for (const qsizetype i : strongest(weights))
        kept.append(references[i]);
    return kept;
}

void setReferences(Recipe &recipe, const QVector<RecipeReference> &references)
{
    recipe.references = references;
    recipe.layered = false;
    for (qsizetype i = 0; i < references.size(); ++i)
        for (qsizetype j = 0; j < i; ++j)
            recipe.layered |= references[i].role == references[j].role &&
                              references[i].region.intersects(references[j].region);
}

Recipe composeRecipe(const prompt::Prompt &prompt, const PaintSettings &settings,
                     const QVector<RecipeReference> &references)
{
    Recipe recipe;
    recipe.prompt = prompt.clean;
    recipe.emphasis = prompt.emphasis;
    const prompt::Unmarked negative = prompt::stripEmphasis(settings.negativePrompt);
    recipe.negativePrompt = negative.text;
    recipe.negativeEmphasis = prompt::emphasisOf(negative);
    setReferences(recipe, references);
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
