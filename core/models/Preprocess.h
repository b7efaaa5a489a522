// Pictures as CLIP's vision tower wants them: resized, cropped, normalised, exactly as Pillow and
// CLIPImageProcessor do it. The resize works on 8-bit values in Pillow's fixed-point arithmetic,
// because its rounding is part of what the towers were trained on.
//
// Pure functions; safe from any thread.
#pragma once

#include "core/base/Result.h"
#include "core/tensor/Compat.h"

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace moodloom::models {

// Borrowed 8-bit sRGB pixels, three bytes each.
struct RgbView
{
    const uint8_t *pixels = nullptr;
    int width = 0, height = 0;
    int64_t stride = 0; // bytes from row to row
};

// Owned pixels without padding between rows.
struct RgbPixels
{
    int width = 0, height = 0;
    std::vector<uint8_t> data;
    RgbView view() const { return {data.data(), width, height, int64_t(width) * 3}; }
};

enum class ResizeFilter { Bilinear, Bicubic, Lanczos };

// Antialiased resize. Requires: both sizes at least 1.
RgbPixels resize(const RgbView &picture, int width, int height, ResizeFilter filter);

struct PreprocessConfig
{
    bool resize = true, centerCrop = true, rescale = true, normalize = true;
    int shortestEdge = 224;              // or, when 0, exactly
    int exactWidth = 0, exactHeight = 0; // this size
    int cropWidth = 224, cropHeight = 224;
    ResizeFilter filter = ResizeFilter::Bicubic;
    double rescaleFactor = 1.0 / 255;
    std::array<double, 3> mean{0.48145466, 0.4578275, 0.40821073};
    std::array<double, 3> deviation{0.26862954, 0.26130258, 0.27577711};

    // The defaults for a tower of this picture size.
    static PreprocessConfig forSize(int size);
    // preprocessor_config.json. Errors: Unsupported, Corrupt.
    static Result<PreprocessConfig> fromJson(const nlohmann::json &json,
                                             const std::string &file = "preprocessor_config.json");
    nlohmann::json toJson() const;
};

// [1,3,H,W] in -1..1, on any device -> pixels, limited and rounded.
RgbPixels toPixels(const Tensor &picture);

// -> fp32 [1,3,cropHeight,cropWidth]. Requires: a picture of at least one pixel.
Tensor preprocess(const RgbView &picture, const PreprocessConfig &config);

} // namespace moodloom::models
