// What an exported picture tells about how it was made. Pure functions.
#pragma once

#include "core/generation/Recipe.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace moodloom::exporting {

// The recipe as compact JSON: what readRecipe() reads back.
QString recipeText(const generation::Recipe &recipe);

// Prompt and settings in the "parameters" form that Stable Diffusion programs show.
QString parametersText(const generation::Recipe &recipe);

// An XMP packet (ISO 16684-1): the prompt as dc:description, the recipe and the notes in a
// namespace of our own.
QByteArray recipeXmp(const generation::Recipe &recipe, const QStringList &notes = {});

} // namespace moodloom::exporting
