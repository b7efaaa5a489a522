#include "ui/generation/RecipeText.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QStringList>

namespace moodloom::ui {

QString samplerLabel(generation::Sampler sampler)
{
    if (sampler == generation::Sampler::Auto)
        return QCoreApplication::translate("RecipeText", "The model's own");
    return generation::samplerTitle(sampler);
}

QString weightsLabel(const QString &path)
{
    const QStringList parts = path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    if (parts.isEmpty())
        return {};
    const qsizetype snapshots = parts.lastIndexOf(QStringLiteral("snapshots"));
    if (snapshots > 0 && snapshots == parts.size() - 2 &&
        parts[snapshots - 1].startsWith(QLatin1String("models--")))
        return parts[snapshots - 1].section(QStringLiteral("--"), -1);
    QString name = parts.last();
    for (const char *suffix : {".safetensors", ".ckpt", ".pth", ".pt", ".bin"})
        if (name.endsWith(QLatin1String(suffix), Qt::CaseInsensitive))
            name.chop(qstrlen(suffix));
    return name;
}

QString recipeText(const generation::Recipe &recipe)
{
    QStringList parts;
    if (!recipe.model.isEmpty())
        parts << weightsLabel(recipe.model);
    for (const generation::RecipeLora &lora : recipe.loras)
        parts << QStringLiteral("%1 %2").arg(weightsLabel(lora.path),
                                             QLocale().toString(lora.scale, 'f', 2));
    for (const generation::RecipeControl &control : recipe.controls)
        parts << QStringLiteral("%1 %2").arg(weightsLabel(control.network),
                                             QLocale().toString(control.scale, 'f', 2));
    if (!recipe.start.picture.isEmpty())
        parts << QCoreApplication::translate("RecipeText", "over %1, strength %2")
                     .arg(QFileInfo(recipe.start.picture.path).fileName(),
                          QLocale().toString(recipe.start.strength, 'f', 2));
    parts << QStringLiteral("%1 × %2").arg(recipe.size.width()).arg(recipe.size.height());
    parts << QCoreApplication::translate("RecipeText", "%n step(s)", nullptr, recipe.steps);
    parts << QCoreApplication::translate("RecipeText", "guidance %1")
                 .arg(QLocale().toString(recipe.guidance, 'f', 1));
    parts << (recipe.sampler == generation::Sampler::Auto
                  ? QCoreApplication::translate("RecipeText", "the model's own sampler")
                  : samplerLabel(recipe.sampler));
    parts << QCoreApplication::translate("RecipeText", "seed %1").arg(recipe.seed);
    if (!recipe.references.isEmpty())
        parts << QCoreApplication::translate("RecipeText", "%n reference(s)", nullptr,
                                             int(recipe.references.size()));
    if (!recipe.texts.isEmpty())
        parts << QCoreApplication::translate("RecipeText", "%n note(s)", nullptr,
                                             int(recipe.texts.size()));
    return parts.join(QStringLiteral(" · "));
}

} // namespace moodloom::ui
