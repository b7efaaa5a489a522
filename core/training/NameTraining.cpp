#include "core/training/NameTraining.h"

#include "core/training/BuiltInShape.h"
#include "core/training/SceneStream.h"
#include "core/training/ShardPool.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace moodloom::training {
namespace {

// The states at the name itself cannot know yet what kind of thing follows it, and a name that is
// known begins with the same syllables: there the captions that have to stay matter more.
constexpr double nameWeight = 0.3;
// What is known must not fade: with 2 here, and hardly a known name among those captions, fewer known
// designs were painted as they look.
constexpr double knownWeight = 10;

struct Encoded
{
    at::Tensor states, pooled; // [B,L,D], [B,P]
};

Encoded encoded(const nn::ClipTextModel &text, const at::Tensor &ids)
{
    const auto output = text.forward(ids);
    return {output.lastHiddenState, output.textEmbeds};
}

at::Tensor relativeError(const at::Tensor &ours, const at::Tensor &wanted)
{
    return (ours - wanted).square().sum(-1) / wanted.square().sum(-1).clamp_min(1e-6);
}

struct Losses
{
    at::Tensor named, known; // scalars
};

Losses losses(const nn::ClipTextModel &ours, const nn::ClipTextModel &before, const NameBatch &batch)
{
    Encoded bare, known;
    {
        const at::NoGradGuard noGrad;
        bare = encoded(before, batch.bare);
        known = encoded(before, batch.known);
        const at::Tensor places = batch.places.unsqueeze(2).expand_as(bare.states);
        bare.states = bare.states.gather(1, places);
    }
    const Encoded named = encoded(ours, batch.named), kept = encoded(ours, batch.known);
    return {(relativeError(named.states, bare.states) * batch.weights).mean() +
                relativeError(named.pooled, bare.pooled).mean(),
            relativeError(kept.states, known.states).mean() + relativeError(kept.pooled, known.pooled).mean()};
}

} // namespace

NameBatch makeNameBatch(const models::Tokenizer &tokenizer, const std::vector<NameCaptions> &captions)
{
    const auto count = int64_t(captions.size());
    std::vector<std::string> bare, named, known;
    for (const NameCaptions &one : captions) {
        bare.push_back(one.bare);
        named.push_back(one.named);
        known.push_back(one.known);
    }
    NameBatch batch{tokenBatch(tokenizer, bare, textLength), tokenBatch(tokenizer, named, textLength),
                    tokenBatch(tokenizer, known, textLength), at::empty({count, textLength}, at::kLong),
                    at::zeros({count, textLength}, at::kBool), at::ones({count, textLength})};
    for (int64_t row = 0; row < count; ++row) {
        const auto without = tokenizer.encodeWhole(bare[size_t(row)]), with = tokenizer.encodeWhole(named[size_t(row)]);
        const auto [a, b] = std::mismatch(without.begin(), without.end(), with.begin(), with.end());
        const int64_t from = b - with.begin(), longer = int64_t(with.size()) - int64_t(without.size());
        // "a lamp", "an Orik lamp": the article may be another one, too.
        int64_t same = 0; // at the end of both
        while (same < int64_t(without.size()) - from &&
               without[without.size() - 1 - size_t(same)] == with[with.size() - 1 - size_t(same)])
            ++same;
        const int64_t to = int64_t(with.size()) - same;
        for (int64_t i = 0; i < textLength; ++i) {
            const bool inside = i >= from && i < to;
            batch.inName[row][i] = inside;
            if (inside)
                batch.weights[row][i] = captions[size_t(row)].borrowed ? 0 : nameWeight;
            batch.places[row][i] = inside || i < from ? std::min(i, std::max<int64_t>(from - 1, 0))
                                                      : std::clamp<int64_t>(i - longer, 0, textLength - 1);
        }
    }
    return batch;
}

Result<void> trainNames(const SceneSource &source, const models::Tokenizer &tokenizer,
                        const StageOptions &options)
{
    at::manual_seed(options.seed);
    const auto before = loadEncoders(options.folder, tokenizer);
    if (!before)
        return fail(before.error());
    ShardPool pool(options.threads);
    Replicas<Encoders> networks(pool.size(), [&] {
        return std::make_shared<Encoders>(textShape(tokenizer.size(), tokenizer.endId()), visionShape());
    });
    if (auto begun = loadAverage(options.folder + "/encoders.safetensors", networks.first(), encoderHeads); !begun)
        return begun;
    for (int i = 0; i < pool.size(); ++i)
        for (auto &item : networks[i].named_parameters())
            item.value().set_requires_grad(item.key().starts_with("text."));
    Optimizer::Options optimizer;
    optimizer.threads = pool.size();
    optimizer.muon = options.muon;
    optimizer.weightDecay = 0;
    Stage stage("names", options, networks.parameters(), optimizer, 0.99,
                {"named", "known", "named_held", "known_held"});
    if (auto done = stage.resume(); !done)
        return done;

    const auto drawn = [&](uint64_t seed, int64_t count, bool reserved = false) {
        std::vector<NameCaptions> captions;
        for (int64_t i = 0; i < count; ++i)
            captions.push_back(source.nameCaptions(sceneSeed(seed, uint64_t(i)), reserved));
        return makeNameBatch(tokenizer, captions);
    };
    const NameBatch held = drawn(options.seed + 1, 256, true);
    const int64_t share = std::max(1, options.batch / pool.size());
    std::map<std::string, double> figures;
    while (stage.goesOn()) {
        std::vector<std::map<std::string, double>> values(size_t(pool.size()));
        pool.run([&](int i) {
            const uint64_t seed = stage.seed() * 64 + uint64_t(i) + 2;
            const auto loss = losses(*networks[i].text, *(*before)->text, drawn(seed, share));
            (loss.named + knownWeight * loss.known).backward();
            values[size_t(i)] = {{"named", loss.named.item<double>()}, {"known", loss.known.item<double>()}};
        });
        networks.gather(1.0 / pool.size());
        if (stage.step() % 50 == 0 || figures.empty()) {
            const at::NoGradGuard noGrad;
            stage.average().swap();
            const auto loss = losses(*networks.first().text, *(*before)->text, held);
            stage.average().swap();
            figures = {{"named_held", loss.named.item<double>()}, {"known_held", loss.known.item<double>()}};
        }
        auto row = values[0];
        row.insert(figures.begin(), figures.end());
        if (auto done = stage.finishStep(share * pool.size(), 0, row); !done)
            return done;
    }
    return stage.save();
}

} // namespace moodloom::training
