#include "core/generation/Material.h"

#include <algorithm>

namespace moodloom::generation {
namespace {

// Longer sides only slow decoding: the vision encoders look at 64 to 448 pixels.
constexpr int kReferenceSide = 768;
constexpr int kMostPixels = 2048 * 2048;

// Where the mask is white: fp32 [1,1,H,W], everywhere without a mask.
at::Tensor whiteOf(const StartPictures &start)
{
    const QImage &mask = start.mask;
    if (mask.isNull())
        return at::ones({1, 1, start.picture.height(), start.picture.width()});
    const at::Tensor bytes =
        at::from_blob(const_cast<uchar *>(mask.constBits()), {1, 1, mask.height(), mask.width()},
                      {0, 0, mask.bytesPerLine(), 1}, at::kByte);
    return at::ge(bytes, 128).to(at::kFloat);
}

// A latent is painted where the mask is white in any of its pixels: what the mask lets through is
// then never the picture's. [1,1,h,w]
at::Tensor paintedLatents(const at::Tensor &white, const models::Pipeline &pipeline)
{
    const int64_t factor = pipeline.sizeStep();
    return at::max_pool2d(white, {factor, factor}).to(pipeline.device);
}

std::vector<Corner> cornersOf(const QVector<QPointF> &shape)
{
    std::vector<Corner> corners;
    for (const QPointF &corner : shape)
        corners.push_back({corner.x(), corner.y()});
    return corners;
}

models::Region regionOf(const QRectF &region)
{
    return {region.x(), region.y(), region.width(), region.height()};
}

models::WeightedText weighted(const QString &text, const QVector<prompt::Emphasis> &emphasis)
{
    models::WeightedText result;
    qsizetype done = 0;
    for (const prompt::Emphasis &part : emphasis) {
        result.append(text.mid(done, part.start - done).toStdString());
        result.append(text.mid(part.start, part.length).toStdString(), part.weight);
        done = part.start + part.length;
    }
    result.append(text.mid(done).toStdString());
    return result;
}

nn::ReferenceRole roleOf(ReferenceRole role)
{
    switch (role) {
    case ReferenceRole::Content:
        return nn::ReferenceRole::Content;
    case ReferenceRole::Style:
        return nn::ReferenceRole::Style;
    case ReferenceRole::Layout:
        return nn::ReferenceRole::Layout;
    }
    return nn::ReferenceRole::Content;
}

} // namespace

Result<Material> gather(const Recipe &recipe, std::stop_token stop)
{
    Material material;
    models::ConditioningRequest &request = material.request;
    request.prompt = weighted(recipe.prompt, recipe.emphasis);
    request.negativePrompt = weighted(recipe.negativePrompt, recipe.negativeEmphasis);
    request.layered = recipe.layered;
    request.width = recipe.size.width();
    request.height = recipe.size.height();
    request.guided = recipe.guidance > 1;
    for (const RecipeText &text : recipe.texts) {
        if (text.weight <= 0)
            continue;
        request.texts.push_back({weighted(text.text, text.emphasis), text.weight, cornersOf(text.shape),
                                 text.steps.from, text.steps.to});
    }
    for (const RecipeReference &reference : recipe.references) {
        if (reference.weight <= 0)
            continue;
        if (stop.stop_requested())
            return cancelled();
        auto picture = readReference(reference, kReferenceSide);
        if (!picture)
            return fail(picture.error());
        material.pictures.append(*picture);
        request.references.push_back({viewOf(material.pictures.last()), reference.weight,
                                      regionOf(reference.region), roleOf(reference.role),
                                      reference.steps.from, reference.steps.to,
                                      cornersOf(reference.shape)});
    }
    if (recipe.start.picture.isEmpty())
        return material;
    auto start = readStart(recipe.start, recipe.size);
    if (!start)
        return fail(start.error());
    material.start = *std::move(start);
    return material;
}

Result<void> check(const Recipe &recipe, const models::Pipeline &pipeline)
{
    const auto range = [](const char *what, const std::string &expected) -> Result<void> {
        return fail(ErrorCode::Invalid, what, "choose " + expected);
    };
    const int step = pipeline.sizeStep();
    const int w = recipe.size.width(), h = recipe.size.height();
    if (w < step * 4 || h < step * 4 || w % step || h % step || w * qint64(h) > kMostPixels)
        return range("size", "multiples of " + std::to_string(step) + " from " +
                                 std::to_string(step * 4) + ", at most 4 megapixels");
    if (recipe.steps < 1 || recipe.steps > 200)
        return range("steps", "1 to 200");
    if (!(recipe.guidance >= 1 && recipe.guidance <= 30))
        return range("guidance", "1 to 30");
    for (const RecipeReference &reference : recipe.references)
        if (!reference.steps.isValid())
            return range("a reference's steps", "shares of the run, the smaller one first");
    for (const RecipeText &text : recipe.texts)
        if (!text.steps.isValid())
            return range("a note's steps", "shares of the run, the smaller one first");
        else if (!(text.weight >= 0 && text.weight <= 2))
            return range("a note's weight", "0 to 2");
    if (!(recipe.start.strength >= 0 && recipe.start.strength <= 1))
        return range("strength", "0 to 1");
    for (const RecipeControl &control : recipe.controls)
        if (!(control.scale >= 0 && control.scale <= 2))
            return range("control scale", "0 to 2");
    const bool refers = std::any_of(recipe.references.begin(), recipe.references.end(),
                                    [](const RecipeReference &r) { return r.weight > 0; });
    if (refers && !pipeline.takesReferences())
        return fail(ErrorCode::Unsupported, pipeline.folder,
                    "this model has no IP-Adapter and takes no references; add one in its folder "
                    "ip_adapter, or paint without references");
    return {};
}

std::vector<models::LoraUse> lorasOf(const Recipe &recipe)
{
    std::vector<models::LoraUse> uses;
    for (const RecipeLora &lora : recipe.loras)
        uses.push_back({lora.path.toStdString(), lora.scale});
    return uses;
}

models::RgbView viewOf(const QImage &image) // RGB888
{
    return {image.constBits(), image.width(), image.height(), image.bytesPerLine()};
}

diffusion::Source sourceOf(const StartPictures &start, double strength,
                           const models::Pipeline &pipeline, models::VaeTile tile)
{
    diffusion::Source source;
    source.clean = models::encodePicture(pipeline, viewOf(start.picture), {}, tile);
    source.strength = strength;
    // Models made for inpainting see what they keep: nothing is put back at every step.
    if (pipeline.inpaints())
        source.mask = at::ones({1, 1, 1, 1}, source.clean.options());
    else if (!start.mask.isNull())
        source.mask = paintedLatents(whiteOf(start), pipeline);
    return source;
}

at::Tensor inpaintingOf(const std::optional<StartPictures> &start, const QSize &size,
                        const models::Pipeline &pipeline, models::VaeTile tile)
{
    if (!pipeline.inpaints())
        return {};
    StartPictures nothing{QImage(size, QImage::Format_RGB888), {}}; // painted over everywhere
    nothing.picture.fill(Qt::gray);
    const StartPictures &seen = start ? *start : nothing;
    const at::Tensor white = whiteOf(seen);
    return models::inpaintingInput(pipeline, viewOf(seen.picture), white,
                                   paintedLatents(white, pipeline), tile);
}

} // namespace moodloom::generation
