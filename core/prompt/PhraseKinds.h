// Which words of a phrase name a thing, which a setting, which a style.
//
// Pure function, thread-safe.
#pragma once

#include "core/prompt/Facet.h"
#include "core/prompt/Segmenter.h"

#include <QVector>

#include <span>

namespace moodloom::prompt {

// One kind for each unit of `phrase`, a piece of `text` between two connecting words. `afterPlace`:
// "in", "at", 在 stand before it.
QVector<FacetKind> kindsOf(std::span<const Unit> phrase, const QString &text, bool afterPlace);

} // namespace moodloom::prompt
