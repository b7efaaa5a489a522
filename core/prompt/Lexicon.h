// The words of the user's own library: names that no built-in vocabulary can know.
//
// They keep "Leaping Tiger Gorge" in one piece, find 揽巡 in a Chinese text without spaces, and tell
// rare words (names) from common ones. A plain value; const use from several threads is safe.
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <QVector>

namespace moodloom::prompt {

// A keyword's comparable form: case folded, compatibility forms unified, hyphens, underscores and
// runs of white space as one space.
QString foldWords(QStringView text);

class Lexicon
{
public:
    Lexicon() = default;

    // `pictures`: how many assets carry the keyword. Adding one twice sums up.
    void add(const QString &keyword, int pictures = 1);

    bool isEmpty() const { return m_pictures.isEmpty(); }
    // Takes the folded form. 0 for an unknown keyword.
    int pictures(const QString &folded) const { return m_pictures.value(folded); }

    // UTF-16 length of the longest keyword of at least two Chinese characters that `text` starts
    // with, 0 for none. Requires: `text` starts with a character of the Han script.
    qsizetype longestHan(QStringView text) const;
    // The most words that a keyword in another script has.
    int longestPhrase() const { return m_longestPhrase; }

    // Every keyword that occurs in `text` and is no part of a longer one there, in folded form:
    // whole words in alphabetic scripts, any place in Chinese. Each once, in order.
    QStringList keywordsIn(const QString &text) const;

private:
    QHash<QString, int> m_pictures; // folded keyword -> assets
    qsizetype m_longestHan = 0;     // UTF-16 units
    int m_longestPhrase = 0;        // words
};

} // namespace moodloom::prompt
