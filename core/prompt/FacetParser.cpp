#include "core/prompt/FacetParser.h"

#include "core/prompt/Choices.h"
#include "core/prompt/PhraseKinds.h"
#include "core/prompt/Segmenter.h"

#include <QSet>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>

namespace moodloom::prompt {
namespace {

// "a cat sleeping on a sofa": a word in -ing before a connector is a verb, except these.
bool looksLikeVerb(const QString &folded)
{
    static const QSet<QString> nouns{
        QStringLiteral("building"), QStringLiteral("painting"), QStringLiteral("drawing"),
        QStringLiteral("ring"),     QStringLiteral("king"),     QStringLiteral("wing"),
        QStringLiteral("thing"),    QStringLiteral("string"),   QStringLiteral("ceiling"),
        QStringLiteral("clothing"), QStringLiteral("lightning"), QStringLiteral("swing"),
        QStringLiteral("wedding"),  QStringLiteral("duckling"), QStringLiteral("viking"),
        QStringLiteral("earring"),  QStringLiteral("dwelling"), QStringLiteral("railing")};
    return folded.size() > 4 && folded.endsWith(QStringLiteral("ing")) && !nouns.contains(folded);
}

// Ends of "with ..." that are looked up together with the thing that has them.
bool isPartOfThings(const QString &word)
{
    static const QSet<QString> parts = [] {
        const auto list = QStringLiteral(
            "stripe stripes dot dots spot spots check checks zigzag zigzags band bands belt line lines pattern "
            "patterns window windows wheel wheels roof sail sails door doors eye eyes wing wings ear ears tail "
            "hair leg legs trim details accents markings fin fins handle lid scarf hat stripes");
        const QStringList words = list.split(u' ');
        return QSet<QString>(words.begin(), words.end());
    }();
    return parts.contains(foldWords(word));
}

class Parser
{
public:
    Parser(const QString &raw, const Lexicon &lexicon)
        : m_lexicon(lexicon), m_unmarked(readablePrompt(raw)), m_units(segment(m_unmarked.text, lexicon))
    {
        m_prompt.raw = raw;
        m_prompt.clean = m_unmarked.text;
        m_prompt.emphasis = emphasisOf(m_unmarked);
    }

    Prompt parse()
    {
        for (qsizetype i = 0; i < m_units.size(); ++i) {
            Unit unit = m_units[i];
            if (unit.role == Role::Verb)
                unit.role = roleOfVerb(i);
            else if (unit.role == Role::Relation)
                unit.role = roleOfRelation(i);
            take(unit);
        }
        flush(Role::Break);
        return std::move(m_prompt);
    }

private:
    using Units = std::span<const Unit>;

    void take(const Unit &unit)
    {
        switch (unit.role) {
        case Role::Break:
            flush(unit.role);
            m_negated = false;
            break;
        case Role::Relation:
        case Role::Filler:
            flush(unit.role);
            break;
        case Role::Place:
            flush(unit.role);
            m_opener = unit;
            break;
        case Role::Negation:
            flush(unit.role);
            m_negated = true;
            break;
        case Role::StyleOf:
            flush(unit.role);
            m_styleFollows = true;
            break;
        case Role::Quoted:
            flush(unit.role);
            add(unit.start, unit.end(), FacetKind::Entity);
            m_negated = false;
            break;
        case Role::Article:
        case Role::The:
            // A determiner opens the next noun phrase, except in "the top of the tower".
            if (hasContent() && m_chunk.last().role != Role::Of)
                flush(unit.role);
            m_chunk.append(unit);
            break;
        case Role::Of:
            // "a watercolour of a cat": the style ends here. "a cup of tea" goes on.
            if (hasContent()
                && std::all_of(m_chunk.begin(), m_chunk.end(), [](const Unit &u) {
                       return isStyle(u.role) || isNeutral(u.role) || u.role == Role::Tint;
                   })) {
                const bool saysNothing
                    = std::all_of(m_chunk.begin(), m_chunk.end(), [](const Unit &u) {
                          return u.role == Role::StyleHead || isNeutral(u.role);
                      });
                if (saysNothing)
                    m_chunk.clear();
                flush(unit.role);
            } else if (hasContent()) {
                m_chunk.append(unit);
            }
            break;
        default:
            if (startsAnew(unit))
                flush(Role::Break);
            m_chunk.append(unit);
            break;
        }
    }

    // "a sailing boat" and "a red sailing boat", but "a boat sailing on the sea" and "a man holding
    // flowers". What ends in a preposition ("leaping over") describes no thing.
    Role roleOfVerb(qsizetype i) const
    {
        if (slice(m_units[i].start, m_units[i].end()).contains(u' ') ||
            (i > 0 && m_units[i - 1].role == Role::Quoted))
            return Role::Relation;
        const bool thingBefore = std::any_of(m_chunk.begin(), m_chunk.end(), [](const Unit &u) {
            return !isNeutral(u.role) && u.role != Role::Tint;
        });
        const bool thingAfter = i + 1 < m_units.size() && !isConnector(m_units[i + 1].role)
                                && m_units[i + 1].role != Role::The
                                && m_units[i + 1].role != Role::Verb
                                && m_units[i + 1].role != Role::Quoted;
        return thingAfter && !thingBefore ? Role::Word : Role::Relation;
    }

    // What describes a thing stays with it: "a cup with red stripes", "a red and white bus",
    // 带白色条纹的杯子.
    Role roleOfRelation(qsizetype i) const
    {
        const Unit &unit = m_units[i];
        const QString word = foldWords(slice(unit.start, unit.end()));
        const auto roleAt = [&](qsizetype k) {
            return k < m_units.size() ? m_units[k].role : Role::Break;
        };
        const bool joins = word == QStringLiteral("and") || word == QStringLiteral("和")
                           || word == QStringLiteral("与");
        if (joins && !m_chunk.isEmpty() && m_chunk.last().role == Role::Tint
            && roleAt(i + 1) == Role::Tint)
            return Role::Word;
        if (word == QStringLiteral("with") && hasContent()) {
            qsizetype last = i;
            while ((!isConnector(roleAt(last + 1)) && roleAt(last + 1) != Role::Verb)
                   || (last == i && roleAt(i + 1) == Role::Article))
                ++last;
            return last > i && isPartOfThings(slice(m_units[last].start, m_units[last].end()))
                       ? Role::Of
                       : Role::Relation;
        }
        if (word == QStringLiteral("带") || word == QStringLiteral("带有")) {
            if (roleAt(i + 1) == Role::Particle)
                return Role::Word; // 宽带的
            if (!m_chunk.isEmpty() && !isNeutral(m_chunk.last().role))
                return Role::Relation;
            for (qsizetype k = i + 1;
                 !isConnector(roleAt(k)) || roleAt(k + 1) == Role::Particle; ++k)
                if (roleAt(k) == Role::Particle)
                    return Role::Word;
        }
        return Role::Relation;
    }

    bool hasContent() const
    {
        return std::any_of(m_chunk.begin(), m_chunk.end(),
                           [](const Unit &u) { return !isNeutral(u.role); });
    }

    // Chinese marks the end of a phrase by a space, or not at all between two known names. A rare name
    // before a common word is one thing: 揽巡越野车.
    bool startsAnew(const Unit &unit) const
    {
        if (!hasContent())
            return false;
        if (isLocated(unit))
            return true;
        const Unit &before = m_chunk.last();
        if (before.role == Role::Tint || before.role == Role::Particle)
            return false;
        if (unit.spaceBefore && (unit.han || before.han))
            return true;
        const auto pictures = [&](const Unit &u) {
            return m_lexicon.pictures(foldWords(slice(u.start, u.end())));
        };
        if (unit.role != Role::Name || !unit.han)
            return false;
        return std::any_of(m_chunk.begin(), m_chunk.end(), [&](const Unit &u) {
            return u.role == Role::Name && pictures(unit) < commoner * pictures(u);
        });
    }

    // "above the clouds" and "under water" begin with their preposition.
    bool isLocated(const Unit &unit) const
    {
        if (unit.han || unit.role != Role::Scene)
            return false;
        const QString phrase = foldWords(slice(unit.start, unit.end()));
        return phrase.contains(u' ') && isConnector(roleOf(phrase.section(u' ', 0, 0)));
    }

    // Ends the phrase gathered so far; `closer` is the role of what ends it.
    void flush(Role closer)
    {
        const QVector<Unit> chunk = std::exchange(m_chunk, {});
        const std::optional<Unit> opener = std::exchange(m_opener, std::nullopt);
        const bool style = std::exchange(m_styleFollows, false);
        const Units units = trimmed(Units(chunk.constData(), size_t(chunk.size())));
        if (units.empty()) {
            m_styleFollows = style && closer != Role::Break; // "in the style of the ..."
            return;
        }
        if (style)
            add(units.front().start, units.back().end(), FacetKind::Style);
        else
            classify(withoutVerb(units, closer), opener);
        m_negated = false;
    }

    static Units trimmed(Units units)
    {
        while (!units.empty() && isNeutral(units.front().role) && units.front().role != Role::The)
            units = units.subspan(1);
        while (!units.empty() && isNeutral(units.back().role))
            units = units.first(units.size() - 1);
        return units;
    }

    Units withoutVerb(Units units, Role closer) const
    {
        const Unit &last = units.back();
        const bool connector = closer == Role::Article || closer == Role::The
                               || closer == Role::Place || closer == Role::Relation;
        if (connector && units.size() > 1 && last.role == Role::Word && !last.han
            && looksLikeVerb(foldWords(slice(last.start, last.end()))))
            return trimmed(units.first(units.size() - 1));
        return units;
    }

    void classify(Units units, const std::optional<Unit> &opener)
    {
        if (units.empty())
            return;
        const auto is = [&](auto predicate) {
            return std::any_of(units.begin(), units.end(),
                               [&](const Unit &u) { return predicate(u.role); });
        };
        const bool content = is([](Role r) { return r == Role::Word || r == Role::Name; });
        const Role last = units.back().role;
        const bool lastIsPlace = isSetting(last) || last == Role::SceneNoun;

        // "in a futuristic city", but not "in the Forbidden City".
        if (opener && !opener->han && !units.back().han && lastIsPlace
            && !(content && units.back().capital)) {
            const bool mixed = is(isStyle);
            if (!mixed || content) {
                add(opener->start, units.back().end(), FacetKind::Setting);
                return;
            }
        }
        const QVector<FacetKind> kinds = kindsOf(units, m_prompt.clean, opener.has_value());
        // One facet for each run of one kind.
        for (size_t from = 0; from < units.size();) {
            size_t to = from + 1;
            while (to < units.size() && kinds[qsizetype(to)] == kinds[qsizetype(from)])
                ++to;
            addRun(units.subspan(from, to - from), kinds[qsizetype(from)]);
            from = to;
        }
    }

    void addRun(Units run, FacetKind kind)
    {
        run = trimmed(run);
        // "the Great Wall" is a name, "the red car" is not.
        while (run.size() > 1 && run.front().role == Role::The
               && !(kind == FacetKind::Entity && (run[1].capital || run[1].role == Role::Name)))
            run = run.subspan(1);
        if (run.empty() || (run.size() == 1 && isNeutral(run.front().role)))
            return;
        // 画一只猫: the verb "to draw", no style.
        if (run.size() == 1 && run.front().han && run.front().role == Role::StyleHead)
            return;
        add(run.front().start, run.back().end(), kind);
    }

    QString slice(qsizetype from, qsizetype to) const { return m_prompt.clean.mid(from, to - from); }

    void add(qsizetype from, qsizetype to, FacetKind kind)
    {
        Facet facet;
        facet.text = slice(from, to);
        facet.kind = kind;
        const QString folded = foldWords(facet.text);
        if (folded.isEmpty() || m_seen.contains(folded))
            return;
        m_seen.insert(folded);
        facet.start = m_unmarked.rawIndex[from];
        facet.length = m_unmarked.rawIndex[to - 1] + 1 - facet.start;
        const double sum = std::accumulate(m_unmarked.weight.begin() + from,
                                           m_unmarked.weight.begin() + to, 0.0);
        facet.weight = std::round(sum / double(to - from) * 1000) / 1000;
        facet.excluded = m_negated;
        m_prompt.facets.append(facet);
    }

    // A keyword is common beside another from so many times its pictures on.
    static constexpr int commoner = 3;

    const Lexicon &m_lexicon;
    const Unmarked m_unmarked;
    const QVector<Unit> m_units;
    Prompt m_prompt;
    QSet<QString> m_seen;
    QVector<Unit> m_chunk;       // the phrase being gathered
    std::optional<Unit> m_opener; // the "in" before it
    bool m_negated = false;
    bool m_styleFollows = false; // after "in the style of"
};

} // namespace

Unmarked readablePrompt(const QString &raw)
{
    const Flattened flat = flattened(raw);
    Unmarked result = stripEmphasis(flat.text);
    for (int &index : result.rawIndex)
        index = flat.rawIndex[index];
    return result;
}

Prompt parsePrompt(const QString &raw, const Lexicon &lexicon)
{
    return Parser(raw, lexicon).parse();
}

} // namespace moodloom::prompt
