// Teaches the generator's text encoder to say in Chinese what it says in English: a Chinese caption
// has to make the frozen U-Net predict what the same caption makes it predict in English, which it
// paints more surely. So the generator's answer is distilled (as in Hinton et al. 2015), not the
// encoder's states, which stand in another order in another language.
#pragma once

#include "core/training/LatentPool.h"
#include "core/training/UNetTraining.h"

namespace moodloom::training {

// What the U-Net predicts for `latents` [B,C,h,w] under `noise` at `timesteps` (int64 [B]), by
// captions in one language and in the other.
struct LanguageBatch
{
    GeneratorBatch english; // its ids are the English ones
    at::Tensor chinese;     // int64 [B,L]
    at::Tensor timesteps, noise;
};

// Samples of a pool's rows, captions with looks and without, half of them with no reference.
// Timesteps where shapes are decided come more often. `emptyIds` as for makeBatch().
LanguageBatch makeLanguageBatch(const LatentRows &rows, const at::Tensor &emptyIds,
                                int64_t timesteps);

// Trains "languages", a state of encoders of which only the text's change; it begins as "names" or,
// without that, as "encoders". Requires: the networks are on the processor. Errors: those of the
// states on disk.
Result<void> trainLanguages(ScenePool &scenes, const SceneSource &source,
                            const models::Tokenizer &tokenizer,
                            std::shared_ptr<Generator> generator,
                            std::shared_ptr<nn::AutoencoderKL> autoencoder,
                            const LatentPool::Options &pooling, const StageOptions &options);

} // namespace moodloom::training
