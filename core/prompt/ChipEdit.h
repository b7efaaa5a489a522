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

// The facet `from` stands where `to` is, and those between move up. What leads to a facet goes with
// it (articles, prepositions, verbs, "without"; attention marks and quotation marks that are about it
// alone), so that "a boat on a lake" becomes "on a lake, a boat"; commas and "and" stay where they
// are. The facets of the result are the same, as heavy and as wanted; nothing where they would not be.
std::optional<ChipEdit> facetMoved(const Prompt &prompt, int from, int to,
                                   const Lexicon &lexicon = {});

// Where a facet can become two: offsets in its text, between words.
QVector<int> splitPlaces(const Prompt &prompt, int facet, const Lexicon &lexicon = {});
std::optional<ChipEdit> facetSplit(const Prompt &prompt, int facet, int place,
                                   const Lexicon &lexicon = {});

// The facet and the next one become one: without what divides them, and in quotation marks when the
// parser would still see two.
std::optional<ChipEdit> facetsMerged(const Prompt &prompt, int facet, const Lexicon &lexicon = {});

// Words that count more (step > 0) or less than they did, from 0 to 2 in attention
// marks of their own, which go when nothing is left to say. Nothing where marks stand crosswise to
// them.
struct WeighedWords
{
    QString text;
    int start = 0, length = 0; // of the same words, without the marks around them
    bool operator==(const WeighedWords &) const = default;
};
std::optional<WeighedWords> wordsWeighed(const QString &raw, int start, int length, double step);
std::optional<ChipEdit> facetWeighed(const Prompt &prompt, int facet, double step,
                                     const Lexicon &lexicon = {});

} // namespace moodloom::prompt
