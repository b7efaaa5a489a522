#include "core/training/EncoderTraining.h"

#include "core/training/BuiltInShape.h"
#include "core/training/ShardPool.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace moodloom::training {
namespace {

constexpr int64_t colourGrid = 4; // colours a side of a patch

at::Tensor unit(const at::Tensor &x)
{
    return x / x.norm(2, -1, true).clamp_min(1e-6);
}

// InfoNCE in both directions; rows of equal index belong together.
at::Tensor contrast(const at::Tensor &a, const at::Tensor &b, const at::Tensor &scale)
{
    const at::Tensor logits = scale * unit(a).matmul(unit(b).t()); // [B,B]
    const at::Tensor right = at::arange(a.size(0), logits.options().dtype(at::kLong));
    return 0.5 * (at::cross_entropy_loss(logits, right) + at::cross_entropy_loss(logits.t(), right));
}

struct EncoderBatch
{
    at::Tensor pictures, references, english, chinese;
};

EncoderBatch makeBatch(const SceneRows &rows)
{
    // The picture as the encoder gets it: its own size, averaged.
    at::Tensor pictures = unpacked(rows.pictures);
    if (pictures.size(2) != referenceSize)
        pictures = at::adaptive_avg_pool2d(pictures, {referenceSize, referenceSize});
    const auto texts = [&rows](CaptionKind kind) { return rows.ids.select(1, int64_t(kind)).to(at::kLong); };
    return {pictures, unpacked(rows.references.select(1, 0)), texts(CaptionKind::English),
            texts(CaptionKind::Chinese)};
}

} // namespace

Encoders::Encoders(const nn::ClipTextConfig &textConfig, const nn::ClipVisionConfig &visionConfig)
{
    text = register_module("text", std::make_shared<nn::ClipTextModel>(textConfig));
    vision = register_module("vision", std::make_shared<nn::ClipVisionModel>(visionConfig));
    m_logScale = register_parameter("log_scale", at::full({}, std::log(10.0), at::kFloat));
    m_colours = register_module(
        "patch_colours",
        std::make_shared<nn::Linear>(visionConfig.encoder.hiddenSize, 3 * colourGrid * colourGrid));
}

Encoders::Losses Encoders::losses(const at::Tensor &pictures, const at::Tensor &references,
                                  const at::Tensor &english, const at::Tensor &chinese, at::ScalarType dtype) const
{
    const int64_t batch = pictures.size(0);
    const auto seen = vision->forward(at::cat({pictures, references}).to(dtype)); // [2B,...]
    const auto &states = seen.hiddenStates;
    const at::Tensor tokens =
        states[states.size() - 2].slice(1, 1).narrow(0, 0, batch).to(at::kFloat); // no class token
    const at::Tensor embeds = seen.imageEmbeds.to(at::kFloat);
    const int64_t side = int64_t(std::lround(std::sqrt(double(tokens.size(1)))));
    // [B,3,2s,2s] -> [B,s*s,12], a row for each patch
    const at::Tensor colours = at::pixel_unshuffle(
                                   at::adaptive_avg_pool2d(pictures, {colourGrid * side, colourGrid * side}),
                                   colourGrid)
                                   .flatten(2)
                                   .transpose(1, 2);
    const at::Tensor scale = m_logScale.clamp_max(std::log(100.0)).exp();
    const at::Tensor image = embeds.narrow(0, 0, batch);
    Losses losses;
    losses.english = contrast(image, text->forward(english).textEmbeds, scale);
    losses.chinese = contrast(image, text->forward(chinese).textEmbeds, scale);
    losses.design = contrast(image, embeds.narrow(0, batch, batch), scale);
    losses.colour = at::l1_loss(m_colours->forward(tokens), colours);
    return losses;
}

at::Tensor tokenBatch(const models::Tokenizer &tokenizer, const std::vector<std::string> &texts, int length)
{
    if (length == 0) {
        size_t longest = 2;
        for (const std::string &text : texts)
            longest = std::max(longest, tokenizer.encodeWhole(text).size());
        length = int(std::min<size_t>(longest, textLength));
    }
    const at::Tensor ids = at::empty({int64_t(texts.size()), length}, at::kLong);
    for (size_t i = 0; i < texts.size(); ++i) {
        const auto padded = tokenizer.encodePadded(texts[i], length);
        std::copy(padded.begin(), padded.end(), ids.data_ptr<int64_t>() + int64_t(i) * length);
    }
    return ids;
}

double recallAt(int k, const at::Tensor &a, const at::Tensor &b)
{
    const at::Tensor similar = unit(a).matmul(unit(b).t());
    const at::Tensor own = similar.diagonal().unsqueeze(1);
    const at::Tensor better = (similar > own).sum(1); // how many are nearer than the partner
    return (better < k).to(at::kDouble).mean().item<double>();
}

Result<void> trainEncoders(ScenePool &scenes, const SceneRows &heldRows, const models::Tokenizer &tokenizer,
                           const StageOptions &options)
{
    at::manual_seed(options.seed);
    ShardPool pool(options.threads);
    Replicas<Encoders> networks(pool.size(), [&] {
        return onDevice(
            std::make_shared<Encoders>(textShape(tokenizer.size(), tokenizer.endId()), visionShape()),
            options.device);
    });
    Optimizer::Options optimizer;
    optimizer.threads = pool.size();
    optimizer.muon = options.muon;
    optimizer.dtype = options.dtype;
    optimizer.weightDecay = 0.05;
    optimizer.beta2 = 0.98;
    Stage stage("encoders", options, networks.parameters(), optimizer, 0.998,
                {"english", "chinese", "design", "colour", "recall1_en", "recall1_zh", "recall5_en",
                 "recall1_design"});
    if (auto done = stage.resume(); !done)
        return done;
    at::manual_seed(stage.seed());

    const EncoderBatch held = makeBatch(heldRows);
    std::map<std::string, double> recall;
    const int share = std::max(2, options.batch / pool.size());
    while (stage.goesOn()) {
        std::vector<std::map<std::string, double>> values(size_t(pool.size()));
        pool.run([&](int i) {
            const EncoderBatch b = makeBatch(scenes.pick(share));
            const auto losses = networks[i].losses(b.pictures, b.references, b.english, b.chinese, options.dtype);
            (losses.english + losses.chinese + losses.design + 2 * losses.colour).backward();
            if (stage.readsValues())
                values[size_t(i)] = {{"english", losses.english.item<double>()},
                                     {"chinese", losses.chinese.item<double>()},
                                     {"design", losses.design.item<double>()},
                                     {"colour", losses.colour.item<double>()}};
        });
        networks.gather(1.0 / pool.size());
        if (stage.step() % 100 == 0 || recall.empty()) {
            const at::NoGradGuard noGrad;
            stage.average().swap();
            const auto &vision = *networks.first().vision;
            const auto image = vision.forward(held.pictures).imageEmbeds;
            const auto again = vision.forward(held.references).imageEmbeds;
            const auto english = networks.first().text->forward(held.english).textEmbeds;
            const auto chinese = networks.first().text->forward(held.chinese).textEmbeds;
            stage.average().swap();
            recall = {{"recall1_en", recallAt(1, english, image)},
                      {"recall1_zh", recallAt(1, chinese, image)},
                      {"recall5_en", recallAt(5, english, image)},
                      {"recall1_design", recallAt(1, again, image)}};
        }
        auto row = values[0];
        row.insert(recall.begin(), recall.end());
        if (auto done = stage.finishStep(int64_t(share) * pool.size(), scenes.position(), row); !done)
            return done;
    }
    return stage.save();
}

Result<std::shared_ptr<Encoders>> loadEncoders(const std::string &folder,
                                               const models::Tokenizer &tokenizer, at::Device device)
{
    auto encoders =
        std::make_shared<Encoders>(textShape(tokenizer.size(), tokenizer.endId()), visionShape());
    if (auto done = loadAverage(folder + "/encoders.safetensors", *encoders); !done)
        return fail(done.error());
    encoders->to(device);
    return encoders;
}

} // namespace moodloom::training
