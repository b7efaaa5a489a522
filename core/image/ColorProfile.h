// Pixels with an ICC profile become sRGB, through transforms that are made once a profile.
//
// Making a transform costs more than applying it to a thumbnail, and most pictures of a library
// share a few profiles. Thread-safe.
#pragma once

#include <QByteArray>
#include <QImage>

namespace moodloom::image {

// Converts `image` (RGBX8888 or RGBA8888) in place, relative colorimetric with black-point
// compensation. A profile that is broken or of another colour model leaves the pixels as they are.
// `grey`: the picture had one channel, so that a grey profile fits.
void convertToSrgb(QImage &image, const QByteArray &profile, bool grey);

} // namespace moodloom::image
