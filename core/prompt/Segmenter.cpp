#include "core/prompt/Segmenter.h"

#include "core/base/Text.h"

#include <unicode/brkiter.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace moodloom::prompt {
namespace {

constexpr qsizetype longestQuotedName = 64;

// The code point at `at` (a lone surrogate as itself) and its length in UTF-16 units.
struct Point
{
    char32_t value;
    qsizetype length;
};

Point pointAt(QStringView text, qsizetype at)
{
    const QChar c = text[at];
    if (c.isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate())
        return {QChar::surrogateToUcs4(c, text[at + 1]), 2};
    return {c.unicode(), 1};
}

bool isWordPoint(char32_t c)
{
    if (c == U'_' || c == 0x200D /* joins emoji */)
        return true;
    switch (QChar::category(c)) {
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
    case QChar::Number_DecimalDigit:
    case QChar::Number_Letter:
    case QChar::Number_Other:
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
    case QChar::Symbol_Other: // emoji
    case QChar::Symbol_Modifier:
        return true;
    default:
        return false;
    }
}

// Punctuation that belongs to the word when letters stand on both sides: artist's, ID.4, snow-white.
bool isInnerPoint(char32_t c)
{
    return c == U'\'' || c == U'\u2019' || c == U'-' || c == U'\u2010' || c == U'\u2011' || c == U'.'
           || c == U'\u00B7';
}

qsizetype wordLength(QStringView text, qsizetype at)
{
    qsizetype end = at;
    while (end < text.size()) {
        const Point point = pointAt(text, end);
        if (isWordPoint(point.value) && !isHan(point.value)) {
            end += point.length;
        } else if (end > at && isInnerPoint(point.value) && end + 1 < text.size()) {
            const Point next = pointAt(text, end + 1);
            if (!isWordPoint(next.value) || isHan(next.value))
                break;
            end += 1;
        } else {
            break;
        }
    }
    return end - at;
}

qsizetype hanLength(QStringView text, qsizetype at)
{
    qsizetype end = at;
    while (end < text.size()) {
        const Point point = pointAt(text, end);
        if (!isHan(point.value))
            break;
        end += point.length;
    }
    return end - at;
}

QChar closingQuote(QChar open)
{
    switch (open.unicode()) {
    case u'"': return u'"';
    case u'\u201C': return u'\u201D';
    case u'\u300C': return u'\u300D';
    case u'\u300E': return u'\u300F';
    case u'\u300A': return u'\u300B';
    default: return {};
    }
}

// The word boundaries of a dictionary, for the choice between 和 (and) and 和平 (peace).
class Boundaries
{
public:
    explicit Boundaries(const QString &text) : m_is(text.size() + 1, false)
    {
        UErrorCode error = U_ZERO_ERROR;
        const std::unique_ptr<icu::BreakIterator> words(
            icu::BreakIterator::createWordInstance(icu::Locale("zh"), error));
        if (U_FAILURE(error)) { // ICU without its data: every position may be one
            m_is.fill(true);
            return;
        }
        const icu::UnicodeString content(false, reinterpret_cast<const char16_t *>(text.utf16()),
                                         int32_t(text.size()));
        words->setText(content);
        for (int32_t at = words->first(); at != icu::BreakIterator::DONE; at = words->next())
            m_is[at] = true;
    }
    bool at(qsizetype position) const { return m_is[position]; }

private:
    QVector<bool> m_is;
};

// 一辆, 两只, 三座: a number (that digits before the text may have given) and a measure word. Its
// length at the start of `text`, 0 for none.
qsizetype measureLength(QStringView text, bool afterDigits = false)
{
    static const QString numbers = QStringLiteral("一二两三四五六七八九十几数半每这那某");
    static const QString measures
        = QStringLiteral("个只辆座艘条栋架匹头朵棵张幅片群对杯盏台把位名尊间艇列顶支束件轮枚尾棟隻輛艘條幢株颗粒块面扇根段抹");
    qsizetype at = 0;
    while (at < text.size() && numbers.contains(text[at]))
        ++at;
    return (at > 0 || afterDigits) && at < text.size() && measures.contains(text[at]) ? at + 1 : 0;
}

bool isNumber(const QString &text, const Unit &unit)
{
    const auto slice = QStringView(text).mid(unit.start, unit.length);
    return unit.role == Role::Word
           && std::all_of(slice.begin(), slice.end(), [](QChar c) { return c.isDigit(); });
}

// Whether the words, each for itself, say only where and when.
bool isSettingPhrase(const QString &text)
{
    const QVector<Unit> units = segment(text, Lexicon());
    return std::any_of(units.begin(), units.end(), [](const Unit &u) { return isSetting(u.role); })
           && std::all_of(units.begin(), units.end(), [](const Unit &u) {
                  return isSetting(u.role) || u.role == Role::SceneNoun || isNeutral(u.role);
              });
}

void segmentHan(const QString &text, const Word &run, const Lexicon &lexicon,
                const Boundaries &boundaries, QVector<Unit> &units)
{
    const qsizetype end = run.start + run.length;
    // A word may begin where the dictionary sees one begin, or where a known one has just ended.
    qsizetype knownEnd = -1;
    const auto aligned = [&](qsizetype from, qsizetype to) {
        return (boundaries.at(from) || from == knownEnd) && boundaries.at(to);
    };
    qsizetype at = run.start;
    // 3辆汽车
    if (!units.isEmpty() && units.last().end() == at && isNumber(text, units.last())) {
        if (const qsizetype measure = measureLength(QStringView(text).mid(at, run.length), true)) {
            units.last().role = Role::Article;
            units.last().length += measure;
            at += measure;
        }
    }
    while (at < end) {
        const QStringView rest = QStringView(text).mid(at, end - at);
        const qsizetype keyword = lexicon.longestHan(rest);
        Role role = Role::Word;
        qsizetype known = 0;
        for (qsizetype length = std::min<qsizetype>(longestHanTerm(), rest.size()); length > 0;
             --length) {
            const Role found = roleOf(rest.left(length).toString());
            // Three characters and more are themselves wherever they stand; fewer only where a
            // dictionary sees a word begin and end.
            if (found != Role::Word && (length >= 3 || aligned(at, at + length))) {
                role = found;
                known = length;
                break;
            }
        }
        qsizetype length = std::max(keyword, known);
        if (keyword > known) {
            // 秋天的公园 may be a keyword of many pictures, and is a place all the same.
            role = isSettingPhrase(rest.left(keyword).toString()) ? Role::Scene : Role::Name;
            if (role == Role::Scene && keyword < rest.size()
                && isSettingPhrase(rest.left(keyword + 1).toString()))
                length = keyword + 1; // 公园里
        } else if (known == 0) {
            if (const qsizetype measure = measureLength(rest);
                measure && (boundaries.at(at) || at == knownEnd)) {
                role = Role::Article;
                length = measure;
            } else {
                length = pointAt(rest, 0).length;
            }
        }
        if (role != Role::Word)
            knownEnd = at + length;
        // Unknown characters gather into one word.
        if (role == Role::Word && !units.isEmpty() && units.last().role == Role::Word
            && units.last().han && units.last().end() == at && at > run.start) {
            units.last().length += length;
        } else {
            units.append({at, length, role, true,
                          at > 0 && text[at - 1].isSpace(), false});
        }
        at += length;
    }
}

// The longest phrase from word `first` on that is a keyword or a known expression.
qsizetype segmentPhrase(const QString &text, const QVector<Word> &words, qsizetype first,
                        const Lexicon &lexicon, QVector<Unit> &units)
{
    const Word &word = words[first];
    Role role = Role::Word;
    qsizetype count = 1;
    const qsizetype most = std::min<qsizetype>(std::max(longestTerm(), lexicon.longestPhrase()),
                                               words.size() - first);
    for (qsizetype length = most; length >= 1; --length) {
        const QString phrase = joinPhrase(words, first, length);
        if (phrase.isEmpty())
            continue;
        if (const Role found = roleOf(phrase); found != Role::Word) {
            role = found;
            count = length;
            break;
        }
        // A keyword guards its words only when it is more than an expression that we know: "night
        // sky" stays a setting, "Leaping Tiger" becomes a name.
        if (length > 1 && lexicon.pictures(phrase) > 0) {
            const bool name = std::any_of(
                words.begin() + first, words.begin() + first + length,
                [](const Word &part) { return roleOf(part.folded) == Role::Word; });
            if (name && !isConnector(roleOf(word.folded))) {
                role = Role::Name;
                count = length;
                break;
            }
        }
    }
    const Word &last = words[first + count - 1];
    units.append({word.start, last.start + last.length - word.start, role, false,
                  word.start > 0 && text[word.start - 1].isSpace(),
                  QChar::isUpper(pointAt(text, word.start).value)});
    return count;
}

} // namespace

bool startsWithHan(QStringView text)
{
    return !text.isEmpty() && isHan(pointAt(text, 0).value);
}

QVector<Word> splitWords(const QString &text)
{
    QVector<Word> words;
    bool joined = false;
    for (qsizetype at = 0; at < text.size();) {
        const Point point = pointAt(text, at);
        const bool han = isHan(point.value);
        const qsizetype length = han ? hanLength(text, at) : wordLength(text, at);
        if (length > 0) {
            const auto slice = QStringView(text).mid(at, length);
            words.append({at, length, han ? slice.toString() : foldWords(slice), han, joined});
            joined = true;
            at += length;
        } else {
            joined = joined && point.value != U'\n' && QChar::isSpace(point.value);
            at += point.length;
        }
    }
    return words;
}

QStringList dictionaryWords(const QString &text)
{
    QStringList found;
    std::optional<Boundaries> boundaries;
    for (const Word &word : splitWords(text)) {
        if (!word.han)
            continue;
        if (!boundaries)
            boundaries.emplace(text);
        qsizetype from = word.start;
        for (qsizetype at = from + 1; at <= word.start + word.length; ++at) {
            if (!boundaries->at(at))
                continue;
            if (at - from >= 2)
                found.append(text.mid(from, at - from));
            from = at;
        }
    }
    return found;
}

QString joinPhrase(const QVector<Word> &words, qsizetype first, qsizetype count)
{
    QString phrase;
    for (qsizetype i = first; i < first + count; ++i) {
        if (words[i].han || (i > first && !words[i].joined))
            return {};
        if (i > first)
            phrase += u' ';
        phrase += words[i].folded;
    }
    return phrase;
}

QVector<Unit> segment(const QString &text, const Lexicon &lexicon)
{
    const QVector<Word> words = splitWords(text);
    const bool anyHan = std::any_of(words.begin(), words.end(), [](const Word &w) { return w.han; });
    const Boundaries boundaries(anyHan ? text : QString());
    QVector<Unit> units;
    qsizetype at = 0;
    qsizetype next = 0; // the first word at or after `at`
    while (at < text.size()) {
        while (next < words.size() && words[next].start < at)
            ++next;
        if (next < words.size() && words[next].start == at) {
            if (words[next].han) {
                segmentHan(text, words[next], lexicon, boundaries, units);
                at += words[next++].length;
            } else {
                next += segmentPhrase(text, words, next, lexicon, units);
                at = units.last().end();
            }
            continue;
        }
        const QChar c = text[at];
        if (c.isSpace() && c != u'\n') {
            ++at;
            continue;
        }
        if (const QChar close = closingQuote(c); !close.isNull()) {
            const qsizetype end = text.indexOf(close, at + 1);
            const bool name = end > at && end - at - 1 <= longestQuotedName && next < words.size()
                              && words[next].start < end
                              && !QStringView(text).mid(at, end - at).contains(u'\n');
            if (name) {
                qsizetype last = next;
                while (last + 1 < words.size() && words[last + 1].start < end)
                    ++last;
                const qsizetype start = words[next].start;
                units.append({start, std::min(end, words[last].start + words[last].length) - start,
                              Role::Quoted, words[next].han, false, false});
                at = end + 1;
                continue;
            }
        }
        const qsizetype length = pointAt(text, at).length;
        units.append({at, length, c == u'&' || c == u'+' ? Role::Relation : Role::Break, false,
                      false, false});
        at += length;
    }
    return units;
}

} // namespace moodloom::prompt
