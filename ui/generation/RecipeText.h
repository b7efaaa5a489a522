// A recipe in words for the user.
#pragma once

#include "core/generation/Take.h"

#include <QString>

namespace moodloom::ui {

// "256 × 256 · 20 steps · guidance 5.0 · DPM++ 2M · seed 42 · 3 references", translated.
// How people call a folder or file of weights: without its suffix; of Hugging Face's cache the
// repository's name.
QString weightsLabel(const QString &path);
QString recipeText(const generation::Recipe &recipe);
// As samplers are called by their authors: "DDIM", "Euler", "DPM++ 2M"; Auto in the user's language.
QString samplerLabel(generation::Sampler sampler);

} // namespace moodloom::ui
