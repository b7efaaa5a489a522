// Writes what was trained as a model folder in the standard (diffusers) layout, in half precision.
#pragma once

#include "core/base/Result.h"
#include "core/nn/AutoencoderKL.h"
#include "core/training/EncoderTraining.h"
#include "core/training/UNetTraining.h"

#include <string>

namespace moodloom::training {

struct TrainedModel
{
    std::string tokenizerFolder;
    std::shared_ptr<Encoders> encoders;
    std::shared_ptr<Encoders> retrieval; // for searching alone; null = `encoders` search
    std::shared_ptr<nn::AutoencoderKL> autoencoder; // with normalised latents
    std::shared_ptr<Generator> generator;
    at::Tensor previewPictures; // [N,3,H,W]: what the latent preview is fitted to
};

// Errors: DiskFull, Unreadable. Files of an earlier export are replaced one by one.
Result<void> exportModel(const TrainedModel &model, const std::string &folder);

// Takes weights of an exported folder as the beginning of a stage that has no state yet: a run can be
// resumed from the model alone. Writes encoders, retrieval, autoencoder and unet states into
// `stateFolder` where they are missing. Errors: those of reading and writing.
Result<void> importModel(const std::string &folder, const std::string &stateFolder);

} // namespace moodloom::training
