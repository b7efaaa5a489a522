#include "core/models/Conditioning.h"

#include "core/base/Coverage.h"
#include "core/nn/ConfigReader.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace moodloom::models {

namespace {

struct TowerText
{
    Tensor states, pooled;
    int dropped = 0;
};

int64_t lengthOf(const nn::ClipTextModel &tower, const Tokenizer &tokenizer)
{
    return std::min<int64_t>(tower.config().maxPositions, tokenizer.maxLength());
}

const Tensor &pooledText(const nn::ClipTextOutput &output)
{
    return output.textEmbeds.defined() ? output.textEmbeds : output.pooled;
}

// `states`: of a tower's output, what the U-Net reads. [1,L,D]
template <typename States>
TowerText runTower(const nn::ClipTextModel &tower, const Tokenizer &tokenizer,
                   const WeightedText &text, const at::Device &device, States &&states)
{
    const auto length = int(lengthOf(tower, tokenizer));
    const WeightedTokens tokens = tokensOf(tokenizer, text, length);
    const auto idsOf = [&](const WeightedTokens &of) {
        return at::tensor(of.ids, at::kLong).unsqueeze(0).to(device);
    };
    const Tensor ids = idsOf(tokens);
    const nn::ClipTextOutput whole = tower.forward(ids);
    TowerText result{states(whole), pooledText(whole), tokens.dropped};
    if (text.isPlain())
        return result;
    const Tensor all = result.states, allPooled = result.pooled;
    const Tensor nothing = states(tower.forward(idsOf(tokensOf(tokenizer, {}, length))));
    std::set<double> weights(tokens.weights.begin(), tokens.weights.end());
    weights.erase(1);
    for (const double weight : weights) {
        const Tensor these = at::tensor(tokens.weights, at::kDouble).eq(weight).to(device); // [L]
        const nn::ClipTextOutput rest = tower.forward(ids, these);
        const Tensor without = at::where(these.view({1, -1, 1}), nothing, states(rest));
        result.states = result.states + (weight - 1) * (all - without);
        result.pooled = result.pooled + (weight - 1) * (allPooled - pooledText(rest));
    }
    return result;
}

// What SDXL is told about sizes: original, crop corner, target; heights first.
Tensor sizeIds(const ConditioningRequest &r, int64_t batch)
{
    const std::vector<double> ids{double(r.height), double(r.width), 0, 0,
                                  double(r.height), double(r.width)};
    return at::tensor(ids, at::kFloat).unsqueeze(0).expand({batch, 6}).contiguous();
}

// One reference as the image encoder sees it.
struct SeenReference
{
    Tensor embed, state; // [1,P], [1,L,E]
    double weight = 1;
    Region region;
    nn::ReferenceRole role = nn::ReferenceRole::Content;
    std::vector<Corner> corners{};
};
using Seen = std::vector<const SeenReference *>;

Tensor shapeMask(const std::vector<Corner> &corners, int64_t height, int64_t width)
{
    return at::tensor(shapeCoverage(corners, int(height), int(width))).view({height, width});
}

// Where each acts on a grid of latents: fp32 [N,height,width]. See ConditioningRequest::layered.
Tensor masksOf(const Seen &seen, bool layered, int64_t height, int64_t width)
{
    std::vector<Tensor> masks;
    for (const SeenReference *one : seen)
        masks.push_back(one->corners.empty() ? regionMask(one->region, height, width)
                                             : shapeMask(one->corners, height, width));
    if (!layered)
        return at::stack(masks);
    std::vector<size_t> placed;
    std::vector<std::vector<float>> layers;
    std::vector<double> opacities;
    for (size_t i = 0; i < seen.size(); ++i)
        if (!seen[i]->region.everywhere()) {
            placed.push_back(i);
            const Tensor mask = masks[i].contiguous();
            layers.emplace_back(mask.data_ptr<float>(), mask.data_ptr<float>() + mask.numel());
            opacities.push_back(seen[i]->weight);
        }
    coverEachOther(layers, opacities);
    for (size_t i = 0; i < placed.size(); ++i)
        masks[placed[i]] = at::tensor(layers[i]).view({height, width});
    return at::stack(masks);
}

// The image embeddings' share of the time embedding: [1,P]. It acts on the whole picture, so a
// reference that is confined to a part of it, or covered, counts as much as what is left of it.
Tensor pooledOf(const Seen &seen, bool layered, int64_t height, int64_t width)
{
    std::vector<Tensor> embeds;
    for (const SeenReference *one : seen)
        embeds.push_back(one->embed);
    Tensor left;
    if (layered)
        left = masksOf(seen, layered, height, width).mean({1, 2});
    std::vector<float> shares;
    for (size_t i = 0; i < seen.size(); ++i) {
        const double coverage =
            layered ? double(left[int64_t(i)].item<float>()) : seen[i]->region.coverage();
        shares.push_back(float(seen[i]->weight * coverage));
    }
    return pooledReferences(at::cat(embeds, 0), at::tensor(shares));
}

Seen ofRole(const Seen &seen, nn::ReferenceRole role)
{
    Seen result;
    for (const SeenReference *one : seen)
        if (one->role == role)
            result.push_back(one);
    return result;
}

} // namespace

Result<EncodedText> encodeText(const Pipeline &p, const WeightedText &text, int clipSkip)
{
    const at::NoGradGuard noGrad;
    const int64_t layers =
        std::min(p.text->config().encoder.layers,
                 p.text2 ? p.text2->config().encoder.layers : int64_t(INT64_MAX));
    if (clipSkip < 0 || clipSkip >= layers - (p.text2 ? 1 : 0))
        return fail(ErrorCode::Invalid, "clip skip",
                    "is " + std::to_string(clipSkip) + ", the text encoder has " +
                        std::to_string(layers) + " layers");
    const auto before = [&](size_t last) { // the hidden states `last` layers before the end
        return [=](const nn::ClipTextOutput &output) {
            return output.hiddenStates[output.hiddenStates.size() - last - size_t(clipSkip)];
        };
    };
    if (!p.text2) {
        const TowerText only =
            runTower(*p.text, *p.tokenizer, text, p.device, [&](const nn::ClipTextOutput &output) {
                return clipSkip == 0 ? output.lastHiddenState
                                     : p.text->finalNorm(before(1)(output));
            });
        return EncodedText{only.states, only.pooled, only.dropped};
    }
    const TowerText first = runTower(*p.text, *p.tokenizer, text, p.device, before(2));
    const TowerText second = runTower(*p.text2, *p.tokenizer2, text, p.device, before(2));
    return EncodedText{at::cat({first.states, second.states}, -1), second.pooled,
                       std::max(first.dropped, second.dropped)};
}

Tensor pooledReferences(const Tensor &imageEmbeds, const Tensor &weights)
{
    const Tensor w = weights.to(imageEmbeds.options()).view({-1, 1});
    const Tensor unit = imageEmbeds / imageEmbeds.norm(2, {-1}, true).clamp_min(1e-12);
    return (unit * w).sum(0, true) / w.sum().clamp_min(1);
}

double Region::coverage() const
{
    if (everywhere())
        return 1;
    const auto inside = [](double from, double length) {
        return std::max(0.0, std::min(from + length, 1.0) - std::max(from, 0.0));
    };
    return inside(x, width) * inside(y, height);
}

Tensor regionMask(const Region &region, int64_t height, int64_t width)
{
    if (region.everywhere())
        return at::ones({height, width});
    const auto cover = [](double from, double length, int64_t cells) {
        return at::tensor(cellCoverage(from, length, int(cells)));
    };
    return cover(region.y, region.height, height).unsqueeze(1) *
           cover(region.x, region.width, width).unsqueeze(0);
}

struct ConditioningEncoder::Private
{
    const Pipeline &pipeline;
    bool guided = true;
    bool layered = false;
    int width = 0, height = 0;             // of the picture
    Tensor text, pooled, timeIds;          // the negative half first where guided
    std::vector<nn::RegionalText> regions; // by the request's numbers, as `seen`
    int dropped = 0, droppedNegative = 0;
    std::vector<SeenReference> seen; // by the request's numbers; undefined where the weight is 0
    Tensor blank;                    // hidden states of the picture of nothing, where guided

    Result<void> encodeTexts(const ConditioningRequest &request);
    Result<void> encodeRegions(const ConditioningRequest &request);
    Result<void> see(const ConditioningRequest &request, std::stop_token stop);
    nn::ReferenceConditioning forAdapter(const LoadedAdapter &adapter, const Seen &acting) const;
    void setStrengths(nn::ReferenceConditioning &reference, const Seen &acting,
                      bool absentInNegative) const;
};

Result<void> ConditioningEncoder::Private::encodeTexts(const ConditioningRequest &request)
{
    const Pipeline &p = pipeline;
    auto positive = encodeText(p, request.prompt, request.clipSkip);
    if (!positive)
        return fail(positive.error());
    dropped = positive->dropped;
    text = positive->states;
    pooled = positive->pooled;
    if (request.guided) {
        auto negative = encodeText(p, request.negativePrompt);
        if (!negative)
            return fail(negative.error());
        droppedNegative = negative->dropped;
        // SDXL was trained with zeros where there is no text.
        const bool zeros = nn::ConfigReader(p.index, p.folder + "/model_index.json")
                               .flag("force_zeros_for_empty_prompt", false);
        if (request.negativePrompt.empty() && zeros) {
            negative->states = at::zeros_like(negative->states);
            negative->pooled = at::zeros_like(negative->pooled);
        }
        text = at::cat({negative->states, text}, 0);
        pooled = at::cat({negative->pooled, pooled}, 0);
    }
    if (p.unet->config().added == nn::AddedEmbedding::TextTime)
        timeIds = sizeIds(request, pooled.size(0)).to(p.device);
    return {};
}

Result<void> ConditioningEncoder::Private::encodeRegions(const ConditioningRequest &request)
{
    const int factor = int(pipeline.vae->config().factor());
    for (const RegionText &region : request.texts) {
        regions.emplace_back();
        if (region.weight == 0 || region.text.empty())
            continue;
        const auto encoded = encodeText(pipeline, region.text, request.clipSkip);
        if (!encoded)
            return fail(encoded.error());
        dropped = std::max(dropped, encoded->dropped);
        const Tensor share =
            shapeMask(region.corners, height / factor, width / factor) * region.weight;
        regions.back() = {encoded->states.to(pipeline.dtype), share.to(pipeline.device)};
    }
    return {};
}

Result<void> ConditioningEncoder::Private::see(const ConditioningRequest &request,
                                               std::stop_token stop)
{
    const Pipeline &p = pipeline;
    bool any = false;
    for (const ReferencePicture &reference : request.references) {
        seen.push_back(
            {{}, {}, reference.weight, reference.region, reference.role, reference.corners});
        if (reference.weight == 0)
            continue;
        if (!p.takesReferences())
            return fail(ErrorCode::Invalid, p.folder,
                        "takes no reference pictures: it has no image encoder or no IP-Adapter");
        if (stop.stop_requested())
            return cancelled();
        const Tensor pixels = preprocess(reference.picture, p.preprocess).to(p.device);
        const auto out = p.vision->forward(pixels);
        seen.back().embed = out.imageEmbeds;
        seen.back().state = *(out.hiddenStates.end() - 2);
        any = true;
    }
    if (any && request.guided) {
        const Tensor nothing =
            at::zeros({1, 3, p.vision->config().imageSize, p.vision->config().imageSize},
                      at::TensorOptions(at::kFloat).device(p.device));
        blank = *(p.vision->forward(nothing).hiddenStates.end() - 2);
    }
    return {};
}

// The references of one role as an adapter sees them.
nn::ReferenceConditioning ConditioningEncoder::Private::forAdapter(const LoadedAdapter &adapter,
                                                                   const Seen &acting) const
{
    const bool base = adapter.network->config().kind == nn::IpAdapterKind::Base;
    std::vector<Tensor> views;
    for (const SeenReference *one : acting)
        views.push_back(base ? one->embed : one->state);
    const Tensor all = at::cat(views, 0).unsqueeze(0); // [1,N,...]
    const Tensor positive = adapter.network->imageTokens(all.to(pipeline.dtype));
    const bool absent = adapter.unconditional == UnconditionalReference::Absent;
    nn::ReferenceConditioning reference;
    reference.adapter = adapter.network;
    reference.tokens = positive; // [1,N,T,D]
    reference.siteScales = nn::roleScales(acting.front()->role, pipeline.unet->sites());
    if (guided && absent) {
        reference.tokens = positive.expand({2, -1, -1, -1});
    } else if (guided) {
        const Tensor nothing = base ? at::zeros_like(acting.front()->embed) : blank;
        const Tensor negative =
            adapter.network->imageTokens(nothing.unsqueeze(0).to(pipeline.dtype));
        reference.tokens = at::cat({negative.expand_as(positive), positive}, 0);
    }
    setStrengths(reference, acting, guided && absent);
    return reference;
}

void ConditioningEncoder::Private::setStrengths(nn::ReferenceConditioning &reference,
                                                const Seen &acting, bool absentInNegative) const
{
    const auto count = int64_t(acting.size());
    std::vector<float> values;
    for (const SeenReference *one : acting)
        values.push_back(float(one->weight));
    // Equal weights need no bias: they scale the whole.
    const bool equal =
        std::all_of(values.begin(), values.end(), [&](float w) { return w == values.front(); });
    Tensor weights;
    if (equal)
        reference.scale = acting.front()->weight;
    if (!equal || absentInNegative)
        weights = equal ? at::ones({1, count}) : at::tensor(values).unsqueeze(0);
    if (absentInNegative)
        weights = at::cat({at::zeros_like(weights), weights}, 0); // [2,N]
    if (weights.defined())
        reference.weights = weights.to(pipeline.device);
    const bool everywhere = std::all_of(acting.begin(), acting.end(), [](const SeenReference *one) {
        return one->region.everywhere();
    });
    if (everywhere)
        return;
    const int64_t factor = pipeline.vae->config().factor();
    reference.masks = masksOf(acting, layered, height / factor, width / factor)
                          .unsqueeze(0)
                          .to(pipeline.device); // [1,N,h,w]
}

ConditioningEncoder::ConditioningEncoder() = default;
ConditioningEncoder::ConditioningEncoder(ConditioningEncoder &&) noexcept = default;
ConditioningEncoder &ConditioningEncoder::operator=(ConditioningEncoder &&) noexcept = default;
ConditioningEncoder::~ConditioningEncoder() = default;

Result<ConditioningEncoder> ConditioningEncoder::make(const Pipeline &pipeline,
                                                      const ConditioningRequest &request,
                                                      std::stop_token stop)
{
    const at::NoGradGuard noGrad;
    ConditioningEncoder encoder;
    encoder.d.reset(new Private{pipeline,
                                request.guided,
                                request.layered,
                                request.width,
                                request.height,
                                {},
                                {},
                                {},
                                {},
                                0,
                                0,
                                {},
                                {}});
    if (auto done = encoder.d->encodeTexts(request); !done)
        return fail(done.error());
    if (auto done = encoder.d->encodeRegions(request); !done)
        return fail(done.error());
    if (auto done = encoder.d->see(request, stop); !done)
        return fail(done.error());
    if (stop.stop_requested())
        return cancelled();
    return encoder;
}

Conditioning ConditioningEncoder::with(const std::vector<size_t> &references,
                                       const std::vector<size_t> &texts) const
{
    const at::NoGradGuard noGrad;
    const Pipeline &p = d->pipeline;
    Seen acting;
    for (const size_t number : references)
        if (d->seen[number].weight != 0)
            acting.push_back(&d->seen[number]);
    nn::UNetConditioning conditioning;
    conditioning.text = d->text.to(p.dtype);
    for (const size_t number : texts)
        if (d->regions[number].text.defined())
            conditioning.regions.push_back(d->regions[number]);
    using Role = nn::ReferenceRole;
    if (!acting.empty())
        for (const LoadedAdapter &adapter : p.adapters)
            for (const Role role : {Role::Content, Role::Style, Role::Layout})
                if (const Seen own = ofRole(acting, role); !own.empty())
                    conditioning.references.push_back(d->forAdapter(adapter, own));
    switch (p.unet->config().added) {
    case nn::AddedEmbedding::None:
        break;
    case nn::AddedEmbedding::TextTime:
        conditioning.textEmbeds = d->pooled;
        conditioning.timeIds = d->timeIds;
        break;
    case nn::AddedEmbedding::TextImage: {
        conditioning.textEmbeds = d->pooled;
        const Tensor none =
            at::zeros({1, p.unet->config().contextDims.front()}, d->pooled.options());
        const Seen content = ofRole(acting, Role::Content);
        const int64_t factor = p.vae->config().factor();
        const Tensor seen =
            content.empty() ? none
                            : pooledOf(content, d->layered, d->height / factor, d->width / factor)
                                  .to(d->pooled.options());
        conditioning.imageEmbeds = d->guided ? at::cat({none, seen}, 0) : seen;
        break;
    }
    }
    Conditioning result;
    result.guided = d->guided;
    result.droppedTokens = d->dropped;
    result.droppedNegativeTokens = d->droppedNegative;
    result.prepared = p.unet->prepare(conditioning);
    return result;
}

Result<Conditioning> encodeConditioning(const Pipeline &pipeline,
                                        const ConditioningRequest &request, std::stop_token stop)
{
    const auto encoder = ConditioningEncoder::make(pipeline, request, stop);
    if (!encoder)
        return fail(encoder.error());
    const auto all = [](size_t count) {
        std::vector<size_t> numbers(count);
        std::iota(numbers.begin(), numbers.end(), size_t(0));
        return numbers;
    };
    return encoder->with(all(request.references.size()), all(request.texts.size()));
}

} // namespace moodloom::models
