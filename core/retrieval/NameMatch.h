// Whether a picture carries the very name that was asked for.
//
// Similarity is vague where it matters most: to an encoder that never saw a Talagon, every SUV is one.
// A keyword is not. Values; const use is thread-safe.
#pragma once

#include "core/library/Asset.h"
#include "core/prompt/Lexicon.h"

#include <QString>
#include <QStringList>
#include <QVector>

namespace moodloom::retrieval {

class NameMatch
{
public:
    // `facet` as written, `libraryPictures`: how many pictures the lexicon's counts refer to.
    NameMatch(const QString &facet, const prompt::Lexicon &lexicon, qint64 libraryPictures);

    // 0..1: how much of what the library knows of the facet's words the picture's keywords have,
    // rare words counting more (inverse document frequency, Spärck Jones 1972). 1 where the whole
    // facet is a keyword; at least 0.8 where it stands in a longer keyword or in the description.
    // Both arguments in folded form (prompt::foldWords).
    double of(const QStringList &keywords, const QString &description) const;

    // The rarest of the facet's words that the library knows: what the thing is called rather than
    // what it is. Folded; empty when it knows none.
    QString rarest() const;

    // The same share for the words of one sentence (folded): whether it speaks of the thing.
    double inText(const QString &text) const;

private:
    struct Term
    {
        QString word;
        double weight = 0;
    };
    QString m_facet; // folded, without article
    QVector<Term> m_terms;
    double m_total = 0;
};

// Whether `phrase` stands in `text` as whole words, or anywhere where it begins with a Chinese
// character. Both folded.
bool containsPhrase(const QString &text, const QString &phrase);

} // namespace moodloom::retrieval
