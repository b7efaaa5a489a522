// Everything that is exported is 8-bit sRGB, and says so. Thread-safe.
#pragma once

#include <QByteArray>
#include <QImage>

namespace moodloom::exporting {

// An ICC profile of version 2 for sRGB: the same bytes on every call and every day.
const QByteArray &srgbProfile();

// The picture as Format_RGB888, or Format_RGBA8888 (straight alpha) where it has an alpha channel.
// A picture that carries another colour space is converted; one without counts as sRGB. Null when
// memory is short.
QImage toSrgb8(const QImage &image);

} // namespace moodloom::exporting
