// Cuts a prompt into units with a role: the part of the facet parser that knows scripts and words.
//
// Pure functions, thread-safe. Offsets are UTF-16 and never fall inside a surrogate pair.
#pragma once

#include "core/prompt/Lexicon.h"
#include "core/prompt/Vocabulary.h"

#include <QString>
#include <QVector>

namespace moodloom::prompt {

// A word of an alphabetic script (digits, "St.-Malo", "artist's" and emoji included), or a whole run
// of Chinese characters.
struct Word
{
    qsizetype start = 0;
    qsizetype length = 0;
    QString folded;
    bool han = false;
    bool joined = false; // nothing but white space between it and the word before
};

// Every word of the text; what lies between is white space or punctuation.
QVector<Word> splitWords(const QString &text);

// The Chinese words of two characters and more that a dictionary finds in the text.
QStringList dictionaryWords(const QString &text);

bool startsWithHan(QStringView text);

// The words `first`.. in folded form with single spaces; empty when punctuation or Chinese is
// between them.
QString joinPhrase(const QVector<Word> &words, qsizetype first, qsizetype count);

struct Unit
{
    qsizetype start = 0;
    qsizetype length = 0;
    Role role = Role::Word;
    bool han = false;
    bool spaceBefore = false; // white space between it and the unit before
    bool capital = false;     // begins with an upper-case letter
    qsizetype end() const { return start + length; }
};

// The whole text as units; punctuation becomes Role::Break, "quoted names" become Role::Quoted.
QVector<Unit> segment(const QString &text, const Lexicon &lexicon);

} // namespace moodloom::prompt
