// Colours by the names that people write, in English and Chinese. Pure functions.
#pragma once

#include <QColor>
#include <QString>
#include <QVector>

#include <optional>

namespace moodloom::image {

struct NamedColor
{
    QColor color;
    QString english; // "dark green", lower case
    QString chinese; // 墨绿
};

const QVector<NamedColor> &namedColors();

// The named colour that looks most like `color`.
const NamedColor &nearestNamedColor(const QColor &color);

// A colour that stands somewhere in `text` as a word of its own (English) or as characters
// (Chinese, with or without 色); the longest name wins.
std::optional<NamedColor> colorNamedIn(const QString &text);

// How much of `text`'s colour a colour is: 1 = the same, 0 = plainly another one.
float colorAgreement(const QColor &left, const QColor &right);

} // namespace moodloom::image
