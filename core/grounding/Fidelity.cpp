#include "core/grounding/Fidelity.h"

#include "core/grounding/LabPicture.h"

#include <algorithm>
#include <cmath>

namespace moodloom::grounding {
namespace {

double decibels(const QImage &picture, const QImage &truth)
{
    const QImage left = picture.convertToFormat(QImage::Format_RGB888);
    const QImage right = truth.convertToFormat(QImage::Format_RGB888);
    double squares = 0;
    for (int y = 0; y < left.height(); ++y) {
        const uchar *a = left.constScanLine(y), *b = right.constScanLine(y);
        for (int x = 0; x < 3 * left.width(); ++x)
            squares += (double(a[x]) - b[x]) * (double(a[x]) - b[x]);
    }
    constexpr double best = 99;
    const double mean = squares / (3.0 * left.width() * left.height());
    return mean > 0 ? std::min(best, 10 * std::log10(255.0 * 255.0 / mean)) : best;
}

double steepness(const LabPicture &picture, const LabPicture &truth)
{
    double common = 0, own = 0;
    const auto count = [&](int x, int y, int right, int below) {
        const image::OkLab &a = truth.at(x, y), &b = truth.at(right, below);
        const image::OkLab &c = picture.at(x, y), &d = picture.at(right, below);
        for (const auto &[drawn, ours] :
             {std::pair{b.lightness - a.lightness, d.lightness - c.lightness},
              std::pair{b.a - a.a, d.a - c.a}, std::pair{b.b - a.b, d.b - c.b}}) {
            common += double(drawn) * ours;
            own += double(drawn) * drawn;
        }
    };
    for (int y = 0; y + 1 < truth.side; ++y)
        for (int x = 0; x + 1 < truth.side; ++x) {
            count(x, y, x + 1, y);
            count(x, y, x, y + 1);
        }
    return own > 0 ? common / own : 1;
}

} // namespace

Fidelity fidelity(const QImage &picture, const QImage &truth)
{
    const int side = truth.width();
    return {decibels(picture, truth), steepness(toLab(picture, side), toLab(truth, side))};
}

} // namespace moodloom::grounding
