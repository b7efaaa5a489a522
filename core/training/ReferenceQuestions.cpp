#include "core/training/ReferenceQuestions.h"

#include "core/diffusion/NoiseSchedule.h"
#include "core/nn/Load.h"
#include "core/training/Batch.h"
#include "core/training/BuiltInShape.h"
#include "core/training/SceneStream.h"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace moodloom::training {
namespace {

// From where shape and main colours are decided to where patterns are.
constexpr int64_t askedTimesteps[] = {850, 650, 450};

at::Tensor bytesOf(std::span<const Picture *const> pictures)
{
    return toTensor(pictures).add_(1).mul_(127.5).round_().to(at::kByte);
}

at::Tensor idRows(const models::Tokenizer &tokenizer, const std::vector<std::string> &texts,
                  int64_t perRow)
{
    const at::Tensor ids = tokenBatch(tokenizer, texts, textLength).to(at::kInt);
    return ids.view({-1, perRow, textLength});
}

void convert(torch::nn::Module &network, at::ScalarType dtype)
{
    for (at::Tensor &parameter : network.parameters()) {
        parameter.set_requires_grad(false);
        parameter.set_data(nn::placed(parameter, parameter.device(), dtype));
    }
}

} // namespace

QuestionRows drawQuestions(const SceneSource &source, const models::Tokenizer &tokenizer,
                           uint64_t runSeed, uint64_t first, int64_t count, const SceneSizes &sizes)
{
    std::vector<ReferenceQuestion> questions;
    for (int64_t i = 0; i < count; ++i)
        questions.push_back(source.question(sceneSeed(runSeed, first + uint64_t(i)), sizes.picture,
                                            sizes.reference));
    std::vector<const Picture *> targets, candidates;
    std::vector<std::string> captions, queries;
    std::vector<int64_t> relation;
    for (const ReferenceQuestion &question : questions) {
        targets.push_back(&question.target);
        captions.insert(captions.end(), {question.plainEn, question.plainZh});
        queries.insert(queries.end(),
                       {question.kindEn, question.kindZh, question.lookEn, question.lookZh});
        for (const auto &candidate : question.candidates) {
            candidates.push_back(&candidate.picture);
            relation.push_back(candidate.sameDesign ? 2 : candidate.sameFamily ? 1 : 0);
        }
    }
    QuestionRows rows;
    rows.targets = bytesOf(targets);
    rows.captions = idRows(tokenizer, captions, 2);
    rows.queries = idRows(tokenizer, queries, queryTexts);
    rows.candidates =
        bytesOf(candidates).view({count, questionCandidates, 3, sizes.reference, sizes.reference});
    rows.relation = at::tensor(relation).view({count, questionCandidates});
    return rows;
}

Painter::Painter(std::shared_ptr<Encoders> encoders, std::shared_ptr<nn::AutoencoderKL> autoencoder,
                 std::shared_ptr<Generator> generator, at::ScalarType dtype)
    : m_encoders(std::move(encoders)), m_autoencoder(std::move(autoencoder)),
      m_generator(std::move(generator)), m_dtype(dtype)
{
    const at::NoGradGuard noGrad;
    convert(*m_generator, dtype);
    convert(*m_autoencoder, dtype);
    const auto config =
        diffusion::samplerConfigFromJson(schedulerShape(), diffusion::SamplerKind::Ddim);
    m_alphas = at::tensor(diffusion::alphasCumprod(*config));
}

at::Tensor Painter::help(const QuestionRows &questions, uint64_t seed) const
{
    const at::NoGradGuard noGrad;
    constexpr int64_t times = std::size(askedTimesteps);
    const int64_t count = questions.size(), candidates = questionCandidates;
    const at::Tensor latents =
        m_autoencoder->toModel(m_autoencoder->encode(unpacked(questions.targets).to(m_dtype)).mean)
            .to(at::kFloat);
    auto generator = at::detail::createCPUGenerator(seed);
    const at::Tensor timesteps = at::tensor(at::ArrayRef<int64_t>(askedTimesteps)); // [T]
    const at::Tensor help = at::empty({count, candidates});
    for (int64_t i = 0; i < count; ++i) {
        // Rows: candidate by candidate, each at all timesteps.
        const auto seen = m_encoders->vision->forward(unpacked(questions.candidates[i]));
        const auto &hidden = seen.hiddenStates;
        const auto repeated = [&](const at::Tensor &rows) {
            return rows.repeat_interleave(times, 0);
        };
        GeneratorBatch batch;
        const auto language = at::randint(2, {1}, generator, at::kLong).item<int64_t>();
        batch.ids = questions.captions[i][language].to(at::kLong).expand({candidates * times, -1});
        batch.latents = latents[i].unsqueeze(0).expand({candidates * times, -1, -1, -1});
        batch.states = repeated(hidden[hidden.size() - 2].unsqueeze(1)); // [R,1,T,D]
        batch.weights = at::ones({candidates * times, 1});
        batch.pooled = repeated(seen.imageEmbeds / seen.imageEmbeds.norm(2, -1, true));
        std::vector<int64_t> shape = latents.sizes().vec();
        shape[0] = times;
        const at::Tensor noise = at::randn(shape, generator);
        const at::Tensor losses = denoisingLoss(*m_generator, *m_encoders->text, batch, m_alphas,
                                                timesteps.repeat({candidates}),
                                                noise.repeat({candidates, 1, 1, 1}), m_dtype);
        help[i] = -losses.view({candidates, times}).mean(1);
    }
    return help;
}

double helpFound(const at::Tensor &scores, const at::Tensor &help, const at::Tensor &among)
{
    constexpr double far = 1e9;
    const at::Tensor out = among.logical_not();
    const at::Tensor share = among.to(at::kFloat);
    const at::Tensor mean = (help * share).sum(1) / share.sum(1).clamp_min(1);
    const at::Tensor best = std::get<0>(help.masked_fill(out, -far).max(1));
    const at::Tensor first = scores.masked_fill(out, -far).argmax(1, true);
    const at::Tensor found = help.gather(1, first).squeeze(1);
    return ((found - mean).sum() / (best - mean).sum().clamp_min(1e-12)).item<double>();
}

} // namespace moodloom::training
