#include "core/session/OpenRecipe.h"

#include "core/base/Worker.h"
#include "core/board/Board.h"
#include "core/board/Regions.h"
#include "core/generation/BoardReferences.h"
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

static QVector<RecipeReference> actingOn(const board::Board &board, const QUuid &frame,
                                         const ReferenceFinder &finder)
{
    QVector<RecipeReference> acting;
    for (const generation::BoardReference &placed : generation::boardReferences(board, frame))
        acting.append(placed.reference);
    if (!acting.isEmpty())
        return acting;
    acting = generation::actingReferences(finder.references(), finder.facets());
    // Suggestions lie on the board, too, and what is shown of them there is what acts.
    for (RecipeReference &reference : acting) {
        const board::Item *item = board.item(board.pictureOf(reference.hash));
        if (item && item->picture())
            reference.part = board::shownShare(*item->picture());
    }
    return acting;
}

Recipe recipeOf(const board::Board &board, const QUuid &frame,
                const generation::PaintSettings &settings, const ReferenceFinder &finder)
{
    Recipe recipe = generation::composeRecipe(prompt::parsePrompt(finder.prompt()), settings,
                                              actingOn(board, frame, finder));
    for (const generation::BoardText &placed : generation::boardTexts(board, frame))
        recipe.texts.append(placed.text);
    return recipe;
}

OpenRecipe openRecipeOf(const board::Board &board, const QUuid &frame,
                        const generation::PaintSettings &settings, const ReferenceFinder &finder)
{
    OpenRecipe open{recipeOf(board, frame, settings, finder), finder.prompt(), {}, {}, {}};
    for (const prompt::Facet &facet : finder.facets())
        open.facets.append(facet.text);
    for (const generation::BoardReference &placed : generation::boardReferences(board, frame))
        open.servedFacets.append(board.item(placed.item)->picture()->facet);
    return open;
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
    const prompt::Prompt chosen = prompt::parsePrompt(*words);
    recipe.prompt = chosen.clean;
    recipe.emphasis = chosen.emphasis;
    if (open.servedFacets.isEmpty()) {
        QFuture<Result<ReferenceFinder::LookedUp>> looking = finder->lookUp(*words);
        const auto found = co_await looking;
        // Without a library the words alone are painted, as after a search that found nothing.
        QVector<RecipeReference> acting;
        if (found)
            acting = generation::actingReferences(found->references, found->prompt.facets);
        generation::setReferences(recipe, acting);
        co_return recipe;
    }
    QVector<RecipeReference> acting;
    for (qsizetype i = 0; i < recipe.references.size(); ++i) {
        const QString facet = open.servedFacets.value(i);
        if (facet.isEmpty() || !open.facets.contains(facet) ||
            folded(*words).contains(folded(facet)))
            acting.append(recipe.references[i]);
    }
    generation::setReferences(recipe, acting);
    co_return recipe;
}

} // namespace moodloom::session
