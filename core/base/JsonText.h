// JSON as Python's standard library writes it: with numbers that JSON does not have.
//
// A pure function.
#pragma once

#include <string>

namespace moodloom {

// The text with NaN as null and the infinities as the largest numbers of their sign, outside
// strings. Configs of checkpoints have them, such as "lambda_min_clipped": -Infinity.
std::string standardJson(const std::string &text);

} // namespace moodloom
