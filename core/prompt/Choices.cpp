#include "core/prompt/Choices.h"

#include "core/base/Text.h"

#include <QRegularExpression>

#include <optional>

namespace moodloom::prompt {
namespace {

constexpr int kDeepest = 32;          // braces within braces and wildcards within wildcards
constexpr qsizetype kLongest = 20000; // characters of what came of it
constexpr qsizetype kLongestName = 200;

bool opens(QChar c)
{
    return c == u'{' || c == u'｛';
}
bool closes(QChar c)
{
    return c == u'}' || c == u'｝';
}
bool divides(QChar c)
{
    return c == u'|' || c == u'｜';
}
bool isLine(QChar c)
{
    return c == u'_' || c == u'＿';
}

// A backslash before it makes it plain; before a backslash, both are left to the attention marks.
bool isMark(QChar c)
{
    return opens(c) || closes(c) || divides(c) || isLine(c);
}

// Slashes go into folders; a dot is no part of a name, so that none leads out of them.
bool isNameCharacter(QChar c)
{
    return c.isLetterOrNumber() || c.isSurrogate() || c.isMark() || c == u'-' || c == u'/' ||
           c == u' ' || isLine(c);
}

struct Wild
{
    QString name;
    qsizetype end = 0; // behind the closing marks
};

// Where marks stand in a text and what belongs together.
class Marks
{
public:
    explicit Marks(const QString &text) : m_text(text), m_partner(text.size(), -1)
    {
        QVector<qsizetype> open;
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (isEscape(i)) {
                ++i;
            } else if (opens(text[i])) {
                open.append(i);
            } else if (closes(text[i]) && !open.isEmpty()) {
                const qsizetype start = open.takeLast();
                m_partner[start] = i;
                m_partner[i] = start;
            }
        }
    }

    // At a backslash that, with what follows, is no mark.
    bool isEscape(qsizetype i) const
    {
        return m_text[i] == u'\\' && i + 1 < m_text.size() &&
               (m_text[i + 1] == u'\\' || isMark(m_text[i + 1]));
    }
    // Where the braces that open here close, or -1.
    qsizetype end(qsizetype i) const { return opens(m_text[i]) ? m_partner[i] : -1; }
    bool isBrace(qsizetype i) const { return m_partner[i] >= 0; }

    std::optional<Wild> wildcard(qsizetype i) const
    {
        const qsizetype size = m_text.size();
        if (i + 4 >= size || !isLine(m_text[i]) || !isLine(m_text[i + 1]))
            return std::nullopt;
        const qsizetype start = i + 2;
        for (qsizetype k = start; k + 1 < size && k - start <= kLongestName; ++k) {
            if (k > start && isLine(m_text[k]) && isLine(m_text[k + 1])) {
                const QString name = m_text.mid(start, k - start);
                if (name.front() == u' ' || name.back() == u' ' || isLine(name.front()))
                    return std::nullopt;
                return Wild{name, k + 2};
            }
            if (!isNameCharacter(m_text[k]))
                return std::nullopt;
        }
        return std::nullopt;
    }

    // The alternatives between a pair of braces, from..to each.
    QVector<std::pair<qsizetype, qsizetype>> options(qsizetype start) const
    {
        QVector<std::pair<qsizetype, qsizetype>> parts;
        qsizetype from = start + 1;
        const qsizetype last = end(start);
        for (qsizetype i = from; i < last; ++i) {
            if (isEscape(i))
                ++i;
            else if (end(i) >= 0)
                i = end(i);
            else if (divides(m_text[i])) {
                parts.append({from, i});
                from = i + 1;
            }
        }
        parts.append({from, last});
        for (auto &[a, b] : parts) {
            while (a < b && m_text[a].isSpace())
                ++a;
            while (b > a && m_text[b - 1].isSpace())
                --b;
        }
        return parts;
    }

private:
    const QString &m_text;
    QVector<qsizetype> m_partner;
};

// Of a counter, so that one place's choice does not depend on what others drew.
quint64 mixed(quint64 x)
{
    // SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

Failure invalid(const QString &subject, const char *detail)
{
    return fail(ErrorCode::Invalid, subject.toStdString(), detail);
}

class Chooser
{
public:
    Chooser(quint64 seed, const WildcardSource &wildcards, const QHash<int, int> &fixed)
        : m_seed(seed), m_wildcards(wildcards), m_fixed(fixed)
    {
    }

    Result<void> write(const QString &text, qsizetype from, qsizetype to, const Marks &marks,
                       int depth)
    {
        if (depth > kDeepest)
            return invalid(text.mid(from, 40), "nested too deep; use fewer braces within braces");
        for (qsizetype i = from; i < to; ++i) {
            if (m_out.size() > kLongest)
                return invalid(text.left(40), "what its choices add up to is too long");
            if (marks.isEscape(i)) {
                if (text[i + 1] == u'\\')
                    m_out += text[i];
                m_out += text[++i];
            } else if (const qsizetype end = marks.end(i); end >= 0) {
                if (depth == 0)
                    ++m_place;
                const auto options = marks.options(i);
                const auto [a, b] = options[pick(options.size(), depth)];
                if (auto written = write(text, a, b, marks, depth + 1); !written)
                    return written;
                i = end;
            } else if (const auto wild = marks.wildcard(i)) {
                if (depth == 0)
                    ++m_place;
                if (auto written = writeLine(wild->name, depth); !written)
                    return written;
                i = wild->end - 1;
            } else {
                m_out += text[i];
            }
        }
        return {};
    }

    QString &out() { return m_out; }

private:
    Result<void> writeLine(const QString &name, int depth)
    {
        const QString shown = QStringLiteral("__%1__").arg(name);
        if (m_open.contains(name))
            return invalid(shown, "its file names it again; a wildcard cannot stand for itself");
        const auto lines = m_wildcards(name);
        if (!lines)
            return fail(lines.error());
        const QString line = lines->at(pick(lines->size(), depth));
        const Marks marks(line);
        m_open.append(name);
        const auto written = write(line, 0, line.size(), marks, depth + 1);
        m_open.removeLast();
        return written;
    }

    qsizetype pick(qsizetype count, int depth)
    {
        if (depth == 0) {
            m_draws = 0;
            if (const auto known = m_fixed.constFind(m_place); known != m_fixed.cend())
                return std::clamp<qsizetype>(*known, 0, count - 1);
        }
        const quint64 random = mixed(mixed(m_seed) ^ mixed(quint64(m_place) << 32 | m_draws++));
        // The upper half times the count: no low bits, no bias that matters for such counts.
        return qsizetype(((random >> 32) * quint64(count)) >> 32);
    }

    const quint64 m_seed;
    const WildcardSource &m_wildcards;
    const QHash<int, int> &m_fixed;
    QString m_out;
    QStringList m_open;  // wildcards that are being written
    int m_place = -1;    // as in choicesIn()
    quint64 m_draws = 0; // within the place
};

} // namespace

QVector<Choice> choicesIn(const QString &text)
{
    QVector<Choice> choices;
    const Marks marks(text);
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (marks.isEscape(i)) {
            ++i;
        } else if (const qsizetype end = marks.end(i); end >= 0) {
            Choice choice{int(i), int(end + 1 - i), {}, {}};
            for (const auto &[a, b] : marks.options(i))
                choice.options.append(text.mid(a, b - a));
            choices.append(choice);
            i = end;
        } else if (const auto wild = marks.wildcard(i)) {
            choices.append({int(i), int(wild->end - i), wild->name, {}});
            i = wild->end - 1;
        }
    }
    return choices;
}

Result<QString> chosen(const QString &text, quint64 seed, const WildcardSource &wildcards,
                       const QHash<int, int> &fixed)
{
    const Marks marks(text);
    Chooser chooser(seed, wildcards, fixed);
    if (auto written = chooser.write(text, 0, text.size(), marks, 0); !written)
        return fail(written.error());
    if (choicesIn(text).isEmpty())
        return chooser.out();
    // "a {red|} car": an empty choice leaves two spaces.
    static const QRegularExpression spaces(QStringLiteral("[ \\t]{2,}"));
    return chooser.out().replace(spaces, QStringLiteral(" ")).trimmed();
}

Flattened flattened(const QString &text)
{
    Flattened flat;
    flat.text.reserve(text.size());
    const Marks marks(text);
    const auto put = [&](QChar c, qsizetype at) {
        flat.text += c;
        flat.rawIndex.append(int(at));
    };
    int depth = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (marks.isEscape(i)) {
            if (text[i + 1] == u'\\')
                put(text[i], i);
            ++i;
            put(text[i], i);
        } else if (marks.isBrace(i)) {
            depth += opens(text[i]) ? 1 : -1;
        } else if (depth > 0 && divides(text[i])) {
            const bool han = !flat.text.isEmpty() && isHan(flat.text.back().unicode());
            put(han ? u'，' : u',', i);
            if (!han)
                put(u' ', i);
        } else if (const auto wild = marks.wildcard(i)) {
            i = wild->end - 1;
        } else {
            put(text[i], i);
        }
    }
    return flat;
}

} // namespace moodloom::prompt
