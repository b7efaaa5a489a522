#include "core/prompt/MarkedSpan.h"

namespace moodloom::prompt {
namespace {

// What opens, and at the same place what closes it.
constexpr QStringView kOpening = u"([{（｛", kClosing = u")]}）｝";
constexpr QStringView kOpeningQuotes = u"\"“「『《", kClosingQuotes = u"\"”」』》";

QChar partner(QChar open, QStringView opening = kOpening, QStringView closing = kClosing)
{
    const qsizetype at = opening.indexOf(open);
    return at < 0 ? QChar() : closing[at];
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

} // namespace

bool isOpening(QChar c)
{
    return kOpening.contains(c);
}
bool isClosing(QChar c)
{
    return kClosing.contains(c);
}

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

} // namespace moodloom::prompt
