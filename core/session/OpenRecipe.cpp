#include "core/session/OpenRecipe.h"

#include "core/base/Worker.h"
#include "core/generation/Compose.h"
#include "core/prompt/FacetParser.h"
#include "core/prompt/Wildcards.h"
#include "core/session/ReferenceFinder.h"

#include <QCoroFuture>
#include <QPointer>

namespace moodloom::session {

using generation::Recipe;
using generation::RecipeReference;

static QString folded(const QString &text)
{
    return text.simplified().toCaseFolded();
}

QCoro::Task<Result<Recipe>> settled(OpenRecipe open, QString wildcardFolder, Worker *disk,
                                    ReferenceFinder *finder)
{
    Recipe recipe = open.recipe;
    if (prompt::choicesIn(open.text).isEmpty())
        co_return recipe;
    const QPointer<ReferenceFinder> there(finder);
    const auto job = [text = open.text, seed = recipe.seed, fixed = open.fixed,
                      wildcardFolder](std::stop_token) {
        return prompt::chosen(text, seed, prompt::wildcardsIn(wildcardFolder), fixed);
    };
    QFuture<Result<QString>> choosing = disk->run(job);
    const Result<QString> words = co_await choosing;
    if (!words)
        co_return fail(words.error());
    if (!there)
        co_return cancelled();
    recipe.promptTemplate = open.text;
    recipe.prompt = prompt::parsePrompt(*words).clean;
    if (open.servedFacets.isEmpty()) {
        QFuture<Result<ReferenceFinder::LookedUp>> looking = finder->lookUp(*words);
        const auto found = co_await looking;
        // Without a library the words alone are painted, as after a search that found nothing.
        recipe.references.clear();
        if (found)
            recipe.references =
                generation::actingReferences(found->references, found->prompt.facets);
        co_return recipe;
    }
    QVector<RecipeReference> acting;
    for (qsizetype i = 0; i < recipe.references.size(); ++i) {
        const QString facet = open.servedFacets.value(i);
        if (facet.isEmpty() || !open.facets.contains(facet) ||
            folded(*words).contains(folded(facet)))
            acting.append(recipe.references[i]);
    }
    recipe.references = acting;
    co_return recipe;
}

} // namespace moodloom::session
