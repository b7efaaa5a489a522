// How a prompt reads when its facets stand in another order.
//
// What leads to a facet goes with it ("a", "on", "leaping over", 飞跃), so that "a boat on a lake"
// becomes "on a lake, a boat": the order is another one, the meaning is not. What only lists things
// (commas, "and") stays where it is.
#include "core/prompt/ChipEdit.h"

#include "core/base/Text.h"
#include "core/prompt/FacetParser.h"
#include "core/prompt/MarkedSpan.h"
#include "core/prompt/Rewriting.h"
#include "core/prompt/Segmenter.h"

#include <algorithm>
#include <numeric>

namespace moodloom::prompt {
namespace {

// A facet and the words of the raw prompt that belong to it.
struct Block
{
    Span span;
    bool led = false;    // a preposition or a verb is before the thing
    bool opened = false; // its first word is no part of the facet
};

// What stands between two blocks.
struct Link
{
    enum class Kind { Blank, Of, List };
    qsizetype start = 0, end = 0;
    Kind kind = Kind::Blank;
    bool conjunction = false;
};

struct Outline
{
    QVector<Block> blocks;
    QVector<Link> links; // one fewer
};

// A word between facets, in offsets of the raw prompt.
struct Between
{
    qsizetype start = 0, end = 0;
    Role role = Role::Word;
    bool han = false, apart = false; // white space before it
    QString folded;
};

bool isDeterminer(Role role)
{
    return role == Role::Article || role == Role::The;
}

// What a facet cannot do without wherever it stands.
bool isInseparable(Role role)
{
    return isDeterminer(role) || role == Role::Negation || role == Role::StyleOf;
}

bool leads(const Between &word, bool first)
{
    switch (word.role) {
    case Role::Article:
    case Role::The:
    case Role::Place:
    case Role::Negation:
    case Role::StyleOf:
        return true;
    case Role::Relation: // nothing is related to what stands first
    case Role::Verb:
        return !first && !isConjunction(word.folded);
    default:
        return false;
    }
}

class Words
{
public:
    Words(const QString &raw, const Lexicon &lexicon) : m_readable(readablePrompt(raw))
    {
        for (const Unit &unit : segment(m_readable.text, lexicon))
            m_words.append({m_readable.rawIndex[unit.start],
                            m_readable.rawIndex[unit.end() - 1] + qsizetype(1), unit.role, unit.han,
                            unit.spaceBefore,
                            foldWords(QStringView(m_readable.text).mid(unit.start, unit.length))});
    }
    QVector<Between> between(qsizetype from, qsizetype to) const
    {
        QVector<Between> found;
        for (const Between &word : m_words)
            if (word.start >= from && word.end <= to)
                found.append(word);
        return found;
    }

private:
    Unmarked m_readable;
    QVector<Between> m_words;
};

// The facets with all that leads to each of them, or with no more than articles and "without".
enum class Leads { All, Inseparable };

// Nothing where marks stand crosswise to a facet that is to be moved.
std::optional<Outline> outlined(const Prompt &prompt, const QVector<int> &order,
                                const Lexicon &lexicon, Leads which)
{
    const QString &raw = prompt.raw;
    const Words words(raw, lexicon);
    const int count = int(prompt.facets.size());
    QVector<qsizetype> starts, ends;
    Outline outline;
    outline.blocks.resize(count);
    outline.links.resize(count - 1);
    for (int i = 0; i < count; ++i) {
        const Facet &facet = prompt.facets[i];
        starts.append(facet.start);
        ends.append(facet.start + facet.length);
        const qsizetype before = i > 0 ? ends[i - 1] : 0;
        QVector<Between> gap = words.between(before, facet.start);
        // 桌子 旁边: where, behind the thing.
        while (i > 0 && which == Leads::All && !gap.isEmpty() && gap[0].han && !gap[0].apart &&
               isPostposition(gap[0].folded)) {
            ends[i - 1] = gap[0].end;
            gap.removeFirst();
        }
        qsizetype lead = gap.size();
        while (lead > 0 && leads(gap[lead - 1], i == 0) &&
               (which == Leads::All || isInseparable(gap[lead - 1].role)))
            --lead;
        Block &block = outline.blocks[i];
        block.led = std::any_of(gap.begin() + lead, gap.end(),
                                [](const Between &word) { return !isDeterminer(word.role); });
        // "zooming over": a verb that no vocabulary knows.
        if (block.led && i > 0 && lead == 1 && gap[0].role == Role::Word && !gap[0].han)
            lead = 0;
        if (lead < gap.size())
            starts[i] = gap[lead].start;
        block.opened = lead < gap.size();
        block.led |= facet.kind == FacetKind::Setting; // "on a lake"
        if (i == 0)
            continue;
        Link &link = outline.links[i - 1];
        gap.resize(lead);
        link.kind = gap.isEmpty() ? Link::Kind::Blank
                    : std::all_of(gap.begin(), gap.end(),
                                  [](const Between &word) {
                                      return word.role == Role::Of || word.role == Role::Particle;
                                  })
                        ? Link::Kind::Of
                        : Link::Kind::List;
        link.conjunction = std::any_of(
            gap.begin(), gap.end(), [](const Between &word) { return isConjunction(word.folded); });
    }
    for (int i = 0; i < count; ++i) {
        auto span = spanOf(raw, prompt.facets[i].start, prompt.facets[i].length);
        if (span) { // its own marks first, then those around what leads to it as well
            const qsizetype start = std::min(starts[i], span->start);
            span = spanOf(raw, start, std::max(ends[i], span->end) - start);
        }
        if (!span && order[i] != i)
            return std::nullopt;
        outline.blocks[i].span = span.value_or(Span{starts[i], ends[i]});
        if (i == 0)
            continue;
        Link &link = outline.links[i - 1];
        link.start = outline.blocks[i - 1].span.end;
        link.end = outline.blocks[i].span.start;
        if (link.end < link.start)
            return std::nullopt;
        if (link.kind == Link::Kind::Blank &&
            !QStringView(raw).mid(link.start, link.end - link.start).trimmed().isEmpty())
            link.kind = Link::Kind::List; // marks
    }
    return outline;
}

bool balanced(QStringView link)
{
    const auto marks = balance(link);
    return marks && marks->opens.isEmpty() && marks->closes.isEmpty();
}

// For each place between two facets of the new order the link to stand there; -1 = a comma.
QVector<int> linksOf(const Outline &outline, const QVector<int> &order)
{
    const int places = int(outline.links.size());
    QVector<int> chosen(places, -1);
    QVector<bool> free(places, true);
    const auto led = [&](int place) { return outline.blocks[order[place + 1]].led; };
    QVector<int> left; // links whose facets have parted
    for (int link = 0; link < places; ++link) {
        const qsizetype place = order.indexOf(link);
        if (place < places && order[place + 1] == link + 1) {
            chosen[place] = link;
            free[place] = false;
        } else if (outline.links[link].kind == Link::Kind::List) {
            left.append(link);
        }
    }
    for (const int link : left) {
        int best = -1;
        for (int place = 0; place < places; ++place)
            if (free[place] &&
                (best < 0 || (outline.links[link].conjunction && led(best) && !led(place))))
                best = place;
        chosen[best] = link; // as many places as links are free
        free[best] = false;
    }
    // "a, b and c" stays a list that ends in "and".
    const auto isList = [&](int link) {
        return link >= 0 && outline.links[link].kind == Link::Kind::List;
    };
    const auto last = std::find_if(outline.links.rbegin(), outline.links.rend(),
                                   [](const Link &l) { return l.kind == Link::Kind::List; });
    if (last == outline.links.rend() || !last->conjunction)
        return chosen;
    const qsizetype conjunction = chosen.indexOf(int(outline.links.rend() - last) - 1);
    for (int place = places - 1; place > conjunction; --place)
        if (isList(chosen[place]) && !outline.links[chosen[place]].conjunction && !led(place)) {
            std::swap(chosen[place], chosen[conjunction]);
            break;
        }
    return chosen;
}

bool endsInHan(QStringView text)
{
    while (!text.isEmpty() && !text.back().isLetterOrNumber())
        text.chop(1);
    return !text.isEmpty() && isHan(text.back().unicode());
}

bool beginsInHan(QStringView text)
{
    while (!text.isEmpty() && !text.front().isLetterOrNumber())
        text = text.mid(1);
    return startsWithHan(text);
}

class Arrangement
{
public:
    Arrangement(const Prompt &prompt, const Outline &outline, const QVector<int> &order)
        : m_prompt(prompt), m_outline(outline), m_order(order)
    {
    }

    // Links go with the facets that they join.
    Rewriting asOneWrites() const { return written(linksOf(m_outline, m_order)); }
    // Links stay where they are.
    Rewriting inPlace() const
    {
        QVector<int> links(m_outline.links.size());
        std::iota(links.begin(), links.end(), 0);
        return written(links);
    }
    bool linksAreBalanced() const
    {
        return std::all_of(m_outline.links.begin(), m_outline.links.end(), [&](const Link &link) {
            return balanced(QStringView(m_prompt.raw).mid(link.start, link.end - link.start));
        });
    }

private:
    QStringView text(const Block &block) const
    {
        return QStringView(m_prompt.raw).mid(block.span.start, block.span.end - block.span.start);
    }

    void write(Rewriting &rewriting, int facet) const
    {
        const Block &block = m_outline.blocks[facet];
        qsizetype at = block.span.start;
        // "A boat on a lake" began with its article.
        const auto first = QStringView(m_prompt.raw).left(at);
        if (facet == 0 && m_order[0] != 0 && block.opened &&
            std::none_of(first.begin(), first.end(), [](QChar c) { return c.isLetter(); })) {
            while (!m_prompt.raw[at].isLetter())
                rewriting.keep(at, at + 1), ++at;
            rewriting.keepAs(at, m_prompt.raw[at].toLower());
            ++at;
        }
        rewriting.keep(at, block.span.end);
    }

    Rewriting written(const QVector<int> &links) const
    {
        Rewriting rewriting(m_prompt.raw);
        rewriting.keep(0, m_outline.blocks.first().span.start);
        for (int place = 0; place < m_order.size(); ++place) {
            write(rewriting, m_order[place]);
            if (place == links.size())
                break;
            if (links[place] >= 0) {
                const Link &link = m_outline.links[links[place]];
                rewriting.keep(link.start, link.end);
            } else {
                const bool chinese = endsInHan(text(m_outline.blocks[m_order[place]])) &&
                                     beginsInHan(text(m_outline.blocks[m_order[place + 1]]));
                rewriting.add(chinese ? QStringView(u"，") : QStringView(u", "));
            }
        }
        rewriting.keep(m_outline.blocks.last().span.end, m_prompt.raw.size());
        return rewriting;
    }

    const Prompt &m_prompt;
    const Outline &m_outline;
    const QVector<int> &m_order;
};

// Alike but for where they stand.
bool isSame(const Facet &one, const Facet &other)
{
    return one.text == other.text && one.excluded == other.excluded && one.weight == other.weight;
}

// The edit, when the parser sees the same facets in the new order.
std::optional<ChipEdit> checked(const Rewriting &rewriting, const Prompt &prompt,
                                const QVector<int> &order, const Lexicon &lexicon)
{
    const Prompt moved = parsePrompt(rewriting.text(), lexicon);
    if (moved.facets.size() != order.size())
        return std::nullopt;
    ChipEdit edit{moved.raw, QVector<int>(order.size())};
    for (int place = 0; place < order.size(); ++place) {
        edit.facets[order[place]] = place;
        if (!isSame(moved.facets[place], prompt.facets[order[place]]))
            return std::nullopt;
    }
    return edit;
}

// The same prompt with marks that are each about one block alone: "(a boat, a lake:1.2)" ->
// "(a boat:1.2), (a lake:1.2)". Nothing where alternatives stand, which cannot be divided.
std::optional<QString> withMarksOfTheirOwn(const Prompt &prompt, const Lexicon &lexicon)
{
    const Unmarked readable = readablePrompt(prompt.raw);
    if (readable.text != stripEmphasis(prompt.raw).text)
        return std::nullopt;
    const Prompt plain = parsePrompt(withMarks(readable.text, {}), lexicon);
    QVector<int> order(plain.facets.size());
    std::iota(order.begin(), order.end(), 0);
    const auto outline =
        plain.facets.isEmpty() ? std::nullopt : outlined(plain, order, lexicon, Leads::All);
    if (!outline)
        return std::nullopt;
    const Unmarked places = readablePrompt(plain.raw); // where protected brackets moved words
    QVector<Emphasis> emphasis;
    for (const Block &block : outline->blocks)
        for (qsizetype i = 0; i < readable.text.size(); ++i) {
            const int at = places.rawIndex[i];
            if (at < block.span.start || at >= block.span.end || readable.weight[i] == 1)
                continue;
            const bool goesOn = !emphasis.isEmpty() &&
                                emphasis.last().start + emphasis.last().length == i &&
                                float(emphasis.last().weight) == readable.weight[i] &&
                                places.rawIndex[emphasis.last().start] >= block.span.start;
            if (goesOn)
                ++emphasis.last().length;
            else
                emphasis.append({int(i), 1, readable.weight[i]});
        }
    return withMarks(readable.text, emphasis);
}

std::optional<ChipEdit> arranged(const Prompt &prompt, const QVector<int> &order,
                                 const Lexicon &lexicon)
{
    if (const auto outline = outlined(prompt, order, lexicon, Leads::All)) {
        const Arrangement arrangement(prompt, *outline, order);
        if (arrangement.linksAreBalanced())
            if (auto edit = checked(arrangement.asOneWrites(), prompt, order, lexicon))
                return edit;
        if (auto edit = checked(arrangement.inPlace(), prompt, order, lexicon))
            return edit;
    }
    if (const auto outline = outlined(prompt, order, lexicon, Leads::Inseparable))
        return checked(Arrangement(prompt, *outline, order).inPlace(), prompt, order, lexicon);
    return std::nullopt;
}

} // namespace

std::optional<ChipEdit> facetMoved(const Prompt &prompt, int from, int to, const Lexicon &lexicon)
{
    const int count = int(prompt.facets.size());
    if (from < 0 || to < 0 || from >= count || to >= count || from == to)
        return std::nullopt;
    QVector<int> order(count);
    std::iota(order.begin(), order.end(), 0);
    order.move(from, to);
    const Prompt before = parsePrompt(prompt.raw, lexicon); // as written, nothing switched off
    if (before.facets.size() != count)
        return std::nullopt;
    if (auto edit = arranged(before, order, lexicon))
        return edit;
    const auto divided = withMarksOfTheirOwn(before, lexicon);
    if (!divided || *divided == prompt.raw)
        return std::nullopt;
    const Prompt same = parsePrompt(*divided, lexicon);
    return std::equal(same.facets.begin(), same.facets.end(), before.facets.begin(),
                      before.facets.end(), isSame)
               ? arranged(same, order, lexicon)
               : std::nullopt;
}

} // namespace moodloom::prompt
