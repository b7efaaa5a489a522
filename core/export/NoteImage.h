// A board note drawn as pixels. Needs a QGuiApplication for its fonts; otherwise thread-safe.
#pragma once

#include <QImage>
#include <QString>

namespace moodloom::exporting {

// The text wrapped on a light card as wide as `box` and at least as high, on a canvas of the given
// size, which sets the size of the letters. Never larger than the format can hold.
QImage noteImage(const QString &text, QSize box, QSize canvas);

} // namespace moodloom::exporting
