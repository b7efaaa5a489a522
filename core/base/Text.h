// Small text helpers at the border between Qt and the engine.
#pragma once

#include "core/base/Error.h"

#include <QString>

namespace moodloom {

// The error as a translated sentence for the user, with what to do about it.
QString userText(const Error &error);

// True for a character of the Han script (Chinese characters, also beyond the basic plane).
bool isHan(char32_t character);

} // namespace moodloom
