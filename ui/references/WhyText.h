// Why a reference is where it is, in words and figures for the user.
#pragma once

#include "core/retrieval/Reference.h"

#include <QString>

namespace moodloom::ui {

// "text and picture 0.31 · words 2.00 · colour 0.80", translated; signals that were not used are
// left out. For the user's own pictures it says so.
QString whyText(const retrieval::Reference &reference);

} // namespace moodloom::ui
