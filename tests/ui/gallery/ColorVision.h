// Pictures as people see them who see colours differently. Pure; thread-safe.
#pragma once

#include <QColor>
#include <QImage>

#include <array>

namespace moodloom::gallery {

// Without the cones for long, for middle, for short waves: whole, as it is rarely.
enum class ColorVision { Protan, Deutan, Tritan };
inline constexpr std::array colorVisions{ColorVision::Protan, ColorVision::Deutan,
                                         ColorVision::Tritan};
const char *colorVisionName(ColorVision vision); // "protan"

// Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color
// Vision Deficiency", table of severity 1.0, applied to linear sRGB.
QColor seenAs(ColorVision vision, const QColor &color);
QImage seenAs(ColorVision vision, const QImage &image); // RGB32

} // namespace moodloom::gallery
