// Attention marks in a prompt, as image generators have them: (word), ((word)), (word:1.3), [word].
//
// Pure functions, thread-safe.
#pragma once

#include <QString>
#include <QVector>

#include <optional>

namespace moodloom::prompt {

// A prompt without its marks. `rawIndex` and `weight` have one entry for each UTF-16 unit of
// `text`.
struct Unmarked
{
    QString text;
    QVector<int> rawIndex; // where the unit stands in the marked text
    QVector<float> weight; // 0..2, 1 = neutral
};

// Words that count more or less than the others: a slice of a text without marks.
struct Emphasis
{
    int start = 0, length = 0; // UTF-16 units
    double weight = 1;         // 0..2
    bool operator==(const Emphasis &) const = default;
};

// "(red:1.3)" -> "red" and 1.3: what the marks around all of it say. Nothing where there are none.
struct Enclosed
{
    QStringView words;
    double factor = 1;
};
std::optional<Enclosed> enclosed(QStringView marked);

// The stretches whose weight is not 1, in the order of the text.
QVector<Emphasis> emphasisOf(const Unmarked &unmarked);

// The text with marks that stripEmphasis() reads as it and these; brackets of its own are protected
// where they would be read as marks.
QString withMarks(const QString &text, const QVector<Emphasis> &emphasis);

// Each pair of round brackets multiplies by 1.1, of square ones divides by 1.1; "(words:1.3)" sets
// its factor itself. Fullwidth brackets and colons count as well. "\(" is a plain bracket, and so
// is one without a partner.
Unmarked stripEmphasis(const QString &marked);

} // namespace moodloom::prompt
