// What the user sets for a picture besides the prompt and the references.
#pragma once

#include "core/generation/Recipe.h"

namespace moodloom::generation {

struct PaintSettings
{
    QString negativePrompt;
    quint64 seed = 0;
    bool randomSeed = true; // a new seed for every take
    QSize size{256, 256};   // pixels
    int steps = 20;
    double guidance = 5.0;
    Sampler sampler = Sampler::Auto;
    QString model; // folder or single file; empty = the built-in one
    QVector<RecipeLora> loras;
    RecipeStart start;
    QVector<RecipeControl> controls;
    QStringList adapters;
    QString imageEncoder;
    bool operator==(const PaintSettings &) const = default;
};

} // namespace moodloom::generation
