#include "ui/generation/RecipeText.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace moodloom::ui {

QString samplerLabel(generation::Sampler sampler)
{
    if (sampler == generation::Sampler::Auto)
        return QCoreApplication::translate("RecipeText", "The model's own");
    return generation::samplerTitle(sampler);
}

QString recipeText(const generation::Recipe &recipe)
{
    QStringList parts;
    parts << QStringLiteral("%1 × %2").arg(recipe.size.width()).arg(recipe.size.height());
    parts << QCoreApplication::translate("RecipeText", "%n step(s)", nullptr, recipe.steps);
    parts << QCoreApplication::translate("RecipeText", "guidance %1")
                 .arg(QLocale().toString(recipe.guidance, 'f', 1));
    parts << samplerLabel(recipe.sampler);
    parts << QCoreApplication::translate("RecipeText", "seed %1").arg(recipe.seed);
    if (!recipe.references.isEmpty())
        parts << QCoreApplication::translate("RecipeText", "%n reference(s)", nullptr,
                                             int(recipe.references.size()));
    return parts.join(QStringLiteral(" · "));
}

} // namespace moodloom::ui
