// A recipe whose prompt may still leave something open (prompt/Choices.h), and how it becomes one
// that can be painted.
#pragma once

#include "core/base/Result.h"
#include "core/generation/Recipe.h"

#include <QCoroTask>
#include <QHash>
#include <QStringList>
#include <QUuid>

namespace moodloom {
class Worker;
}

namespace moodloom::board {
class Board;
}
namespace moodloom::generation {
struct PaintSettings;
}

namespace moodloom::session {

class ReferenceFinder;

struct OpenRecipe
{
    generation::Recipe recipe;
    QString text;             // the prompt as written
    QHash<int, int> fixed;    // see prompt::chosen()
    QStringList facets;       // of `text`
    QStringList servedFacets; // what each of the recipe's references on the board stands for; empty
                              // = nothing on the board acts
};

// A snapshot of what would be painted into this frame now: the finder's prompt, and the references
// and notes that act in the frame (generation::boardReferences(), else those that a search found).
generation::Recipe recipeOf(const board::Board &board, const QUuid &frame,
                            const generation::PaintSettings &settings,
                            const ReferenceFinder &finder);
OpenRecipe openRecipeOf(const board::Board &board, const QUuid &frame,
                        const generation::PaintSettings &settings, const ReferenceFinder &finder);

// With everything chosen by the recipe's seed; at once where nothing is open. A reference that
// stands for an alternative acts only where that one is chosen; where nothing on the board acts,
// what was chosen is looked up. UI thread; reads wildcards on `disk`. Errors: those of
// prompt::chosen().
QCoro::Task<Result<generation::Recipe>> settled(OpenRecipe open, QString wildcardFolder,
                                                Worker *disk, ReferenceFinder *finder);

} // namespace moodloom::session
