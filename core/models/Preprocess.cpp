#include "core/models/Preprocess.h"

#include "core/nn/ConfigReader.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

namespace moodloom::models {

using nlohmann::json;

namespace {

double sinc(double x)
{
    return x == 0 ? 1 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
}

double filterValue(ResizeFilter filter, double x)
{
    x = std::abs(x);
    switch (filter) {
    case ResizeFilter::Bilinear:
        return x < 1 ? 1 - x : 0;
    case ResizeFilter::Bicubic: { // Keys 1981 with a = -0.5
        constexpr double a = -0.5;
        if (x < 1)
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }
    case ResizeFilter::Lanczos:
        return x < 3 ? sinc(x) * sinc(x / 3) : 0;
    }
    return 0;
}

double filterSupport(ResizeFilter filter)
{
    switch (filter) {
    case ResizeFilter::Bilinear:
        return 1;
    case ResizeFilter::Bicubic:
        return 2;
    case ResizeFilter::Lanczos:
        return 3;
    }
    return 1;
}

constexpr int precisionBits = 32 - 8 - 2; // of Pillow's 8-bit resampling

struct Taps
{
    int first = 0;
    std::vector<int> weights; // fixed point
};

// For every output place: which inputs it sees, and how much of each.
std::vector<Taps> resampleTaps(int in, int out, ResizeFilter filter)
{
    const double scale = double(in) / out, filterScale = std::max(scale, 1.0);
    const double support = filterSupport(filter) * filterScale;
    std::vector<Taps> taps(static_cast<size_t>(out));
    for (int i = 0; i < out; ++i) {
        const double center = (i + 0.5) * scale;
        const int first = std::max(0, int(center - support + 0.5));
        const int last = std::min(in, int(center + support + 0.5));
        std::vector<double> weights;
        double sum = 0;
        for (int x = first; x < last; ++x) {
            weights.push_back(filterValue(filter, (x - center + 0.5) / filterScale));
            sum += weights.back();
        }
        Taps &tap = taps[size_t(i)];
        tap.first = first;
        for (double weight : weights) {
            const double fixed = (sum == 0 ? weight : weight / sum) * (1 << precisionBits);
            tap.weights.push_back(int(fixed < 0 ? fixed - 0.5 : fixed + 0.5));
        }
    }
    return taps;
}

uint8_t clip8(int fixed)
{
    return uint8_t(std::clamp(fixed >> precisionBits, 0, 255));
}

// One pass along x: rows of `in` become rows of `width` pixels.
RgbPixels resizeRows(const RgbView &in, int width, ResizeFilter filter)
{
    const auto taps = resampleTaps(in.width, width, filter);
    RgbPixels out{width, in.height, std::vector<uint8_t>(size_t(width) * size_t(in.height) * 3)};
    for (int y = 0; y < in.height; ++y) {
        const uint8_t *row = in.pixels + y * in.stride;
        uint8_t *to = out.data.data() + size_t(y) * size_t(width) * 3;
        for (const Taps &tap : taps) {
            for (int c = 0; c < 3; ++c) {
                int sum = 1 << (precisionBits - 1);
                const uint8_t *from = row + tap.first * 3 + c;
                for (size_t k = 0; k < tap.weights.size(); ++k)
                    sum += from[k * 3] * tap.weights[k];
                *to++ = clip8(sum);
            }
        }
    }
    return out;
}

// One pass along y.
RgbPixels resizeColumns(const RgbView &in, int height, ResizeFilter filter)
{
    const auto taps = resampleTaps(in.height, height, filter);
    const size_t bytes = size_t(in.width) * 3;
    RgbPixels out{in.width, height, std::vector<uint8_t>(bytes * size_t(height))};
    std::vector<int> sums(bytes);
    for (int y = 0; y < height; ++y) {
        const Taps &tap = taps[size_t(y)];
        std::fill(sums.begin(), sums.end(), 1 << (precisionBits - 1));
        for (size_t k = 0; k < tap.weights.size(); ++k) {
            const uint8_t *row = in.pixels + (tap.first + int(k)) * in.stride;
            for (size_t x = 0; x < bytes; ++x)
                sums[x] += row[x] * tap.weights[k];
        }
        std::transform(sums.begin(), sums.end(), out.data.data() + size_t(y) * bytes, clip8);
    }
    return out;
}

// The middle, with black where the picture is smaller.
RgbPixels centerCrop(const RgbPixels &in, int width, int height)
{
    // The halves round as in CLIPImageProcessor, which differs between cropping and padding.
    const auto offset = [](int size, int crop) {
        return size >= crop ? (size - crop) / 2 : -((crop - size + 1) / 2);
    };
    const int left = offset(in.width, width), top = offset(in.height, height);
    RgbPixels out{width, height, std::vector<uint8_t>(size_t(width) * size_t(height) * 3)};
    for (int y = 0; y < height; ++y) {
        const int fromY = y + top;
        const int fromX = std::max(0, left), toX = std::max(0, -left);
        const int count = std::min(in.width - fromX, width - toX);
        if (fromY < 0 || fromY >= in.height || count <= 0)
            continue;
        std::memcpy(out.data.data() + (size_t(y) * size_t(width) + size_t(toX)) * 3,
                    in.data.data() + (size_t(fromY) * size_t(in.width) + size_t(fromX)) * 3,
                    size_t(count) * 3);
    }
    return out;
}

RgbPixels copyOf(const RgbView &picture)
{
    RgbPixels out{picture.width, picture.height, {}};
    out.data.reserve(size_t(picture.width) * size_t(picture.height) * 3);
    for (int y = 0; y < picture.height; ++y) {
        const uint8_t *row = picture.pixels + y * picture.stride;
        out.data.insert(out.data.end(), row, row + picture.width * 3);
    }
    return out;
}

} // namespace

RgbPixels resize(const RgbView &picture, int width, int height, ResizeFilter filter)
{
    if (width == picture.width && height == picture.height)
        return copyOf(picture);
    if (width == picture.width)
        return resizeColumns(picture, height, filter);
    const RgbPixels rows = resizeRows(picture, width, filter);
    return height == picture.height ? rows : resizeColumns(rows.view(), height, filter);
}

RgbPixels toPixels(const Tensor &picture)
{
    const Tensor bytes = ((picture[0].permute({1, 2, 0}) * 0.5 + 0.5).clamp(0, 1) * 255)
                             .round()
                             .to(at::kCPU, at::kByte)
                             .contiguous(); // [H,W,3]
    const auto *data = bytes.data_ptr<uint8_t>();
    return {int(bytes.size(1)), int(bytes.size(0)),
            std::vector<uint8_t>(data, data + bytes.numel())};
}

PreprocessConfig PreprocessConfig::forSize(int size)
{
    PreprocessConfig c;
    c.shortestEdge = c.cropWidth = c.cropHeight = size;
    return c;
}

Result<PreprocessConfig> PreprocessConfig::fromJson(const json &source, const std::string &file)
{
    nn::ConfigReader read(source, file);
    PreprocessConfig c;
    const auto pixels = [](const json &v) {
        return v.is_number_integer() && v.get<int64_t>() >= 1 && v.get<int64_t>() <= 16384
                   ? v.get<int>()
                   : 0;
    };
    c.resize = read.flag("do_resize", true);
    c.centerCrop = read.flag("do_center_crop", true);
    c.rescale = read.flag("do_rescale", true);
    c.normalize = read.flag("do_normalize", true);
    c.rescaleFactor = read.number("rescale_factor", 1.0 / 255);
    // Both are a number or an object; a bare size is the shortest edge, a bare crop is square.
    const json &size = read.value("size"), &crop = read.value("crop_size");
    if (size.is_object() && size.contains("height") && size.contains("width")) {
        c.shortestEdge = 0;
        c.exactWidth = pixels(size["width"]);
        c.exactHeight = pixels(size["height"]);
        read.require(c.exactWidth > 0 && c.exactHeight > 0, "size", "a width and a height");
    } else if (!size.is_null()) {
        c.shortestEdge = pixels(size.is_object() ? size.value("shortest_edge", json()) : size);
        read.require(c.shortestEdge > 0, "size", "a shortest_edge, or a width and a height");
    }
    if (crop.is_object()) {
        c.cropWidth = pixels(crop.value("width", json()));
        c.cropHeight = pixels(crop.value("height", json()));
    } else if (!crop.is_null()) {
        c.cropWidth = c.cropHeight = pixels(crop);
    }
    read.require(c.cropWidth > 0 && c.cropHeight > 0, "crop_size", "a size in pixels");
    switch (read.integer("resample", 3)) {
    case 1:
        c.filter = ResizeFilter::Lanczos;
        break;
    case 2:
        c.filter = ResizeFilter::Bilinear;
        break;
    case 3:
        c.filter = ResizeFilter::Bicubic;
        break;
    default:
        read.require(false, "resample", "1 (Lanczos), 2 (bilinear) or 3 (bicubic)");
    }
    for (auto [key, into] : {std::pair{"image_mean", &c.mean}, {"image_std", &c.deviation}}) {
        const auto values = read.numbers(key);
        if (values.empty())
            continue;
        read.require(values.size() == 3, key, "three numbers");
        std::copy_n(values.begin(), std::min<size_t>(3, values.size()), into->begin());
    }
    for (double d : c.deviation)
        read.require(d != 0, "image_std", "numbers other than 0");
    if (read.error())
        return fail(*read.error());
    return c;
}

json PreprocessConfig::toJson() const
{
    return {{"image_processor_type", "CLIPImageProcessor"},
            {"do_resize", resize},
            {"do_center_crop", centerCrop},
            {"do_convert_rgb", true},
            {"do_rescale", rescale},
            {"do_normalize", normalize},
            {"size", shortestEdge > 0 ? json{{"shortest_edge", shortestEdge}}
                                      : json{{"width", exactWidth}, {"height", exactHeight}}},
            {"crop_size", {{"width", cropWidth}, {"height", cropHeight}}},
            {"resample", filter == ResizeFilter::Lanczos    ? 1
                         : filter == ResizeFilter::Bilinear ? 2
                                                            : 3},
            {"rescale_factor", rescaleFactor},
            {"image_mean", mean},
            {"image_std", deviation}};
}

Tensor preprocess(const RgbView &picture, const PreprocessConfig &c)
{
    RgbPixels pixels;
    if (c.resize && c.shortestEdge > 0) {
        const int shorter = std::min(picture.width, picture.height);
        const int longer = std::max(picture.width, picture.height);
        // An extreme panorama would grow without bounds; the crop sees only its middle anyway.
        const int scaled =
            int(std::min<int64_t>(int64_t(c.shortestEdge) * longer / shorter, 1 << 16));
        pixels = picture.width <= picture.height
                     ? resize(picture, c.shortestEdge, scaled, c.filter)
                     : resize(picture, scaled, c.shortestEdge, c.filter);
    } else if (c.resize) {
        pixels = resize(picture, c.exactWidth, c.exactHeight, c.filter);
    } else {
        pixels = copyOf(picture);
    }
    if (c.centerCrop)
        pixels = centerCrop(pixels, c.cropWidth, c.cropHeight);
    Tensor x = at::from_blob(pixels.data.data(), {1, pixels.height, pixels.width, 3}, at::kByte)
                   .permute({0, 3, 1, 2})
                   .to(at::kFloat)
                   .contiguous(); // [1,3,H,W]
    if (c.rescale)
        x = x * c.rescaleFactor;
    if (c.normalize) {
        const Tensor mean = at::tensor(at::ArrayRef<double>(c.mean), at::kFloat).view({1, 3, 1, 1});
        const Tensor deviation =
            at::tensor(at::ArrayRef<double>(c.deviation), at::kFloat).view({1, 3, 1, 1});
        x = (x - mean) / deviation;
    }
    return x;
}

} // namespace moodloom::models
