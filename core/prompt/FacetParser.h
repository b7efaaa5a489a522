// Splits a prompt, English, Chinese or both, into the parts that can be looked up.
//
// A shallow grammar over known words, not a language model: connecting words and punctuation end a
// facet, known settings and styles become facets of their kind, everything else names an entity.
// Pure functions, thread-safe. Any input is fine: unpaired surrogates, unbalanced brackets, nothing.
#pragma once

#include "core/prompt/Emphasis.h"
#include "core/prompt/Lexicon.h"
#include "core/prompt/Prompt.h"

namespace moodloom::prompt {

// "大众揽巡飞跃长城, at sunset" -> 大众揽巡 (entity), 长城 (entity), "at sunset" (setting).
//
// Facets come in the order of the text, do not overlap and name each thing once. A facet's `text`
// is a slice of `clean`; `start` and `length` mark the same characters in `raw`, where attention
// marks may stand between them. Its weight is the mean of its characters'. What follows "without"
// is marked as excluded. Of {a red|a blue} car all alternatives are facets, of a __wildcard__ nothing is
// (see Choices.h). `lexicon` holds the user's keywords and may be empty.
Prompt parsePrompt(const QString &raw, const Lexicon &lexicon = {});

// What the facets are slices of: alternatives side by side, without attention marks. Its rawIndex counts in
// `raw`.
Unmarked readablePrompt(const QString &raw);

} // namespace moodloom::prompt
