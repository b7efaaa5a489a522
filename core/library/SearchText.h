// How text is prepared for full-text search, when stored and when looked up.
//
// SQLite's unicode61 tokenizer knows words by spaces, and Chinese has none. So every Han character
// becomes a token of its own when text is stored, and a run of Han characters becomes a phrase when
// it is looked up: any substring of Chinese text is found. Traditional characters are folded to
// simplified ones on both sides. Pure functions, thread-safe.
#pragma once

#include <QString>

namespace moodloom::library {

enum class WordMatch {
    All, // every word must be there, the words may be unfinished: for a search box
    Any  // the more and the rarer the better, without function words: for retrieval
};

// What goes into the index for `text`.
QString indexText(const QString &text);

// The words of a file name: without folder, extension and digits that only number it.
QString fileNameWords(const QString &path);

// An FTS5 MATCH expression for what a person wrote; empty when there is nothing to look up. Safe
// for any input: FTS5's own operators are quoted.
QString matchExpression(const QString &text, WordMatch match);

} // namespace moodloom::library
