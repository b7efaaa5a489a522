#include "core/prompt/ChipEdit.h"

#include "core/base/Text.h"
#include "core/prompt/FacetParser.h"
#include "core/prompt/MarkedSpan.h"
#include "core/prompt/Rewriting.h"
#include "core/prompt/Segmenter.h"

#include <unicode/brkiter.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace moodloom::prompt {
namespace {

constexpr qsizetype kLongestQuoted = 64; // as the parser takes it for a name

std::optional<Span> spanOf(const Prompt &prompt, int index)
{
    return prompt::spanOf(prompt.raw, prompt.facets[index].start, prompt.facets[index].length);
}

bool isSeparator(QChar c)
{
    return c.isSpace() || c.isPunct();
}

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
