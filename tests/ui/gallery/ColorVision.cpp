#include "tests/ui/gallery/ColorVision.h"

#include <algorithm>
#include <cmath>

namespace moodloom::gallery {
namespace {

using Matrix = std::array<std::array<double, 3>, 3>;

const Matrix &matrixOf(ColorVision vision)
{
    static constexpr Matrix protan{{{0.152286, 1.052583, -0.204868},
                                    {0.114503, 0.786281, 0.099216},
                                    {-0.003882, -0.048116, 1.051998}}};
    static constexpr Matrix deutan{{{0.367322, 0.860646, -0.227968},
                                    {0.280085, 0.672501, 0.047413},
                                    {-0.011820, 0.042940, 0.968881}}};
    static constexpr Matrix tritan{{{1.255528, -0.076749, -0.178779},
                                    {-0.078411, 0.930809, 0.147602},
                                    {0.004733, 0.691367, 0.303900}}};
    switch (vision) {
    case ColorVision::Protan:
        return protan;
    case ColorVision::Deutan:
        return deutan;
    case ColorVision::Tritan:
        return tritan;
    }
    return protan;
}

double linear(int channel)
{
    const double v = channel / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

int encoded(double v)
{
    v = std::clamp(v, 0.0, 1.0);
    return int(
        std::lround(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055)));
}

// encoded() at 4096 places, for pictures.
int encodedFast(double v)
{
    static const auto table = [] {
        std::array<uchar, 4097> values{};
        for (size_t i = 0; i < values.size(); ++i)
            values[i] = uchar(encoded(double(i) / 4096));
        return values;
    }();
    return table[size_t(std::clamp(v, 0.0, 1.0) * 4096 + 0.5)];
}

} // namespace

const char *colorVisionName(ColorVision vision)
{
    switch (vision) {
    case ColorVision::Protan:
        return "protan";
    case ColorVision::Deutan:
        return "deutan";
    case ColorVision::Tritan:
        return "tritan";
    }
    return "";
}

QColor seenAs(ColorVision vision, const QColor &color)
{
    const std::array<double, 3> rgb{linear(color.red()), linear(color.green()),
                                    linear(color.blue())};
    std::array<int, 3> seen{};
    for (size_t row = 0; row < 3; ++row) {
        const auto &m = matrixOf(vision)[row];
        seen[row] = encoded(m[0] * rgb[0] + m[1] * rgb[1] + m[2] * rgb[2]);
    }
    return {seen[0], seen[1], seen[2]};
}

QImage seenAs(ColorVision vision, const QImage &image)
{
    static const auto lights = [] {
        std::array<double, 256> values{};
        for (int i = 0; i < 256; ++i)
            values[size_t(i)] = linear(i);
        return values;
    }();
    const Matrix &m = matrixOf(vision);
    QImage seen = image.convertToFormat(QImage::Format_RGB32);
    for (int y = 0; y < seen.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(seen.scanLine(y));
        for (int x = 0; x < seen.width(); ++x) {
            const double r = lights[size_t(qRed(line[x]))], g = lights[size_t(qGreen(line[x]))],
                         b = lights[size_t(qBlue(line[x]))];
            line[x] = qRgb(encodedFast(m[0][0] * r + m[0][1] * g + m[0][2] * b),
                           encodedFast(m[1][0] * r + m[1][1] * g + m[1][2] * b),
                           encodedFast(m[2][0] * r + m[2][1] * g + m[2][2] * b));
        }
    }
    return seen;
}

} // namespace moodloom::gallery
