#include "core/retrieval/NameMatch.h"

#include "core/base/Text.h"

#include <algorithm>
#include <cmath>

namespace moodloom::retrieval {
namespace {

constexpr double insideSomethingLonger = 0.8;

bool isWordCharacter(QChar c)
{
    return (c.isLetterOrNumber() || c.isSurrogate()) && !isHan(c.unicode());
}

} // namespace

bool containsPhrase(const QString &text, const QString &phrase)
{
    if (phrase.isEmpty())
        return false;
    for (qsizetype at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
        const qsizetype end = at + phrase.size();
        const bool opens = at == 0 || !isWordCharacter(phrase.front())
                           || !isWordCharacter(text[at - 1]);
        const bool closes = end == text.size() || !isWordCharacter(phrase.back())
                            || !isWordCharacter(text[end]);
        if (opens && closes)
            return true;
    }
    return false;
}

NameMatch::NameMatch(const QString &facet, const prompt::Lexicon &lexicon, qint64 libraryPictures)
    : m_facet(prompt::foldWords(facet))
{
    if (m_facet.startsWith(QStringLiteral("the ")))
        m_facet.remove(0, 4);
    for (const QString &word : lexicon.keywordsIn(m_facet)) {
        const double rarity
            = std::log1p(double(std::max<qint64>(libraryPictures, 1)) / lexicon.pictures(word));
        m_terms.append({word, rarity});
        m_total += rarity;
    }
}

double NameMatch::of(const QStringList &keywords, const QString &description) const
{
    double covered = 0;
    for (const Term &term : m_terms)
        if (keywords.contains(term.word))
            covered += term.weight;
    const double share = m_total > 0 ? covered / m_total : 0;
    if (share >= insideSomethingLonger)
        return share;
    const bool inside = containsPhrase(description, m_facet)
                        || std::any_of(keywords.begin(), keywords.end(), [&](const QString &word) {
                               return containsPhrase(word, m_facet);
                           });
    return inside ? insideSomethingLonger : share;
}

QString NameMatch::rarest() const
{
    const auto term = std::max_element(m_terms.begin(), m_terms.end(),
                                       [](const Term &a, const Term &b) { return a.weight < b.weight; });
    return term == m_terms.end() ? QString() : term->word;
}

double NameMatch::inText(const QString &text) const
{
    double covered = 0;
    for (const Term &term : m_terms)
        if (containsPhrase(text, term.word))
            covered += term.weight;
    const double share = m_total > 0 ? covered / m_total : 0;
    return containsPhrase(text, m_facet) ? std::max(share, insideSomethingLonger) : share;
}

} // namespace moodloom::retrieval
