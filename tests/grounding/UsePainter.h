// Paints with the built-in model for tests of what acts on a picture.
//
// MOODLOOM_KEEP_PICTURES names a folder that gets what was painted.
#pragma once

#include "core/generation/Generator.h"

#include <QImage>
#include <QString>

namespace moodloom::testing {

class UsePainter
{
public:
    // Null, with a warning, where painting fails.
    QImage paint(const generation::Recipe &recipe, const QString &name)
    {
        const auto take = m_generator.paint(recipe);
        if (!take) {
            qWarning("%s", errorText(take.error()).c_str());
            return {};
        }
        if (const QString folder = qEnvironmentVariable("MOODLOOM_KEEP_PICTURES");
            !folder.isEmpty())
            take->image.save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
        return take->image;
    }

    static generation::Recipe recipeOf(const QString &prompt, quint64 seed, double guidance)
    {
        generation::Recipe recipe;
        recipe.prompt = prompt;
        recipe.seed = seed;
        recipe.steps = 10;
        recipe.guidance = guidance;
        return recipe;
    }

private:
    generation::Generator m_generator;
};

} // namespace moodloom::testing
