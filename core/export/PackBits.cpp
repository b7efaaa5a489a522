#include "core/export/PackBits.h"

#include <algorithm>

namespace moodloom::exporting {
namespace {

constexpr size_t kLongest = 128; // of a run and of a literal: the header is one signed byte

// How many equal bytes stand at `at`, counted up to `most`.
size_t runLength(std::span<const uint8_t> row, size_t at, size_t most)
{
    const size_t end = std::min(row.size(), at + most);
    size_t next = at + 1;
    while (next < end && row[next] == row[at])
        ++next;
    return next - at;
}

} // namespace

void packBits(std::span<const uint8_t> row, std::vector<uint8_t> &code)
{
    code.clear();
    size_t at = 0;
    while (at < row.size()) {
        const size_t run = runLength(row, at, kLongest);
        if (run >= 2) {
            code.push_back(uint8_t(257 - run)); // -(run - 1)
            code.push_back(row[at]);
            at += run;
            continue;
        }
        // A pair inside a literal costs as much as two literal bytes, a triple saves one.
        size_t end = at + 1;
        while (end < row.size() && end - at < kLongest && runLength(row, end, 3) < 3)
            ++end;
        code.push_back(uint8_t(end - at - 1));
        code.insert(code.end(), row.begin() + ptrdiff_t(at), row.begin() + ptrdiff_t(end));
        at = end;
    }
}

} // namespace moodloom::exporting
