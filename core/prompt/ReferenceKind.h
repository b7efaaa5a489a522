// What a picture in the service of a prompt can be: shared by retrieval and the board.
#pragma once

namespace moodloom {

// Suggested by a search, kept by the user, or sent away (and then held against its like).
enum class ReferenceState { Suggested, Pinned, Dropped };

// What the painter takes from it: what is there, how it looks, or how it is laid out.
enum class ReferenceRole { Content, Style, Layout };

// The part of a painting's run in which it acts, in shares of the run: 0 is noise, 1 the finished
// picture. Requires: 0 <= from < to <= 1.
struct StepRange
{
    double from = 0, to = 1;
    bool isWhole() const { return from <= 0 && to >= 1; }
    bool isValid() const { return from >= 0 && from < to && to <= 1; } // false for NaN, too
    bool operator==(const StepRange &) const = default;
};

} // namespace moodloom
