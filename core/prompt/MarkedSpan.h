// What words of a prompt take of its raw text: the words, and the marks that are about them alone.
//
// Pure functions, thread-safe. Offsets are UTF-16 units of the raw text.
#pragma once

#include <QString>
#include <QVector>

#include <optional>

namespace moodloom::prompt {

struct Span
{
    qsizetype start = 0, end = 0;
    bool quoted = false; // begins and ends with quotation marks
};

bool isOpening(QChar c); // round, square, curly brackets, fullwidth ones too
bool isClosing(QChar c);

// How many brackets close in the part that open before it, and open in it without closing; nothing
// when they stand crosswise, or when it divides alternatives that begin elsewhere.
struct Balance
{
    QVector<QChar> closes, opens;
};
std::optional<Balance> balance(QStringView part);

// The words with the attention marks, braces and quotation marks around them that hold nothing
// else. Nothing where marks stand crosswise to the words.
std::optional<Span> spanOf(const QString &raw, qsizetype start, qsizetype length);

} // namespace moodloom::prompt
