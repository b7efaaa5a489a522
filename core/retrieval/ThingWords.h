// Whether the words of a picture say that it shows the thing that a facet asks for.
//
// Stricter than NameMatch, which ranks: to it "a red elephant" is fully there in a red car where the
// library knows no other of the words. Here a picture speaks of the thing if it has the whole
// phrase, or the noun that the phrase is about ("a wooden sailing boat with red stripes": boat), or
// as keywords two fifths of what the phrase names, words that no picture has counting as the rarest.
// Of a name of several words ("Eiffel Tower") the last alone says nothing.
// Values; const use is thread-safe.
#pragma once

#include "core/prompt/Lexicon.h"

#include <QString>
#include <QStringList>
#include <QVector>

namespace moodloom::retrieval {

class ThingWords
{
public:
    // `facet` as written, `libraryPictures`: how many pictures the lexicon's counts refer to.
    ThingWords(const QString &facet, const prompt::Lexicon &lexicon, qint64 libraryPictures);

    // The phrase without articles, colours and what it is said to have: "an old violin with dots" is
    // "old violin".
    const QString &core() const { return m_core; }
    // What to ask an encoder for, which sees red in every red thing: the core, with an article as in
    // captions where it is a common noun of English.
    QString asked() const;

    // All folded (prompt::foldWords): of one picture its keywords, its description and the words of
    // its file's name.
    bool saidBy(const QStringList &keywords, const QString &description, const QString &name) const;

private:
    struct Term
    {
        QString word; // a keyword of the library; empty = one that it has not
        double weight = 0;
    };
    QString m_core;
    QString m_phrase; // folded core
    QStringList m_nouns; // folded: each of them alone says it
    QVector<Term> m_terms;
    double m_total = 0;
};

} // namespace moodloom::retrieval
