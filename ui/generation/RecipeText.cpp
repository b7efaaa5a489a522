#include "ui/generation/RecipeText.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace moodloom::ui {

QString samplerTitle(generation::Sampler sampler)
{
    switch (sampler) {
    case generation::Sampler::Ddim: return QStringLiteral("DDIM");
    case generation::Sampler::Euler: return QStringLiteral("Euler");
    case generation::Sampler::DpmPP2M: return QStringLiteral("DPM++ 2M");
    }
    return {};
}

QString recipeText(const generation::Recipe &recipe)
{
    QStringList parts;
    parts << QStringLiteral("%1 × %2").arg(recipe.size.width()).arg(recipe.size.height());
    parts << QCoreApplication::translate("RecipeText", "%n step(s)", nullptr, recipe.steps);
    parts << QCoreApplication::translate("RecipeText", "guidance %1")
                 .arg(QLocale().toString(recipe.guidance, 'f', 1));
    parts << samplerTitle(recipe.sampler);
    parts << QCoreApplication::translate("RecipeText", "seed %1").arg(recipe.seed);
    if (!recipe.references.isEmpty())
        parts << QCoreApplication::translate("RecipeText", "%n reference(s)", nullptr,
                                             int(recipe.references.size()));
    return parts.join(QStringLiteral(" · "));
}

} // namespace moodloom::ui
