#include "core/grounding/LabPicture.h"

#include <QRectF>

#include <algorithm>
#include <cmath>

namespace moodloom::grounding {
namespace {

using image::OkLab;

OkLab blend(const OkLab &a, const OkLab &b, float t)
{
    return {a.lightness + (b.lightness - a.lightness) * t, a.a + (b.a - a.a) * t,
            a.b + (b.b - a.b) * t};
}

} // namespace

LabPicture toLab(const QImage &picture, int side)
{
    QImage image = picture.convertToFormat(QImage::Format_RGB32);
    if (image.width() != side || image.height() != side)
        image = image.scaled(side, side, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    LabPicture result{side, {}};
    result.pixels.reserve(size_t(side) * size_t(side));
    for (int y = 0; y < side; ++y) {
        const QRgb *line = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        for (int x = 0; x < side; ++x)
            result.pixels.push_back(image::toOkLab(line[x]));
    }
    return result;
}

LabPicture halved(const LabPicture &picture)
{
    LabPicture result{picture.side / 2, {}};
    result.pixels.reserve(size_t(result.side) * size_t(result.side));
    for (int y = 0; y < result.side; ++y)
        for (int x = 0; x < result.side; ++x)
            result.pixels.push_back(blend(
                blend(picture.at(2 * x, 2 * y), picture.at(2 * x + 1, 2 * y), 0.5f),
                blend(picture.at(2 * x, 2 * y + 1), picture.at(2 * x + 1, 2 * y + 1), 0.5f), 0.5f));
    return result;
}

LabPicture mirrored(const LabPicture &picture)
{
    LabPicture result = picture;
    for (int y = 0; y < result.side; ++y)
        std::reverse(result.pixels.begin() + y * result.side,
                     result.pixels.begin() + (y + 1) * result.side);
    return result;
}

LabPicture cropped(const LabPicture &picture, const QRectF &box, int side)
{
    LabPicture result{side, {}};
    result.pixels.reserve(size_t(side) * size_t(side));
    const auto clampedAt = [&](int x, int y) {
        return picture.at(std::clamp(x, 0, picture.side - 1), std::clamp(y, 0, picture.side - 1));
    };
    for (int y = 0; y < side; ++y) {
        const double fy = box.y() + (y + 0.5) * box.height() / side - 0.5;
        const int y0 = int(std::floor(fy));
        for (int x = 0; x < side; ++x) {
            const double fx = box.x() + (x + 0.5) * box.width() / side - 0.5;
            const int x0 = int(std::floor(fx));
            const float tx = float(fx - x0), ty = float(fy - y0);
            result.pixels.push_back(
                blend(blend(clampedAt(x0, y0), clampedAt(x0 + 1, y0), tx),
                      blend(clampedAt(x0, y0 + 1), clampedAt(x0 + 1, y0 + 1), tx), ty));
        }
    }
    return result;
}

} // namespace moodloom::grounding
