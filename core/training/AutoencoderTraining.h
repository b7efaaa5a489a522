// The autoencoder between pictures and latents (Rombach et al. 2022, section 3.1), trained on drawn
// scenes: absolute error with colour differences weighted up, edges, and a faint pull of the latents
// towards a normal distribution.
#pragma once

#include "core/nn/AutoencoderKL.h"
#include "core/training/ScenePool.h"
#include "core/training/Stage.h"

namespace moodloom::training {

// Mean absolute error of brightness, of colour (twice) and of horizontal and vertical differences.
at::Tensor pictureLoss(const at::Tensor &ours, const at::Tensor &truth);

// Peak signal-to-noise ratio in dB of pictures in -1..1.
double peakSignalToNoise(const at::Tensor &ours, const at::Tensor &truth);

// How well an autoencoder gives pictures back.
struct Reconstruction
{
    double together = 0; // peak signal-to-noise ratio of all pixels, in dB: what is hard weighs most
    double mean = 0;     // mean over pictures of each one's ratio, in dB: the usual figure
    double least = 0;    // of the worst picture
    double edges = 0;    // least-squares slope of neighbours' differences on the true ones; 1 = as steep
};
// `pictures` [N,3,S,S] in -1..1, from their latents' means. Requires: N > 0.
Reconstruction reconstruction(nn::AutoencoderKL &autoencoder, const at::Tensor &pictures);

// Scenes of a seed as [count,3,S,S] in -1..1.
at::Tensor heldPictures(const SceneSource &source, uint64_t seed, int count);

// Which half learns. Once a generator has been trained on the latents, only the decoder may change.
enum class AutoencoderPart { Both, Decoder };

// Trains "autoencoder" on the pool's pictures; `held` [N,3,S,S] are others, to measure with. Requires:
// the pool and the options name one device. Errors: those of the state on disk.
Result<void> trainAutoencoder(ScenePool &scenes, const at::Tensor &held, AutoencoderPart part,
                              const StageOptions &options);

// Rewrites quant_conv and post_quant_conv so that each channel of the latents of `pictures` has mean 0
// and deviation 1, while decode(encode(x)) stays what it was. Requires: both convolutions.
void normalizeLatents(nn::AutoencoderKL &autoencoder, const at::Tensor &pictures);

// The averaged autoencoder of a state, with normalised latents (always the same for one state).
// Errors: NotFound, Mismatch.
Result<std::shared_ptr<nn::AutoencoderKL>> loadAutoencoder(const std::string &folder,
                                                           const SceneSource &source,
                                                           at::Device device = at::kCPU);

} // namespace moodloom::training
