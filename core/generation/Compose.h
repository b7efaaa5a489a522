// From what the user decided to the recipe: pure functions, the same for window and command line.
#pragma once

#include "core/generation/PaintSettings.h"
#include "core/prompt/Prompt.h"
#include "core/retrieval/Reference.h"

namespace moodloom::generation {

// References beyond this many dilute each other; the strongest are kept.
inline constexpr int kMostReferences = 6;

// The references that act on the picture, strongest first: every pinned one; when nothing is pinned,
// the best suggested one of each entity facet. Dropped and zero-weight ones never act, nor do those
// that are merely the nearest to what the library lacks.
QVector<RecipeReference> actingReferences(const QVector<retrieval::Reference> &references,
                                          const QVector<prompt::Facet> &facets);

// Keeps the `kMostReferences` strongest, in their order.
QVector<RecipeReference> strongest(const QVector<RecipeReference> &references);
// The same by their weights: the places of those that stay, ascending. Weight 0 never stays.
QVector<qsizetype> strongest(const QVector<double> &weights);

// Puts them into the recipe, from the back to the front: where two of one role overlap, the nearer one acts.
void setReferences(Recipe &recipe, const QVector<RecipeReference> &references);

// The whole snapshot, of the prompt's words and what counts more or less in them; the same of the
// settings' negative prompt, which may have attention marks.
Recipe composeRecipe(const prompt::Prompt &prompt, const PaintSettings &settings,
                     const QVector<RecipeReference> &references);

// A seed that no one chose.
quint64 freshSeed();

} // namespace moodloom::generation
