#include "core/grounding/ThingFeatures.h"

#include "core/world/Palette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace moodloom::grounding {
namespace {

using image::OkLab;

constexpr int cropSide = 48;

// The thing alone, seen straight on: its box stretched to a square.
struct Crop
{
    LabPicture picture;
    std::vector<float> mask; // 0..1, of the same side

    float at(int x, int y) const { return mask[size_t(y * picture.side + x)]; }
};

Crop cropOf(const LabPicture &picture, const Thing &thing)
{
    const auto scaled = [&](double by) {
        return QRectF(thing.box.topLeft() * by, thing.box.bottomRight() * by);
    };
    LabPicture flags{ThingFinder::side, {}};
    for (const float m : thing.mask)
        flags.pixels.push_back({m, 0, 0});
    Crop crop{cropped(picture, scaled(picture.side), cropSide), {}};
    for (const OkLab &flag : cropped(flags, scaled(ThingFinder::side), cropSide).pixels)
        crop.mask.push_back(flag.lightness);
    return crop;
}

// The thing with a square box around the same middle: its patterns keep their proportions.
Thing inSquare(Thing thing)
{
    const double side = std::max(thing.box.width(), thing.box.height());
    const QPointF middle = thing.box.center();
    thing.box = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side);
    return thing;
}

// Mean colours of count x count cells, `weight` weighing the pixels; cells without any get zeros.
template <class Weight>
void addGrid(Features &to, const LabPicture &picture, int count, const Weight &weight)
{
    for (int row = 0; row < count; ++row)
        for (int column = 0; column < count; ++column) {
            double l = 0, a = 0, b = 0, sum = 1e-3;
            for (int y = row * picture.side / count; y < (row + 1) * picture.side / count; ++y)
                for (int x = column * picture.side / count; x < (column + 1) * picture.side / count;
                     ++x) {
                    const double w = weight(x, y);
                    const OkLab &pixel = picture.at(x, y);
                    l += w * pixel.lightness;
                    a += w * pixel.a;
                    b += w * pixel.b;
                    sum += w;
                }
            for (const double value : {l, a, b})
                to.push_back(float(value / sum));
        }
}

// The strongest gradient of the three channels at a pixel.
struct Gradient
{
    float strength = 0;
    float direction = 0; // 0..1, of half a turn
};

Gradient gradientAt(const LabPicture &picture, int x, int y)
{
    const auto side = picture.side;
    const OkLab &left = picture.at(std::max(0, x - 1), y),
                &right = picture.at(std::min(side - 1, x + 1), y),
                &above = picture.at(x, std::max(0, y - 1)),
                &below = picture.at(x, std::min(side - 1, y + 1));
    const std::array<std::array<float, 2>, 3> channels{
        {{right.lightness - left.lightness, below.lightness - above.lightness},
         {(right.a - left.a) * 2, (below.a - above.a) * 2},
         {(right.b - left.b) * 2, (below.b - above.b) * 2}}};
    Gradient best;
    for (const auto &[dx, dy] : channels) {
        const float strength = std::hypot(dx, dy);
        if (strength > best.strength) {
            const float turn = std::atan2(dy, dx) / float(std::numbers::pi); // -1..1
            best = {strength, turn < 0 ? turn + 1 : turn};
        }
    }
    return best;
}

// Histograms of oriented gradients in cells x cells, each with `bins` directions.
template <class Weight>
void addGradients(Features &to, const LabPicture &picture, int cells, int bins,
                  const Weight &weight)
{
    std::vector<float> histograms(size_t(cells * cells * bins), 0);
    for (int y = 0; y < picture.side; ++y)
        for (int x = 0; x < picture.side; ++x) {
            const float w = weight(x, y);
            if (w <= 0)
                continue;
            const Gradient gradient = gradientAt(picture, x, y);
            const int cell = (y * cells / picture.side) * cells + x * cells / picture.side;
            const float at = gradient.direction * float(bins);
            const int low = int(at) % bins, high = (low + 1) % bins;
            const float share = at - std::floor(at);
            histograms[size_t(cell * bins + low)] += w * gradient.strength * (1 - share);
            histograms[size_t(cell * bins + high)] += w * gradient.strength * share;
        }
    double sum = 1e-3;
    for (const float value : histograms)
        sum += value;
    const float scale = float(cells * cells) / float(sum);
    for (const float value : histograms)
        to.push_back(std::sqrt(value * scale)); // Hellinger: many small ones count, too
}

float median(std::vector<float> &values)
{
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

const std::array<OkLab, world::hueCount> &hueColours()
{
    static const auto colours = [] {
        std::array<OkLab, world::hueCount> result;
        for (int i = 0; i < world::hueCount; ++i)
            result[size_t(i)] = image::toOkLab(world::hueInfo(world::Hue(i)).rgb);
        return result;
    }();
    return colours;
}

// How a pixel's colour divides among the named ones; far ones belong to none.
std::array<float, world::hueCount> hueShares(const OkLab &pixel)
{
    constexpr float width = 0.07f;
    std::array<float, world::hueCount> shares;
    float sum = 0.02f; // none of them
    for (size_t i = 0; i < shares.size(); ++i) {
        // Light and shade move lightness further than hue.
        const OkLab &hue = hueColours()[i];
        const float dl = (pixel.lightness - hue.lightness) * 0.6f, da = pixel.a - hue.a,
                    db = pixel.b - hue.b;
        shares[i] = std::exp(-(dl * dl + da * da + db * db) / (2 * width * width));
        sum += shares[i];
    }
    for (float &share : shares)
        share /= sum;
    return shares;
}

Features colours(const Crop &crop)
{
    constexpr int parts = 4;
    std::array<std::array<double, world::hueCount>, parts> shares{};
    std::array<double, parts> sums;
    sums.fill(1e-3);
    for (int y = 0; y < cropSide; ++y)
        for (int x = 0; x < cropSide; ++x) {
            const double w = crop.at(x, y);
            if (w < 0.25)
                continue;
            const auto pixel = hueShares(crop.picture.at(x, y));
            for (const int part : {0, 1 + y * 3 / cropSide}) {
                sums[size_t(part)] += w;
                for (size_t i = 0; i < pixel.size(); ++i)
                    shares[size_t(part)][i] += w * double(pixel[i]);
            }
        }
    Features features;
    for (size_t part = 0; part < parts; ++part)
        for (const double share : shares[part])
            features.push_back(float(std::sqrt(share / sums[part])));
    return features;
}

Features shape(const Crop &crop, const Thing &thing)
{
    Features features;
    constexpr int cells = 12;
    constexpr int step = cropSide / cells;
    for (int row = 0; row < cells; ++row)
        for (int column = 0; column < cells; ++column) {
            float sum = 0;
            for (int y = row * step; y < (row + 1) * step; ++y)
                for (int x = column * step; x < (column + 1) * step; ++x)
                    sum += crop.at(x, y);
            features.push_back(sum / (step * step));
        }
    addGradients(features, crop.picture, 6, 6, [&](int x, int y) { return 0.15f + crop.at(x, y); });
    features.push_back(
        float(std::log(std::max(thing.box.width(), 0.02) / std::max(thing.box.height(), 0.02))));
    features.push_back(float(thing.area / std::max(thing.box.width() * thing.box.height(), 1e-3)));
    return features;
}

void append(Features &to, const Features &more)
{
    to.insert(to.end(), more.begin(), more.end());
}

} // namespace

Features settingFeatures(const LabPicture &picture)
{
    Features features;
    addGrid(features, picture, 8, [](int, int) { return 1.0; });
    constexpr int rows = 16;
    for (int row = 0; row < rows; ++row) {
        std::vector<float> l, a, b;
        for (int y = row * picture.side / rows; y < (row + 1) * picture.side / rows; ++y)
            for (int x = 0; x < picture.side; x += 2) {
                // The sides more often than the middle, where things are.
                const int again = std::abs(2 * x - picture.side) > picture.side / 2 ? 2 : 1;
                for (int i = 0; i < again; ++i) {
                    l.push_back(picture.at(x, y).lightness);
                    a.push_back(picture.at(x, y).a);
                    b.push_back(picture.at(x, y).b);
                }
            }
        for (auto *values : {&l, &a, &b})
            features.push_back(median(*values));
    }
    return features;
}

std::array<Features, world::hueCount> hueFeatures(const LabPicture &picture, const Thing &thing)
{
    constexpr int cells = 5;
    const Crop crop = cropOf(picture, thing);
    std::array<std::array<double, cells * cells>, world::hueCount> shares{};
    double sum = 1e-3;
    for (int y = 0; y < cropSide; ++y)
        for (int x = 0; x < cropSide; ++x) {
            const double w = crop.at(x, y);
            if (w < 0.25)
                continue;
            sum += w;
            const auto pixel = hueShares(crop.picture.at(x, y));
            const size_t cell = size_t((y * cells / cropSide) * cells + x * cells / cropSide);
            for (size_t i = 0; i < pixel.size(); ++i)
                shares[i][cell] += w * double(pixel[i]);
        }
    std::array<Features, world::hueCount> features;
    for (size_t i = 0; i < features.size(); ++i) {
        double whole = 0;
        for (const double share : shares[i]) {
            features[i].push_back(float(std::sqrt(share / sum)));
            whole += share;
        }
        features[i].push_back(float(std::sqrt(whole / sum)));
        features[i].push_back(float(whole / sum));
    }
    return features;
}

Features patternFeatures(const LabPicture &picture, const Thing &thing, world::Hue main,
                         world::Hue second)
{
    constexpr int farthest = 14, step = 2;
    const Crop crop = cropOf(picture, inSquare(thing));
    // How much of the second colour there is where one of both is.
    std::vector<float> body(crop.mask.size()), signal(crop.mask.size());
    double sum = 1e-3, mean = 0;
    for (size_t i = 0; i < body.size(); ++i) {
        const auto shares = hueShares(crop.picture.pixels[i]);
        const float one = shares[size_t(main)], other = shares[size_t(second)];
        body[i] = crop.mask[i] * (one + other);
        signal[i] = other / std::max(one + other, 1e-3f);
        sum += body[i];
        mean += body[i] * signal[i];
    }
    mean /= sum;
    double spread = 0;
    for (size_t i = 0; i < body.size(); ++i)
        spread += body[i] * (signal[i] - mean) * (signal[i] - mean);
    spread = spread / sum + 0.01;
    const auto index = [](int x, int y) { return size_t(y * cropSide + x); };

    Features features{float(mean), float(std::sqrt(spread))};
    for (int dy = 0; dy <= farthest; dy += step)
        for (int dx = -farthest; dx <= farthest; dx += step) {
            if (dy == 0 && dx <= 0)
                continue; // the same as its opposite
            double product = 0, pairs = 4;
            for (int y = 0; y + dy < cropSide; ++y)
                for (int x = std::max(0, -dx); x < std::min(cropSide, cropSide - dx); ++x) {
                    const size_t here = index(x, y), there = index(x + dx, y + dy);
                    const double w = double(body[here]) * body[there];
                    product += w * (signal[here] - mean) * (signal[there] - mean);
                    pairs += w;
                }
            features.push_back(float(product / pairs / spread));
        }
    // Where it is: mean of rows, of columns and of cells.
    const auto addMean = [&](int x0, int x1, int y0, int y1) {
        double w = 2, second_ = 0;
        for (int y = y0; y < y1; ++y)
            for (int x = x0; x < x1; ++x) {
                w += body[index(x, y)];
                second_ += body[index(x, y)] * signal[index(x, y)];
            }
        features.push_back(float(second_ / w));
    };
    constexpr int lines = 16, cells = 6;
    for (int i = 0; i < lines; ++i) {
        addMean(0, cropSide, i * cropSide / lines, (i + 1) * cropSide / lines);
        addMean(i * cropSide / lines, (i + 1) * cropSide / lines, 0, cropSide);
    }
    for (int row = 0; row < cells; ++row)
        for (int column = 0; column < cells; ++column)
            addMean(column * cropSide / cells, (column + 1) * cropSide / cells,
                    row * cropSide / cells, (row + 1) * cropSide / cells);
    // Which way the edges between both colours run.
    LabPicture map{cropSide, {}};
    for (size_t i = 0; i < body.size(); ++i)
        map.pixels.push_back({body[i] > 0.5f ? signal[i] : float(mean), 0, 0});
    addGradients(features, map, 1, 12, [](int, int) { return 1.0f; });
    return features;
}

Features shapeFeatures(const LabPicture &picture, const Thing &thing)
{
    return shape(cropOf(picture, thing), thing);
}

Features thingFeatures(const LabPicture &picture, const Thing &thing)
{
    const Crop crop = cropOf(picture, thing);
    Features features = shape(crop, thing);
    append(features, colours(crop));
    addGrid(features, crop.picture, 6, [&](int x, int y) { return double(crop.at(x, y)); });
    return features;
}

Thing mirrored(const Thing &thing)
{
    Thing result = thing;
    for (int y = 0; y < ThingFinder::side; ++y)
        std::reverse(result.mask.begin() + y * ThingFinder::side,
                     result.mask.begin() + (y + 1) * ThingFinder::side);
    result.box.moveLeft(1 - thing.box.right());
    return result;
}

Features layoutFeatures(const LabPicture &picture, const Thing &things)
{
    Features features;
    addGrid(features, picture, 8, [](int, int) { return 1.0; });
    addGradients(features, picture, 8, 4, [](int, int) { return 1.0f; });
    constexpr int cells = 16;
    constexpr int step = ThingFinder::side / cells;
    for (int row = 0; row < cells; ++row)
        for (int column = 0; column < cells; ++column) {
            float sum = 0;
            for (int y = row * step; y < (row + 1) * step; ++y)
                for (int x = column * step; x < (column + 1) * step; ++x)
                    sum += things.mask[size_t(y * ThingFinder::side + x)];
            features.push_back(sum / (step * step));
        }
    return features;
}

} // namespace moodloom::grounding
