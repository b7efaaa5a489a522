// A prompt from what pictures are called.
//
// Pure function, thread-safe.
#pragma once

#include "core/prompt/Lexicon.h"

#include <QStringList>

namespace moodloom::prompt {

// The things, settings and styles that the captions name, those of several captions first, in
// Chinese or in English as far as the captions are; lines of a caption may be of different
// languages. At most six things, two settings and two styles. Marks in captions become plain
// characters of the prompt. Empty when nothing is named.
QString described(const QStringList &captions, bool chinese, const Lexicon &lexicon = {});

} // namespace moodloom::prompt
