// A text some of whose words count more or less than the others, for the text encoders.
//
// What the words bring is what the encoder makes of the text, less what it makes of it when no
// other word hears them and they themselves say nothing. Their weight scales that, in all states
// and in the pooled text: weight 0 is the text without them, 1 the text as it is, more goes on in
// the same direction. (compel, Damian Stewart 2022, weakens words towards the text without them;
// others scale the words' own states alone, though most of what a word says stands in the states of
// those that heard it.)
#pragma once

#include "core/models/Tokenizer.h"

#include <string>
#include <vector>

namespace moodloom::models {

struct TextPiece
{
    std::string text; // UTF-8
    double weight = 1;
    bool operator==(const TextPiece &) const = default;
};

class WeightedText
{
public:
    WeightedText() = default;
    // All of weight 1.
    WeightedText(std::string text);
    WeightedText(const char *text) : WeightedText(std::string(text)) {}

    // Follows what is there; a piece of the same weight becomes one with it.
    void append(std::string text, double weight = 1);

    bool empty() const { return m_pieces.empty(); }
    bool isPlain() const; // nothing but weight 1
    const std::vector<TextPiece> &pieces() const { return m_pieces; }
    std::string text() const;

private:
    std::vector<TextPiece> m_pieces; // none empty, neighbours of different weights
};

struct WeightedTokens
{
    std::vector<int64_t> ids;    // start, text, end, padding
    std::vector<double> weights; // of each; 1 for what is not text
    int dropped = 0;             // tokens of the text that did not fit
};

// `length` tokens in all. A plain text has the ids of Tokenizer::encodePadded(); otherwise each
// piece is split into tokens by itself.
WeightedTokens tokensOf(const Tokenizer &tokenizer, const WeightedText &text, int length);

} // namespace moodloom::models
