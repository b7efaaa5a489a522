// The small images that the canvas draws itself: badges, the turning handle, text. Pure functions.
#pragma once

#include <QColor>
#include <QFont>
#include <QImage>
#include <QString>

namespace moodloom::ui {

// A reference's ring: as much of it as weight / 2, with a pin in the middle when it is pinned.
constexpr int badgeSide = 26; // device-independent pixels
QImage badge(double weight, bool pinned, const QColor &ink, double pixelRatio);

constexpr int turnHandleSide = 16;
QImage turnHandle(const QColor &fill, const QColor &line, double pixelRatio);

// In the turning handle's place where nothing can be turned.
QImage lockMark(const QColor &ink, const QColor &ground, double pixelRatio);

// One line of text on a ground with small margins, cut with "…" at `width`.
QImage label(const QString &text, const QFont &font, const QColor &ink, const QColor &ground,
             double width, double pixelRatio);

// In place of a picture of this shape that cannot be read, `longest` pixels at its longer side: a
// warning sign and words.
QImage awayPicture(const QString &text, QSizeF shape, double longest, QFont font, const QColor &ink,
                   const QColor &ground);

// Black or white, whichever reads better on `ground`.
QColor inkOn(const QColor &ground);

} // namespace moodloom::ui
