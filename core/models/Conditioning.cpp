#include "core/models/Conditioning.h"

#include "core/nn/ConfigReader.h"

#include <algorithm>
#include <cmath>

namespace moodloom::models {

namespace {

struct TowerText
{
    nn::ClipTextOutput output;
    int dropped = 0;
};

TowerText runTower(const nn::ClipTextModel &tower, const Tokenizer &tokenizer,
                   const std::string &text, const at::Device &device)
{
    const int length = int(std::min<int64_t>(tower.config().maxPositions, tokenizer.maxLength()));
    const auto whole = int(tokenizer.encode(text).size());
    const Tensor ids =
        at::tensor(tokenizer.encodePadded(text, length), at::kLong).unsqueeze(0).to(device);
    return {tower.forward(ids), std::max(0, whole - (length - 2))};
}

const Tensor &pooledOf(const nn::ClipTextOutput &output)
{
    return output.textEmbeds.defined() ? output.textEmbeds : output.pooled;
}

// What SDXL is told about sizes: original, crop corner, target; heights first.
Tensor sizeIds(const ConditioningRequest &r, int64_t batch)
{
    const std::vector<double> ids{double(r.height), double(r.width), 0, 0,
                                  double(r.height), double(r.width)};
    return at::tensor(ids, at::kFloat).unsqueeze(0).expand({batch, 6}).contiguous();
}

// All adapters' view of the pictures.
class ReferenceEncoder
{
public:
    ReferenceEncoder(const Pipeline &pipeline, const ConditioningRequest &request)
        : m_pipeline(pipeline), m_request(request)
    {
        for (const ReferencePicture &reference : request.references)
            if (reference.weight != 0)
                m_acting.push_back(&reference);
    }

    bool any() const { return !m_acting.empty(); }

    Result<void> run(std::stop_token stop)
    {
        for (const ReferencePicture *reference : m_acting) {
            if (stop.stop_requested())
                return cancelled();
            const Tensor pixels =
                preprocess(reference->picture, m_pipeline.preprocess).to(m_pipeline.device);
            const auto out = m_pipeline.vision->forward(pixels);
            m_embeds.push_back(out.imageEmbeds);
            m_states.push_back(*(out.hiddenStates.end() - 2));
            m_weights.push_back(float(reference->weight));
            m_shares.push_back(float(reference->weight * reference->region.coverage()));
        }
        const Tensor nothing = at::zeros(
            {1, 3, m_pipeline.vision->config().imageSize, m_pipeline.vision->config().imageSize},
            at::TensorOptions(at::kFloat).device(m_pipeline.device));
        if (m_request.guided)
            m_blank = *(m_pipeline.vision->forward(nothing).hiddenStates.end() - 2);
        return {};
    }

    // The image embeddings' share of the time embedding: [1,P]. It acts on the whole picture, so a
    // reference that is confined to a part of it counts as much as that part.
    Tensor pooled() const { return pooledReferences(at::cat(m_embeds, 0), at::tensor(m_shares)); }

    nn::ReferenceConditioning forAdapter(const LoadedAdapter &adapter) const
    {
        const bool base = adapter.network->config().kind == nn::IpAdapterKind::Base;
        const Tensor seen = at::cat(base ? m_embeds : m_states, 0).unsqueeze(0); // [1,N,...]
        const Tensor positive = adapter.network->imageTokens(seen.to(m_pipeline.dtype));
        const bool absent = adapter.unconditional == UnconditionalReference::Absent;
        nn::ReferenceConditioning reference;
        reference.adapter = adapter.network;
        reference.tokens = positive; // [1,N,T,D]
        if (m_request.guided && absent) {
            reference.tokens = positive.expand({2, -1, -1, -1});
        } else if (m_request.guided) {
            const Tensor blank = base ? at::zeros_like(m_embeds.front()) : m_blank;
            const Tensor negative =
                adapter.network->imageTokens(blank.unsqueeze(0).to(m_pipeline.dtype));
            reference.tokens = at::cat({negative.expand_as(positive), positive}, 0);
        }
        setStrengths(reference, m_request.guided && absent);
        return reference;
    }

private:
    void setStrengths(nn::ReferenceConditioning &reference, bool absentInNegative) const
    {
        const auto count = int64_t(m_weights.size());
        // Equal weights need no bias: they scale the whole.
        const bool equal = std::all_of(m_weights.begin(), m_weights.end(),
                                       [&](float w) { return w == m_weights.front(); });
        Tensor weights;
        if (equal)
            reference.scale = m_acting.front()->weight;
        if (!equal || absentInNegative)
            weights = equal ? at::ones({1, count}) : at::tensor(m_weights).unsqueeze(0);
        if (absentInNegative)
            weights = at::cat({at::zeros_like(weights), weights}, 0); // [2,N]
        if (weights.defined())
            reference.weights = weights.to(m_pipeline.device);
        const bool everywhere =
            std::all_of(m_acting.begin(), m_acting.end(),
                        [](const ReferencePicture *r) { return r->region.everywhere(); });
        if (everywhere)
            return;
        const int64_t factor = m_pipeline.vae->config().factor();
        const int64_t height = m_request.height / factor, width = m_request.width / factor;
        std::vector<Tensor> masks;
        for (const ReferencePicture *r : m_acting)
            masks.push_back(regionMask(r->region, height, width));
        reference.masks = at::stack(masks).unsqueeze(0).to(m_pipeline.device); // [1,N,h,w]
    }

    const Pipeline &m_pipeline;
    const ConditioningRequest &m_request;
    std::vector<const ReferencePicture *> m_acting;
    std::vector<Tensor> m_embeds, m_states; // [1,P] and [1,L,E] each
    std::vector<float> m_weights, m_shares; // shares: of the pooled embedding
    Tensor m_blank; // hidden states of the picture of nothing
};

} // namespace

Result<EncodedText> encodeText(const Pipeline &p, const std::string &text, int clipSkip)
{
    const at::NoGradGuard noGrad;
    const int64_t layers =
        std::min(p.text->config().encoder.layers,
                 p.text2 ? p.text2->config().encoder.layers : int64_t(INT64_MAX));
    if (clipSkip < 0 || clipSkip >= layers - (p.text2 ? 1 : 0))
        return fail(ErrorCode::Invalid, "clip skip",
                    "is " + std::to_string(clipSkip) + ", the text encoder has " +
                        std::to_string(layers) + " layers");
    const TowerText first = runTower(*p.text, *p.tokenizer, text, p.device);
    if (!p.text2) {
        const auto &states = first.output.hiddenStates;
        const Tensor state = clipSkip == 0
                                 ? first.output.lastHiddenState
                                 : p.text->finalNorm(states[states.size() - 1 - size_t(clipSkip)]);
        return EncodedText{state, pooledOf(first.output), first.dropped};
    }
    const TowerText second = runTower(*p.text2, *p.tokenizer2, text, p.device);
    const auto pick = [&](const std::vector<Tensor> &states) {
        return states[states.size() - 2 - size_t(clipSkip)];
    };
    return EncodedText{
        at::cat({pick(first.output.hiddenStates), pick(second.output.hiddenStates)}, -1),
        pooledOf(second.output), std::max(first.dropped, second.dropped)};
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
    const auto cover = [](double from, double length,
                          int64_t cells) { // of each cell along one axis
        Tensor share = at::zeros({cells});
        for (int64_t i = 0; i < cells; ++i) {
            const double begin = std::max(from * double(cells), double(i));
            const double end = std::min((from + length) * double(cells), double(i + 1));
            share[i] = std::max(0.0, end - begin);
        }
        return share;
    };
    return cover(region.y, region.height, height).unsqueeze(1) *
           cover(region.x, region.width, width).unsqueeze(0);
}

Result<Conditioning> encodeConditioning(const Pipeline &p, const ConditioningRequest &request,
                                        std::stop_token stop)
{
    const at::NoGradGuard noGrad;
    Conditioning result;
    result.guided = request.guided;
    auto positive = encodeText(p, request.prompt, request.clipSkip);
    if (!positive)
        return fail(positive.error());
    result.droppedTokens = positive->dropped;
    nn::UNetConditioning conditioning;
    Tensor text = positive->states, pooled = positive->pooled;
    if (request.guided) {
        auto negative = encodeText(p, request.negativePrompt);
        if (!negative)
            return fail(negative.error());
        result.droppedNegativeTokens = negative->dropped;
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
    conditioning.text = text.to(p.dtype);

    ReferenceEncoder references(p, request);
    if (references.any()) {
        if (!p.takesReferences())
            return fail(ErrorCode::Invalid, p.folder,
                        "takes no reference pictures: it has no image_encoder or no ip_adapter");
        if (auto ran = references.run(stop); !ran)
            return fail(ran.error());
        for (const LoadedAdapter &adapter : p.adapters)
            conditioning.references.push_back(references.forAdapter(adapter));
    }
    switch (p.unet->config().added) {
    case nn::AddedEmbedding::None:
        break;
    case nn::AddedEmbedding::TextTime:
        conditioning.textEmbeds = pooled;
        conditioning.timeIds = sizeIds(request, pooled.size(0)).to(p.device);
        break;
    case nn::AddedEmbedding::TextImage: {
        conditioning.textEmbeds = pooled;
        const Tensor none = at::zeros({1, p.unet->config().contextDims.front()}, pooled.options());
        const Tensor seen = references.any() ? references.pooled().to(pooled.options()) : none;
        conditioning.imageEmbeds = request.guided ? at::cat({none, seen}, 0) : seen;
        break;
    }
    }
    if (stop.stop_requested())
        return cancelled();
    result.prepared = p.unet->prepare(conditioning);
    return result;
}

} // namespace moodloom::models
