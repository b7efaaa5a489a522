#include "core/prompt/ChipEdit.h"

#include "core/base/Text.h"
#include "core/prompt/FacetParser.h"
#include "core/prompt/Segmenter.h"

#include <unicode/brkiter.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace moodloom::prompt {
namespace {

constexpr qsizetype kLongestQuoted = 64; // as the parser takes it for a name

struct Span
{
    qsizetype start = 0, end = 0;
    bool quoted = false; // begins and ends with quotation marks
};

// What opens, and at the same place what closes it.
constexpr QStringView kOpening = u"([{（｛", kClosing = u")]}）｝";
constexpr QStringView kOpeningQuotes = u"\"“「『《", kClosingQuotes = u"\"”」』》";

QChar partner(QChar open, QStringView opening = kOpening, QStringView closing = kClosing)
{
    const qsizetype at = opening.indexOf(open);
    return at < 0 ? QChar() : closing[at];
}

bool isOpening(QChar c)
{
    return kOpening.contains(c);
}
bool isClosing(QChar c)
{
    return kClosing.contains(c);
}

QChar closingQuote(QChar open)
{
    return partner(open, kOpeningQuotes, kClosingQuotes);
}

bool isEscaped(const QString &text, qsizetype at)
{
    qsizetype backslashes = 0;
    while (at - backslashes > 0 && text[at - backslashes - 1] == u'\\')
        ++backslashes;
    return backslashes % 2 == 1;
}

// Behind ":1.3" where it stands at `at`, else `at`.
qsizetype behindFactor(const QString &text, qsizetype at)
{
    if (at >= text.size() || (text[at] != u':' && text[at] != u'：'))
        return at;
    qsizetype end = at + 1;
    while (end < text.size() && (text[end].isDigit() || text[end] == u'.' || text[end] == u' '))
        ++end;
    return end < text.size() && isClosing(text[end]) ? end : at;
}

// How many brackets close in the part that open before it, and open in it without closing; nothing
// when they stand crosswise.
struct Balance
{
    QVector<QChar> closes, opens;
};
std::optional<Balance> balance(QStringView part)
{
    Balance found;
    for (qsizetype i = 0; i < part.size(); ++i) {
        if (part[i] == u'\\') {
            ++i;
        } else if (part[i] == u'|' || part[i] == u'｜') {
            if (found.opens.isEmpty())
                return std::nullopt; // of two alternatives
        } else if (isOpening(part[i])) {
            found.opens.append(part[i]);
        } else if (isClosing(part[i])) {
            if (found.opens.isEmpty())
                found.closes.append(part[i]);
            else if (partner(found.opens.last()) == part[i])
                found.opens.removeLast();
            else
                return std::nullopt;
        }
    }
    return found;
}

// What words take of the raw prompt, with the marks that stand around them alone.
std::optional<Span> spanOf(const QString &raw, qsizetype start, qsizetype length)
{
    Span span{start, start + length};
    const auto inner = balance(QStringView(raw).mid(span.start, span.end - span.start));
    if (!inner)
        return std::nullopt;
    // "(red) car" begins at the r.
    for (const QChar close : inner->closes) {
        if (span.start == 0 || partner(raw[span.start - 1]) != close ||
            isEscaped(raw, span.start - 1))
            return std::nullopt;
        --span.start;
    }
    for (auto open = inner->opens.crbegin(); open != inner->opens.crend(); ++open) {
        const qsizetype end = behindFactor(raw, span.end);
        if (end >= raw.size() || partner(*open) != raw[end])
            return std::nullopt;
        span.end = end + 1;
    }
    while (span.start > 0 && span.end < raw.size() && !isEscaped(raw, span.start - 1)) {
        const QChar before = raw[span.start - 1];
        const qsizetype end = behindFactor(raw, span.end);
        if (isOpening(before) && end < raw.size() && partner(before) == raw[end]) {
            --span.start;
            span.end = end + 1;
        } else if (!closingQuote(before).isNull() && closingQuote(before) == raw[span.end]) {
            --span.start;
            ++span.end;
            span.quoted = true;
        } else {
            break;
        }
    }
    return span;
}

std::optional<Span> spanOf(const Prompt &prompt, int index)
{
    return spanOf(prompt.raw, prompt.facets[index].start, prompt.facets[index].length);
}

bool isSeparator(QChar c)
{
    return c.isSpace() || c.isPunct();
}

// With the word before it that makes it what is not wanted: "without people".
Span withNegation(const Prompt &prompt, int index, Span span)
{
    if (!prompt.facets[index].excluded)
        return span;
    qsizetype first = 0;
    if (index > 0)
        first = prompt.facets[index - 1].start + prompt.facets[index - 1].length;
    qsizetype start = span.start;
    while (start > first &&
           (!isSeparator(prompt.raw[start - 1]) || prompt.raw[start - 1].isSpace()))
        --start;
    while (start < span.start && prompt.raw[start].isSpace())
        ++start;
    span.start = start;
    return span;
}

// The new text, piece by piece, and where the old characters went.
class Rewriting
{
public:
    explicit Rewriting(const QString &raw) : m_raw(raw), m_where(raw.size(), -1) {}
    void keep(qsizetype from, qsizetype to)
    {
        for (qsizetype i = from; i < to; ++i) {
            m_where[i] = int(m_text.size());
            m_text += m_raw[i];
        }
    }
    void add(QStringView text) { m_text += text; }

    QString text() const { return m_text; }
    // Old facets found in the new prompt by the place of their first character.
    QVector<int> follow(const QVector<Facet> &old, const QVector<Facet> &facets) const
    {
        QVector<int> found;
        for (const Facet &facet : old) {
            const int at = m_where[facet.start];
            const auto same = std::find_if(facets.begin(), facets.end(), [at](const Facet &f) {
                return at >= f.start && at < f.start + f.length;
            });
            found.append(at < 0 || same == facets.end() ? -1 : int(same - facets.begin()));
        }
        return found;
    }

private:
    const QString &m_raw;
    QString m_text;
    QVector<int> m_where;
};

// Ends of words in the text, but for its own end.
QVector<int> wordEnds(const QString &text)
{
    QVector<int> ends;
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> words(
        icu::BreakIterator::createWordInstance(icu::Locale("zh"), error));
    if (U_FAILURE(error))
        return ends;
    const icu::UnicodeString unicode(false, reinterpret_cast<const char16_t *>(text.utf16()),
                                     int32_t(text.size()));
    words->setText(unicode);
    for (int32_t at = words->first(); at != icu::BreakIterator::DONE; at = words->next())
        if (at > 0 && at < text.size() && !text[at - 1].isSpace())
            ends.append(at);
    return ends;
}

bool han(QChar c)
{
    return isHan(c.unicode());
}

// The split without asking whether the parser sees it.
std::optional<Rewriting> divided(const Prompt &prompt, int index, int place)
{
    const QString &raw = prompt.raw;
    const auto span = spanOf(prompt, index);
    const Facet &facet = prompt.facets[index];
    if (!span || place <= 0 || place >= facet.text.size())
        return std::nullopt;
    // The facet's text is a slice of the readable prompt; its units have places in the raw one.
    const Unmarked readable = readablePrompt(raw);
    const qsizetype first = readable.rawIndex.indexOf(facet.start);
    qsizetype right = place;
    while (right < facet.text.size() && facet.text[right].isSpace())
        ++right;
    if (first < 0 || right >= facet.text.size())
        return std::nullopt;
    qsizetype cut = readable.rawIndex[first + right];
    while (cut > span->start && isOpening(raw[cut - 1]))
        --cut;
    qsizetype left = cut;
    while (left > span->start && raw[left - 1].isSpace())
        --left;
    const bool chinese = han(facet.text[place - 1]) || han(facet.text[right]);
    const qsizetype quote = span->quoted ? 1 : 0;
    Rewriting rewriting(raw);
    rewriting.keep(0, span->start);
    rewriting.keep(span->start + quote, left);
    rewriting.add(chinese ? QStringView(u"，") : QStringView(u", "));
    rewriting.keep(cut, span->end - quote);
    rewriting.keep(span->end, raw.size());
    return rewriting;
}

} // namespace

std::optional<ChipEdit> facetMoved(const Prompt &prompt, int from, int to, const Lexicon &lexicon)
{
    const int count = int(prompt.facets.size());
    if (from < 0 || to < 0 || from >= count || to >= count || from == to)
        return std::nullopt;
    QVector<int> order;
    for (int i = 0; i < count; ++i)
        order.append(i);
    order.move(from, to);
    QVector<Span> spans;
    for (int i = 0; i < count; ++i) {
        auto span = spanOf(prompt, i);
        if (!span) {
            if (order[i] != i)
                return std::nullopt;
            span = Span{prompt.facets[i].start, prompt.facets[i].start + prompt.facets[i].length};
        }
        spans.append(withNegation(prompt, i, *span));
        if (i > 0 && spans[i].start < spans[i - 1].end)
            return std::nullopt;
    }
    Rewriting rewriting(prompt.raw);
    qsizetype at = 0;
    for (int i = 0; i < count; ++i) {
        rewriting.keep(at, spans[i].start);
        rewriting.keep(spans[order[i]].start, spans[order[i]].end);
        at = spans[i].end;
    }
    rewriting.keep(at, prompt.raw.size());
    const Prompt moved = parsePrompt(rewriting.text(), lexicon);
    return ChipEdit{moved.raw, rewriting.follow(prompt.facets, moved.facets)};
}

QVector<int> splitPlaces(const Prompt &prompt, int facet, const Lexicon &lexicon)
{
    QVector<int> places;
    if (facet < 0 || facet >= prompt.facets.size())
        return places;
    const QString &text = prompt.facets[facet].text;
    for (const int place : wordEnds(text))
        if (!QStringView(text).mid(place).trimmed().startsWith(u'的') &&
            facetSplit(prompt, facet, place, lexicon))
            places.append(place);
    return places;
}

std::optional<ChipEdit> facetSplit(const Prompt &prompt, int facet, int place,
                                   const Lexicon &lexicon)
{
    if (facet < 0 || facet >= prompt.facets.size())
        return std::nullopt;
    const auto rewriting = divided(prompt, facet, place);
    if (!rewriting)
        return std::nullopt;
    const Prompt split = parsePrompt(rewriting->text(), lexicon);
    if (split.facets.size() != prompt.facets.size() + 1)
        return std::nullopt; // "of tea" alone, or a thing that is named elsewhere
    ChipEdit edit{split.raw, rewriting->follow(prompt.facets, split.facets)};
    const int first = edit.facets[facet];
    const QString left = prompt.facets[facet].text.left(place).trimmed();
    if (first < 0 || !left.contains(split.facets[first].text))
        return std::nullopt;
    edit.facets[facet] = -1; // either may be meant
    return edit;
}

std::optional<ChipEdit> facetsMerged(const Prompt &prompt, int facet, const Lexicon &lexicon)
{
    if (facet < 0 || facet + 1 >= prompt.facets.size())
        return std::nullopt;
    const QString &raw = prompt.raw;
    const auto a = spanOf(prompt, facet), b = spanOf(prompt, facet + 1);
    if (!a || !b || b->start < a->end)
        return std::nullopt;
    const QStringView between = QStringView(raw).mid(a->end, b->start - a->end);
    const bool divided = std::all_of(between.begin(), between.end(), isSeparator);
    if (between.contains(u'\n') && !divided)
        return std::nullopt;
    const auto marks = balance(between);
    if (!marks || !marks->opens.isEmpty() || !marks->closes.isEmpty())
        return std::nullopt; // "(a red car:1.2), a boat" within other marks
    const auto joined = [&](QStringView quote, QStringView unquote) {
        Rewriting rewriting(raw);
        const qsizetype quotedA = a->quoted ? 1 : 0, quotedB = b->quoted ? 1 : 0;
        rewriting.keep(0, a->start);
        rewriting.add(quote);
        rewriting.keep(a->start + quotedA, a->end - quotedA);
        if (divided) {
            const bool chinese = han(raw[a->end - quotedA - 1]) && han(raw[b->start + quotedB]);
            rewriting.add(chinese ? QStringView() : QStringView(u" "));
        } else {
            rewriting.keep(a->end, b->start);
        }
        rewriting.keep(b->start + quotedB, b->end - quotedB);
        rewriting.add(unquote);
        rewriting.keep(b->end, raw.size());
        return rewriting;
    };
    const bool chinese = han(prompt.facets[facet].text.front());
    const bool quotable = b->end - a->start <= kLongestQuoted;
    for (const bool quoted : {false, true}) {
        if (quoted && !quotable)
            break;
        const Rewriting rewriting = !quoted   ? joined({}, {})
                                    : chinese ? joined(u"“", u"”")
                                              : joined(u"\"", u"\"");
        const Prompt merged = parsePrompt(rewriting.text(), lexicon);
        const QVector<int> facets = rewriting.follow(prompt.facets, merged.facets);
        if (merged.facets.size() == prompt.facets.size() - 1 && facets[facet] >= 0 &&
            facets[facet] == facets[facet + 1])
            return ChipEdit{merged.raw, facets};
    }
    return std::nullopt;
}

std::optional<WeighedWords> wordsWeighed(const QString &raw, int start, int length, double step)
{
    while (length > 0 && raw[start].isSpace()) {
        ++start;
        --length;
    }
    while (length > 0 && raw[start + length - 1].isSpace())
        --length;
    const auto span = length > 0 ? spanOf(raw, start, length) : std::nullopt;
    if (!span)
        return std::nullopt;
    // The marks that are about these words alone say together what they weigh now.
    QStringView words = QStringView(raw).mid(span->start, span->end - span->start);
    double weight = 1;
    while (const auto layer = enclosed(words)) {
        weight *= layer->factor;
        words = layer->words;
    }
    weight = std::clamp(std::round((weight + step) * 100) / 100, 0.0, 2.0);
    const bool plain = weight == 1;
    WeighedWords result;
    result.text = raw.left(span->start) +
                  (plain ? words.toString()
                         : u'(' + words.toString() + u':' + QString::number(weight) + u')') +
                  raw.mid(span->end);
    result.start = int(span->start) + !plain;
    result.length = int(words.size());
    if (readablePrompt(result.text).text != readablePrompt(raw).text)
        return std::nullopt;
    return result;
}

std::optional<ChipEdit> facetWeighed(const Prompt &prompt, int facet, double step,
                                     const Lexicon &lexicon)
{
    if (facet < 0 || facet >= prompt.facets.size())
        return std::nullopt;
    const Facet &words = prompt.facets[facet];
    const auto weighed = wordsWeighed(prompt.raw, words.start, words.length, step);
    if (!weighed)
        return std::nullopt;
    const Prompt after = parsePrompt(weighed->text, lexicon);
    if (after.facets.size() != prompt.facets.size())
        return std::nullopt;
    ChipEdit edit{after.raw, {}};
    for (int i = 0; i < after.facets.size(); ++i)
        edit.facets.append(i);
    return edit;
}

} // namespace moodloom::prompt
