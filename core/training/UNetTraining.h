// The generator: the U-Net with its cross-attention to text and, from the first step on, to reference
// pictures through the IP-Adapter form of attention.
//
// v-prediction at zero terminal SNR (arXiv:2202.00512, arXiv:2305.08891). Text, references or both are
// left out now and then, which is what guidance needs; where references are there, half of the
// captions say nothing of looks, so that looks can only come from the references; and sometimes a
// reference of something else is among them, so that only what the text asks for is taken up.
#pragma once

#include "core/nn/ClipTextModel.h"
#include "core/nn/UNet2DConditionModel.h"
#include "core/training/EncoderTraining.h"
#include "core/training/LatentPool.h"
#include "core/training/Stage.h"

namespace moodloom::training {

class Generator : public torch::nn::Module
{
public:
    Generator();
    std::shared_ptr<nn::UNet2DConditionModel> unet;
    std::shared_ptr<nn::IpAdapter> adapter;
};

// What a batch of scenes is conditioned on.
struct GeneratorBatch
{
    at::Tensor latents;   // [B,C,h,w] fp32
    at::Tensor ids;       // int64 [B,L]
    at::Tensor states;    // [B,N,T,D] bf16: what the vision encoder sees of N references
    at::Tensor weights;   // fp32 [B,N]: 1 where there is a reference
    at::Tensor pooled;    // fp32 [B,P]: their pooled embedding
};

struct Dropout
{
    double everything = 0.08, text = 0.07, references = 0.22;
    double second = 0.15;           // of the second reference alone
    double distractor = 0.10;       // of the samples with references
    double plainWithReference = 0.5, plainAlone = 0.15;
};

// `emptyIds` int64 [L]: the encoded empty text, padded in full, as painting does: attention goes over
// the padding too.
GeneratorBatch makeBatch(const LatentRows &rows, const at::Tensor &emptyIds, const Dropout &dropout);

// The loss of one batch, [B], at `timesteps` (int64 [B]) with unit `noise` like the latents
// (see DenoisingLoss.h).
at::Tensor denoisingLoss(const Generator &generator, const nn::ClipTextModel &text,
                         const GeneratorBatch &batch, const at::Tensor &alphas,
                         const at::Tensor &timesteps, const at::Tensor &noise, at::ScalarType dtype);

// Trains "unet" on the pool's scenes, which it takes in order. Requires: the pool, the networks and the
// options name one device. Errors: those of the state on disk.
Result<void> trainUNet(ScenePool &scenes, const models::Tokenizer &tokenizer,
                       std::shared_ptr<Encoders> encoders, std::shared_ptr<nn::AutoencoderKL> autoencoder,
                       const LatentPool::Options &pooling, const StageOptions &options);

} // namespace moodloom::training
