#include "core/prompt/Emphasis.h"

#include <algorithm>

namespace moodloom::prompt {
namespace {

constexpr double step = 1.1;
constexpr double heaviest = 2.0;
constexpr qsizetype longestFactor = 16; // characters of ": 1.25 "

enum class Bracket { None, Round, Square };

Bracket opening(QChar c)
{
    if (c == u'(' || c == u'（')
        return Bracket::Round;
    return c == u'[' ? Bracket::Square : Bracket::None;
}

Bracket closing(QChar c)
{
    if (c == u')' || c == u'）')
        return Bracket::Round;
    return c == u']' ? Bracket::Square : Bracket::None;
}

// "word:1.3" -> where the colon stands and 1.3; a position of -1 when there is no such ending.
struct Factor
{
    qsizetype colon = -1;
    double value = 1;
};

Factor explicitFactor(QStringView inside)
{
    // A factor is short: looking no further back keeps deep nesting linear.
    qsizetype colon = inside.size() - 1;
    const qsizetype first = std::max<qsizetype>(0, inside.size() - longestFactor);
    while (colon >= first && inside[colon] != u':' && inside[colon] != u'：')
        --colon;
    if (colon < first)
        return {};
    bool ok = false;
    const double value = inside.mid(colon + 1).trimmed().toDouble(&ok);
    if (!ok || !(value >= 0) || value > 10)
        return {};
    return {colon, value};
}

} // namespace

Unmarked stripEmphasis(const QString &marked)
{
    const qsizetype size = marked.size();
    // What each unit of the marked text is: kept, or a mark that changes the factor on the way.
    QVector<bool> isMark(size, false);
    QVector<double> opens(size, 0); // at an opening mark: its factor
    QVector<bool> closes(size, false);

    QVector<qsizetype> open;
    for (qsizetype i = 0; i < size; ++i) {
        const QChar c = marked[i];
        if (c == u'\\' && i + 1 < size
            && (marked[i + 1] == u'\\' || opening(marked[i + 1]) != Bracket::None
                || closing(marked[i + 1]) != Bracket::None)) {
            isMark[i++] = true; // the backslash goes, what it protects stays
            continue;
        }
        if (opening(c) != Bracket::None) {
            open.append(i);
        } else if (const Bracket kind = closing(c);
                   kind != Bracket::None && !open.isEmpty() && opening(marked[open.last()]) == kind) {
            const qsizetype start = open.takeLast();
            const auto inside = QStringView(marked).mid(start + 1, i - start - 1);
            double factor = kind == Bracket::Round ? step : 1 / step;
            if (kind == Bracket::Round) {
                if (const Factor given = explicitFactor(inside); given.colon >= 0) {
                    factor = given.value;
                    std::fill(isMark.begin() + start + 1 + given.colon, isMark.begin() + i, true);
                }
            }
            isMark[start] = isMark[i] = closes[i] = true;
            opens[start] = factor;
        }
    }

    Unmarked result;
    result.text.reserve(size);
    QVector<double> factors{1.0};
    for (qsizetype i = 0; i < size; ++i) {
        if (closes[i]) {
            factors.removeLast();
        } else if (isMark[i] && opening(marked[i]) != Bracket::None) {
            factors.append(std::min(factors.last() * opens[i], 1e6));
        } else if (!isMark[i]) {
            result.text.append(marked[i]);
            result.rawIndex.append(int(i));
            result.weight.append(float(std::min(factors.last(), heaviest)));
        }
    }
    return result;
}

} // namespace moodloom::prompt
