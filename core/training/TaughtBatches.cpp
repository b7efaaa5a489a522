#include "core/training/TaughtBatches.h"

#include "core/models/Conditioning.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace moodloom::training {
namespace {

constexpr int64_t keptCrops = 256; // of all pictures together, at least one of each
constexpr int mostCrops = 16;
constexpr double largestZoom = 1.25;

struct Square
{
    int x = 0, y = 0, side = 0;
};

models::RgbPixels cut(const models::RgbPixels &picture, const Square &square)
{
    models::RgbPixels result{square.side, square.side, {}};
    result.data.reserve(size_t(square.side) * size_t(square.side) * 3);
    for (int row = 0; row < square.side; ++row) {
        const auto from =
            picture.data.begin() + (int64_t(square.y + row) * picture.width + square.x) * 3;
        result.data.insert(result.data.end(), from, from + int64_t(square.side) * 3);
    }
    return result;
}

} // namespace

double unit(std::mt19937_64 &random)
{
    return double(random() >> 11) * 0x1p-53;
}

TaughtBatches::TaughtBatches(const TaughtPictures &pictures, const models::Pipeline &pipeline,
                             Options options)
    : m_pictures(pictures), m_pipeline(pipeline), m_options(options),
      m_crops(int(std::clamp<int64_t>(keptCrops / pictures.size(), 1, mostCrops)))
{
}

std::vector<TaughtChoice> TaughtBatches::choose(int64_t count, std::mt19937_64 &random) const
{
    std::vector<TaughtChoice> choices(static_cast<size_t>(count));
    const auto below = [&random](int64_t n) {
        return std::min(int64_t(unit(random) * double(n)), n - 1);
    };
    for (TaughtChoice &choice : choices) {
        choice.picture = below(m_pictures.size());
        choice.crop = int(below(m_crops));
        choice.caption = int(below(int64_t(m_pictures.captions(choice.picture).size())));
        const double fate = unit(random);
        if (fate < 0.13)
            choice.caption = -1;
        choice.reference = m_options.references && fate >= 0.08 && (fate < 0.13 || fate >= 0.65);
    }
    return choices;
}

Result<const TaughtBatches::Crop *> TaughtBatches::crop(int64_t picture, int number)
{
    const auto known = m_cropsSeen.find({picture, number});
    if (known != m_cropsSeen.end())
        return &known->second;
    const int side = m_options.side;
    std::mt19937_64 random(m_options.seed * 0x9e3779b97f4a7c15ULL + uint64_t(picture) * 1000003 +
                           uint64_t(number));
    const double zoom = number == 0 ? 1 : 1 + (largestZoom - 1) * unit(random);
    const int shorter = int(std::lround(side * zoom));
    const auto decoded = m_pictures.picture(picture, shorter);
    if (!decoded)
        return fail(decoded.error());
    const double scale = double(shorter) / std::min(decoded->width, decoded->height);
    const int width = std::max(shorter, int(std::lround(decoded->width * scale)));
    const int height = std::max(shorter, int(std::lround(decoded->height * scale)));
    const models::RgbPixels whole = models::resize(
        {decoded->rgb.data(), decoded->width, decoded->height, int64_t(decoded->width) * 3}, width,
        height, models::ResizeFilter::Lanczos);
    const auto place = [&](int size) {
        const double across = number == 0 ? 0.5 : unit(random),
                     down = number == 0 ? 0.5 : unit(random);
        return Square{int(std::lround(across * (width - size))),
                      int(std::lround(down * (height - size))), size};
    };
    Crop result;
    result.latents = models::encodePicture(m_pipeline, cut(whole, place(side)).view(), {}).cpu();
    if (m_options.references) {
        const at::NoGradGuard noGrad;
        const int seen = side + int(unit(random) * (shorter - side));
        const at::Tensor pixels =
            models::preprocess(cut(whole, place(seen)).view(), m_pipeline.preprocess);
        const auto out = m_pipeline.vision->forward(pixels.to(m_pipeline.device));
        result.states = (*(out.hiddenStates.end() - 2)).to(at::kCPU, at::kHalf);
        result.embed = out.imageEmbeds.cpu();
    }
    return &(m_cropsSeen[{picture, number}] = std::move(result));
}

Result<const TaughtBatches::Text *> TaughtBatches::text(const std::string &caption)
{
    const auto known = m_texts.find(caption);
    if (known != m_texts.end())
        return &known->second;
    const auto encoded = models::encodeText(m_pipeline, caption);
    if (!encoded)
        return fail(encoded.error());
    return &(m_texts[caption] = {encoded->states.cpu(), encoded->pooled.cpu()});
}

Result<TaughtBatch> TaughtBatches::batch(const std::vector<TaughtChoice> &choices)
{
    std::vector<at::Tensor> latents, states, pooled, seen, embeds;
    std::vector<float> weights;
    const bool base = m_options.references &&
                      m_pipeline.adapters.front().network->config().kind == nn::IpAdapterKind::Base;
    for (const TaughtChoice &choice : choices) {
        const auto picture = crop(choice.picture, choice.crop);
        if (!picture)
            return fail(picture.error());
        const auto captions = m_pictures.captions(choice.picture);
        const auto words =
            text(choice.caption < 0 ? std::string() : captions.at(size_t(choice.caption)));
        if (!words)
            return fail(words.error());
        latents.push_back((*picture)->latents);
        states.push_back((*words)->states);
        pooled.push_back((*words)->pooled);
        if (!m_options.references)
            continue;
        seen.push_back(base ? (*picture)->embed : (*picture)->states.to(at::kFloat));
        embeds.push_back((*picture)->embed);
        weights.push_back(choice.reference ? 1.f : 0.f);
    }
    const at::Device device = m_pipeline.device;
    TaughtBatch batch;
    batch.latents = at::cat(latents).to(device);
    nn::UNetConditioning &conditioning = batch.conditioning;
    conditioning.text = at::cat(states).to(device, m_options.dtype);
    at::Tensor there; // fp32 [B,1]
    if (m_options.references) {
        there = at::tensor(weights).unsqueeze(1).to(device);
        nn::ReferenceConditioning references;
        references.adapter = m_pipeline.adapters.front().network;
        references.tokens = references.adapter->imageTokens(
            at::cat(seen).unsqueeze(1).to(device, m_options.dtype)); // [B,1,T,D]
        references.weights = there;
        conditioning.references = {references};
    }
    if (m_pipeline.unet->config().added == nn::AddedEmbedding::TextImage) {
        conditioning.textEmbeds = at::cat(pooled).to(device);
        if (m_options.references) {
            const at::Tensor all = at::cat(embeds).to(device);
            conditioning.imageEmbeds = all / all.norm(2, {-1}, true).clamp_min(1e-12) * there;
        } else {
            conditioning.imageEmbeds =
                at::zeros({batch.latents.size(0), m_pipeline.unet->config().contextDims.front()},
                          conditioning.textEmbeds.options());
        }
    }
    return batch;
}

} // namespace moodloom::training
