// Text and vision encoders, trained jointly and contrastively (Radford et al. 2021): a picture and its
// caption, in English and in Chinese, get near vectors; so do a picture and a reference that shows the
// same design elsewhere. Beside that every patch token tells the colours of its patch, so that local
// appearance is in what the generator sees of a reference.
#pragma once

#include "core/models/Tokenizer.h"
#include "core/nn/ClipTextModel.h"
#include "core/nn/ClipVisionModel.h"
#include "core/training/ScenePool.h"
#include "core/training/Stage.h"

#include <map>
#include <string>
#include <vector>

namespace moodloom::training {

struct EncoderBatch // row i of all four belongs together
{
    at::Tensor pictures, references; // fp32 [B,3,S,S] in -1..1
    at::Tensor english, chinese;     // int64 [B,L]
};
EncoderBatch makeBatch(const SceneRows &rows);

class Encoders : public torch::nn::Module
{
public:
    Encoders(const nn::ClipTextConfig &text, const nn::ClipVisionConfig &vision);

    std::shared_ptr<nn::ClipTextModel> text;
    std::shared_ptr<nn::ClipVisionModel> vision;

    struct Losses
    {
        at::Tensor english, chinese, design, colour; // scalars
    };
    // `dtype` is that of the vision activations.
    Losses losses(const EncoderBatch &batch, at::ScalarType dtype = at::kFloat) const;
    // Sets the temperature to what suits the batch best: an imported state has lost it.
    void fitTemperature(const EncoderBatch &batch);
    // Shares of the batch that find their own picture: recall1_en, recall1_zh, recall5_en by their
    // caption, recall1_design by their reference.
    std::map<std::string, double> recall(const EncoderBatch &batch) const;

private:
    at::Tensor m_logScale;                 // [] ln of the inverse temperature
    std::shared_ptr<nn::Linear> m_colours; // patch token -> 2x2 mean colours
};

// Token ids of texts, padded to `length`, or to the longest of them where that is 0.
at::Tensor tokenBatch(const models::Tokenizer &tokenizer, const std::vector<std::string> &texts,
                      int length = 0);

// The share of rows of `a` [N,D] whose partner in `b` is among the k most similar rows of `b`.
double recallAt(int k, const at::Tensor &a, const at::Tensor &b);

// Trains "encoders" on the pool's scenes; `held` are others, to measure with. Requires: the pool and
// the options name one device. Errors: those of the state on disk.
Result<void> trainEncoders(ScenePool &scenes, const SceneRows &held, const models::Tokenizer &tokenizer,
                           const StageOptions &options);

// What only training needs: an exported model, and a state that was imported from one, lacks it.
inline const std::vector<std::string> encoderHeads{"log_scale", "patch_colours"};

// The averaged encoders of a state: "encoders", or those for searching, "retrieval". Errors: NotFound,
// Mismatch.
Result<std::shared_ptr<Encoders>> loadEncoders(const std::string &folder,
                                               const models::Tokenizer &tokenizer,
                                               at::Device device = at::kCPU,
                                               const std::string &name = "encoders");

} // namespace moodloom::training
