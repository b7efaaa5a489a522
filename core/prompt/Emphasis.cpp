#include "core/prompt/Emphasis.h"

#include <algorithm>
#include <cmath>

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
        if (c == u'\\' && i + 1 < size &&
            (marked[i + 1] == u'\\' || opening(marked[i + 1]) != Bracket::None ||
             closing(marked[i + 1]) != Bracket::None)) {
            isMark[i++] = true; // the backslash goes, what it protects stays
            continue;
        }
        if (opening(c) != Bracket::None) {
            open.append(i);
        } else if (const Bracket kind = closing(c); kind != Bracket::None && !open.isEmpty() &&
                                                    opening(marked[open.last()]) == kind) {
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

std::optional<Enclosed> enclosed(QStringView marked)
{
    QVector<Bracket> open;
    for (qsizetype i = 0; i < marked.size(); ++i) {
        if (marked[i] == u'\\') {
            ++i;
        } else if (const Bracket begun = opening(marked[i]); begun != Bracket::None) {
            open.append(begun);
        } else if (const Bracket ended = closing(marked[i]); ended != Bracket::None) {
            if (open.isEmpty() || open.last() != ended)
                return std::nullopt;
            open.removeLast();
        }
        if (open.isEmpty() && i < marked.size() - 1)
            return std::nullopt; // "(a) b", or no mark at all
    }
    if (marked.size() < 2 || !open.isEmpty())
        return std::nullopt;
    const QStringView inside = marked.mid(1, marked.size() - 2);
    if (opening(marked[0]) == Bracket::Square)
        return Enclosed{inside, 1 / step};
    const Factor given = explicitFactor(inside);
    return given.colon < 0 ? Enclosed{inside, step}
                           : Enclosed{inside.first(given.colon), given.value};
}

QVector<Emphasis> emphasisOf(const Unmarked &unmarked)
{
    QVector<Emphasis> result;
    const auto weightAt = [&](qsizetype i) {
        return std::round(double(unmarked.weight[i]) * 1000) / 1000;
    };
    for (qsizetype i = 0; i < unmarked.text.size(); ++i) {
        const double weight = weightAt(i);
        if (weight == 1)
            continue;
        const bool continues = !result.isEmpty() && result.last().weight == weight &&
                               result.last().start + result.last().length == i;
        if (!continues)
            result.append({int(i), 0, weight});
        ++result.last().length;
    }
    return result;
}

QString withMarks(const QString &text, const QVector<Emphasis> &emphasis)
{
    if (emphasis.isEmpty() && stripEmphasis(text).text == text)
        return text;
    const auto plain = [&](qsizetype from, qsizetype to) {
        QString kept;
        for (qsizetype i = from; i < to; ++i) {
            const QChar c = text[i];
            if (c == u'\\' || opening(c) != Bracket::None || closing(c) != Bracket::None)
                kept += u'\\';
            kept += c;
        }
        return kept;
    };
    QString marked;
    qsizetype done = 0;
    for (const Emphasis &part : emphasis) {
        const qsizetype from = std::clamp<qsizetype>(part.start, done, text.size());
        const qsizetype to =
            std::clamp<qsizetype>(qsizetype(part.start) + part.length, from, text.size());
        if (from == to)
            continue;
        marked +=
            plain(done, from) + u'(' + plain(from, to) + u':' + QString::number(part.weight) + u')';
        done = to;
    }
    return marked + plain(done, text.size());
}

} // namespace moodloom::prompt
