#include "core/training/EncoderTraining.h"

#include "core/training/BuiltInShape.h"
#include "core/training/ShardPool.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

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

} // namespace

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

Encoders::Encoders(const nn::ClipTextConfig &textConfig, const nn::ClipVisionConfig &visionConfig)
{
    text = register_module("text", std::make_shared<nn::ClipTextModel>(textConfig));
    vision = register_module("vision", std::make_shared<nn::ClipVisionModel>(visionConfig));
    m_logScale = register_parameter("log_scale", at::full({}, std::log(10.0), at::kFloat));
    m_colours = register_module(
        "patch_colours",
        std::make_shared<nn::Linear>(visionConfig.encoder.hiddenSize, 3 * colourGrid * colourGrid));
}

Encoders::Losses Encoders::losses(const EncoderBatch &b, at::ScalarType dtype) const
{
    const at::Tensor &pictures = b.pictures;
    const int64_t batch = pictures.size(0);
    const auto seen = vision->forward(at::cat({pictures, b.references}).to(dtype)); // [2B,...]
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
    losses.english = contrast(image, text->forward(b.english).textEmbeds, scale);
    losses.chinese = contrast(image, text->forward(b.chinese).textEmbeds, scale);
    losses.design = contrast(image, embeds.narrow(0, batch, batch), scale);
    losses.colour = at::l1_loss(m_colours->forward(tokens), colours);
    return losses;
}

void Encoders::fitTemperature(const EncoderBatch &batch)
{
    const at::NoGradGuard noGrad;
    const at::Tensor image = vision->forward(batch.pictures).imageEmbeds;
    const at::Tensor words = text->forward(batch.english).textEmbeds;
    double best = std::numeric_limits<double>::infinity(), at = 0;
    for (double logScale = 1.5; logScale < std::log(100.0); logScale += 0.1) {
        const double loss = contrast(image, words, at::full({}, std::exp(logScale))).item<double>();
        if (loss < best) {
            best = loss;
            at = logScale;
        }
    }
    m_logScale.fill_(at);
}

std::map<std::string, double> Encoders::recall(const EncoderBatch &batch) const
{
    const at::NoGradGuard noGrad;
    const at::Tensor image = vision->forward(batch.pictures).imageEmbeds;
    const at::Tensor again = vision->forward(batch.references).imageEmbeds;
    const at::Tensor english = text->forward(batch.english).textEmbeds;
    const at::Tensor chinese = text->forward(batch.chinese).textEmbeds;
    return {{"recall1_en", recallAt(1, english, image)},
            {"recall1_zh", recallAt(1, chinese, image)},
            {"recall5_en", recallAt(5, english, image)},
            {"recall1_design", recallAt(1, again, image)}};
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
            const auto losses = networks[i].losses(makeBatch(scenes.pick(share)), options.dtype);
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
            recall = networks.first().recall(held);
            stage.average().swap();
        }
        auto row = values[0];
        row.insert(recall.begin(), recall.end());
        if (auto done = stage.finishStep(int64_t(share) * pool.size(), scenes.position(), row); !done)
            return done;
    }
    return stage.save();
}

Result<std::shared_ptr<Encoders>> loadEncoders(const std::string &folder,
                                               const models::Tokenizer &tokenizer, at::Device device,
                                               const std::string &name)
{
    auto encoders =
        std::make_shared<Encoders>(textShape(tokenizer.size(), tokenizer.endId()), visionShape());
    if (auto done = loadAverage(folder + "/" + name + ".safetensors", *encoders, encoderHeads); !done)
        return fail(done.error());
    encoders->to(device);
    return encoders;
}

} // namespace moodloom::training
