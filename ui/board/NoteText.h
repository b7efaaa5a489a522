// A note's text as a picture: Markdown, formatted. Pure functions of the UI thread.
#pragma once

#include <QColor>
#include <QFont>
#include <QImage>
#include <QString>

namespace moodloom::ui {

// As notes are written, of the interface's font.
QFont noteFont(QFont font);

// Headings, lists, emphasis, code and quotes of CommonMark with GitHub's additions; links are text,
// and pictures are not looked for. A line break stays one. Wrapped, in a transparent image of
// `size` board units times `pixelsPerUnit`; what does not fit below is cut, which is
// seen.
QImage noteText(const QString &markdown, const QFont &font, const QColor &ink, QSizeF size,
                double pixelsPerUnit);

// A card that stands for a picture of the web: whose it is stands over the text, with what is going
// on
// (`state`, may be empty). As noteText().
constexpr double webHeadingHeight = 30; // board units
QImage webCard(const QString &host, const QString &state, const QString &markdown,
               const QFont &font, const QColor &ink, QSizeF size, double pixelsPerUnit);

// How high its paper must be so that nothing is cut, `width` wide; board units.
double noteHeight(const QString &markdown, const QFont &font, double width);

// Its words alone, without marks: for lists and names.
QString noteWords(const QString &markdown);

} // namespace moodloom::ui
