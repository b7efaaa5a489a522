#include "core/retrieval/ThingWords.h"

#include "core/prompt/Segmenter.h"
#include "core/retrieval/NameMatch.h"

#include <algorithm>
#include <cmath>

namespace moodloom::retrieval {
namespace {

using prompt::Role;
using prompt::Unit;

constexpr double enough = 0.4; // of what the phrase names

bool isNamed(const Unit &unit)
{
    return !prompt::isNeutral(unit.role) && unit.role != Role::Tint
           && unit.role != Role::StyleHint; // "a black and white cat"
}

// Ends the noun phrase that came before: "... with white stripes", "... on a sofa".
bool endsPhrase(Role role)
{
    return role == Role::Break || role == Role::Relation || role == Role::Place
           || role == Role::Negation || role == Role::Verb;
}

// The units that name the thing: what comes after the last 的 and before what it has or does.
QVector<Unit> namingUnits(const QVector<Unit> &units)
{
    QVector<Unit> naming;
    for (const Unit &unit : units) {
        const bool named = std::any_of(naming.begin(), naming.end(), isNamed);
        if (named && endsPhrase(unit.role) && !unit.han)
            break;
        if (unit.han && (unit.role == Role::Particle || unit.role == Role::Relation)) {
            naming.clear();
            continue;
        }
        if (naming.isEmpty() && !isNamed(unit))
            continue;
        naming.append(unit);
    }
    while (!naming.isEmpty() && !isNamed(naming.last()))
        naming.removeLast();
    return naming.isEmpty() ? units : naming;
}

QString withoutPlural(const QString &word)
{
    const bool plural = word.size() > 3 && word.endsWith(u's')
                        && !word.endsWith(QStringLiteral("ss"));
    return plural ? word.chopped(1) : word;
}

// One Chinese character stands in many words: 马 in 马克杯.
bool isShort(const QString &word)
{
    return prompt::startsWithHan(word) && word.size() < 2;
}

} // namespace

ThingWords::ThingWords(const QString &facet, const prompt::Lexicon &lexicon, qint64 libraryPictures)
{
    const QVector<Unit> all = prompt::segment(facet, lexicon);
    const QVector<Unit> naming = namingUnits(all);
    if (naming.isEmpty()) {
        m_core = facet.trimmed();
        m_phrase = prompt::foldWords(m_core);
        return;
    }
    const qsizetype start = naming.first().start;
    m_core = facet.mid(start, naming.last().end() - start);
    m_phrase = prompt::foldWords(m_core);
    const auto wordOf = [&](const Unit &unit) {
        return prompt::foldWords(QStringView(facet).mid(unit.start, unit.length));
    };

    // A cup of tea is a cup, a flock of birds is birds.
    for (qsizetype i = 0; i < naming.size(); ++i) {
        const Unit &unit = naming[i];
        const bool last = i + 1 == naming.size() || naming[i + 1].role == Role::Of;
        const bool partOfName = i > 0 && unit.capital && naming[i - 1].capital
                                && naming[i - 1].end() + 1 == unit.start;
        if (!last || partOfName || !isNamed(unit))
            continue;
        const QString word = wordOf(unit);
        const QStringList parts = unit.han ? prompt::dictionaryWords(word) : QStringList();
        m_nouns.append(!parts.isEmpty() && word.endsWith(parts.last()) ? parts.last()
                                                                       : withoutPlural(word));
    }

    const double pictures = double(std::max<qint64>(libraryPictures, 1));
    const double unknown = std::log1p(2 * pictures);
    const auto add = [&](const QString &word, double weight) {
        m_terms.append({word, weight});
        m_total += weight;
    };
    for (const Unit &unit : naming) {
        if (!isNamed(unit))
            continue;
        const QString word = wordOf(unit);
        QString rest = word;
        const QStringList known
            = lexicon.pictures(word) > 0 ? QStringList{word} : lexicon.keywordsIn(word);
        for (const QString &keyword : known) {
            add(keyword, std::log1p(pictures / lexicon.pictures(keyword)));
            rest.remove(keyword);
        }
        if (!rest.trimmed().isEmpty())
            add({}, unknown);
    }
}

QString ThingWords::asked() const
{
    const bool common = !m_core.isEmpty() && m_core.front().isLower() && withoutPlural(m_core) == m_core;
    if (!common)
        return m_core;
    const bool vowel = QStringLiteral("aeiou").contains(m_core.front());
    return (vowel ? QStringLiteral("an ") : QStringLiteral("a ")) + m_core;
}

bool ThingWords::saidBy(const QStringList &keywords, const QString &description,
                        const QString &name) const
{
    const auto says = [&](const QString &word) {
        if (isShort(word))
            return keywords.contains(word);
        const auto in = [&](const QString &text) {
            return containsPhrase(text, word)
                   || (!prompt::startsWithHan(word) && containsPhrase(text, word + u's'));
        };
        return in(description) || in(name) || std::any_of(keywords.begin(), keywords.end(), in);
    };
    if (says(m_phrase) || std::any_of(m_nouns.begin(), m_nouns.end(), says))
        return true;
    double covered = 0;
    for (const Term &term : m_terms)
        if (!term.word.isEmpty() && keywords.contains(term.word))
            covered += term.weight;
    return m_total > 0 && covered >= enough * m_total;
}

} // namespace moodloom::retrieval
