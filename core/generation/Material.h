// What a recipe paints with besides the model: its pictures, read and put as the networks want
// them.
//
// Internal to the module. Pure functions over files; safe from any thread.
#pragma once

#include "core/diffusion/Sampling.h"
#include "core/generation/Pictures.h"
#include "core/generation/Recipe.h"
#include "core/models/Conditioning.h"
#include "core/models/Lora.h"
#include "core/models/Pipeline.h"

#include <QImage>

#include <optional>
#include <stop_token>
#include <vector>

namespace moodloom::generation {

struct Material
{
    QVector<QImage> pictures; // keeps the pixels that the requests borrow
    models::ConditioningRequest request;
    std::optional<StartPictures> start;
};

// Errors: Cancelled, those of readPicture.
Result<Material> gather(const Recipe &recipe, std::stop_token stop);

// Whether this model can paint it. Errors: Invalid (what is out of range, and the range),
// Unsupported (references without an IP-Adapter).
Result<void> check(const Recipe &recipe, const models::Pipeline &pipeline);

std::vector<models::LoraUse> lorasOf(const Recipe &recipe);

models::RgbView viewOf(const QImage &image); // RGB888; borrows the pixels

// The latents that painting over a picture begins with.
diffusion::Source sourceOf(const StartPictures &start, double strength,
                           const models::Pipeline &pipeline, models::VaeTile tile);

// What a model made for inpainting sees besides; undefined for others.
at::Tensor inpaintingOf(const std::optional<StartPictures> &start, const QSize &size,
                        const models::Pipeline &pipeline, models::VaeTile tile);

} // namespace moodloom::generation
