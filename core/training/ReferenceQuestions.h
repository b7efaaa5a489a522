// Asks a trained generator which references help it: the loss of painting a known picture under the
// same noise, with one candidate after the other as its reference. What a search should put first
// is what helps the painter most, not what merely looks like the words (iRAG; the same idea for
// language models: REPLUG, Shi et al. 2023, section 4).
#pragma once

#include "core/models/Tokenizer.h"
#include "core/training/UNetTraining.h"

#include <span>

namespace moodloom::training {

// What a thing may be looked up by, in the order of their rows.
enum class QueryText { KindEnglish, KindChinese, LookEnglish, LookChinese };
inline constexpr int64_t queryTexts = 4;

struct QuestionRows
{
    at::Tensor targets;    // uint8 [N,3,S,S]
    at::Tensor captions;   // int32 [N,2,L]: of the targets, English and Chinese, nothing of looks
    at::Tensor queries;    // int32 [N,queryTexts,L]
    at::Tensor candidates; // uint8 [N,questionCandidates,3,R,R]
    at::Tensor relation; // int64 [N,questionCandidates]: 2 the same design, 1 the family, 0 neither

    int64_t size() const { return targets.size(0); }
};

// Questions `first` ... `first` + count - 1 of a run. Safe from any thread.
QuestionRows drawQuestions(const SceneSource &source, const models::Tokenizer &tokenizer,
                           uint64_t runSeed, uint64_t first, int64_t count,
                           const SceneSizes &sizes);

// A generator that answers such questions. Frozen; const use from several threads.
class Painter
{
public:
    // Takes the networks over: their weights become `dtype`.
    Painter(std::shared_ptr<Encoders> encoders, std::shared_ptr<nn::AutoencoderKL> autoencoder,
            std::shared_ptr<Generator> generator, at::ScalarType dtype);

    // How much each candidate helps: minus the loss of painting the target with it, at a few
    // timesteps where shape and colours are decided, the same noise for all. fp32 [N,candidates];
    // only differences within a row mean anything. Deterministic in `seed`.
    at::Tensor help(const QuestionRows &questions, uint64_t seed) const;

private:
    std::shared_ptr<Encoders> m_encoders;
    std::shared_ptr<nn::AutoencoderKL> m_autoencoder;
    std::shared_ptr<Generator> m_generator;
    at::Tensor m_alphas;
    at::ScalarType m_dtype;
};

// How much of the help that is there an order finds: the help of the first by `scores` above the
// mean, as a share of what the best one gives, over all questions. Candidates where `among` is
// false do not count. 1 = always the best one, 0 = no better than chance.
double helpFound(const at::Tensor &scores, const at::Tensor &help, const at::Tensor &among);

} // namespace moodloom::training
