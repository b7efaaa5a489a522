#include "core/image/OkLab.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace moodloom::image {
namespace {

float toLinear(int value)
{
    static const std::array<float, 256> table = [] {
        std::array<float, 256> values{};
        for (int i = 0; i < 256; ++i) {
            const float v = float(i) / 255.0f;
            values[size_t(i)] = v <= 0.04045f ? v / 12.92f : std::pow((v + 0.055f) / 1.055f, 2.4f);
        }
        return values;
    }();
    return table[size_t(value)];
}

int fromLinear(float value)
{
    const float v = std::clamp(value, 0.0f, 1.0f);
    const float encoded = v <= 0.0031308f ? v * 12.92f : 1.055f * std::pow(v, 1 / 2.4f) - 0.055f;
    return int(std::lround(encoded * 255.0f));
}

} // namespace

OkLab toOkLab(QRgb srgb)
{
    const float r = toLinear(qRed(srgb)), g = toLinear(qGreen(srgb)), b = toLinear(qBlue(srgb));
    const float l = std::cbrt(0.4122214708f * r + 0.5363325363f * g + 0.0514459929f * b);
    const float m = std::cbrt(0.2119034982f * r + 0.6806995451f * g + 0.1073969566f * b);
    const float s = std::cbrt(0.0883024619f * r + 0.2817188376f * g + 0.6299787005f * b);
    return {0.2104542553f * l + 0.7936177850f * m - 0.0040720468f * s,
            1.9779984951f * l - 2.4285922050f * m + 0.4505937099f * s,
            0.0259040371f * l + 0.7827717662f * m - 0.8086757660f * s};
}

QColor fromOkLab(const OkLab &color)
{
    const float l = color.lightness + 0.3963377774f * color.a + 0.2158037573f * color.b;
    const float m = color.lightness - 0.1055613458f * color.a - 0.0638541728f * color.b;
    const float s = color.lightness - 0.0894841775f * color.a - 1.2914855480f * color.b;
    const float l3 = l * l * l, m3 = m * m * m, s3 = s * s * s;
    return QColor(fromLinear(4.0767416621f * l3 - 3.3077115913f * m3 + 0.2309699292f * s3),
                  fromLinear(-1.2684380046f * l3 + 2.6097574011f * m3 - 0.3413193965f * s3),
                  fromLinear(-0.0041960863f * l3 - 0.7034186147f * m3 + 1.7076147010f * s3));
}

float squaredDistance(const OkLab &left, const OkLab &right)
{
    const float dl = left.lightness - right.lightness;
    const float da = left.a - right.a;
    const float db = left.b - right.b;
    return dl * dl + da * da + db * db;
}

} // namespace moodloom::image
