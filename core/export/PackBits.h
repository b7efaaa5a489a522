// PackBits, the run-length code that PSD rows are stored in. Pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace moodloom::exporting {

// The code of one row replaces the content of `code`. At most n + ceil(n / 128) bytes for a row of
// n, and never a header of -128, which some readers stumble over.
void packBits(std::span<const uint8_t> row, std::vector<uint8_t> &code);

} // namespace moodloom::exporting
