// A prompt edited by its chips: facets that change places, become two, become one.
//
// Only the words change: what a chip was stays to be read in the prompt, and the parser finds it
// again. Where words or marks would stand crosswise there is no answer, and nothing is to be
// changed. Pure functions, thread-safe.
#pragma once

#include "core/prompt/Lexicon.h"
#include "core/prompt/Prompt.h"

#include <optional>

namespace moodloom::prompt {

struct ChipEdit
{
    QString text;        // the new prompt
    QVector<int> facets; // which facet of it each old one is; -1 = none, or one of several
    bool operator==(const ChipEdit &) const = default;
};

// The facet `from` stands where `to` is, and those between move up. What is between facets, commas
// and connecting words, stays where it is; attention marks and quotation marks go with their facet,
// and so does "without" before one that is left out.
std::optional<ChipEdit> facetMoved(const Prompt &prompt, int from, int to,
                                   const Lexicon &lexicon = {});

// Where a facet can become two: offsets in its text, between words.
QVector<int> splitPlaces(const Prompt &prompt, int facet, const Lexicon &lexicon = {});
std::optional<ChipEdit> facetSplit(const Prompt &prompt, int facet, int place,
                                   const Lexicon &lexicon = {});

// The facet and the next one become one: without what divides them, and in quotation marks when the
// parser would still see two.
std::optional<ChipEdit> facetsMerged(const Prompt &prompt, int facet, const Lexicon &lexicon = {});

} // namespace moodloom::prompt
