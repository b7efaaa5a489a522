// How a network is told the timestep: sinusoids (Vaswani et al. 2017) through a small MLP.
#pragma once

#include "core/nn/Layers.h"

#include <optional>

namespace moodloom::nn {

enum class SinusoidOrder { CosineFirst, SineFirst }; // flip_sin_to_cos true, false

// timesteps [B] of any dtype -> fp32 [B,dim]; an odd dim ends with a zero. `shift` is
// downscale_freq_shift.
Tensor timestepSinusoids(const Tensor &timesteps, int64_t dim, SinusoidOrder order, double shift);

// Random Fourier features (Tancik et al. 2020): cosine and sine of 2 pi t w, with frequencies w
// from the file.
class FourierFeatures : public torch::nn::Module
{
public:
    FourierFeatures(int64_t dim, SinusoidOrder order);
    Tensor forward(const Tensor &timesteps) const; // [B] -> fp32 [B,dim]

private:
    SinusoidOrder m_order;
    Tensor m_frequencies; // [dim/2]
};

class TimestepEmbedding : public torch::nn::Module
{
public:
    // conditionDim > 0 adds a bias-free projection of a further condition (guidance embeddings).
    TimestepEmbedding(int64_t in, int64_t out, Activation activation, int64_t conditionDim = 0,
                      std::optional<Activation> last = std::nullopt);
    Tensor forward(const Tensor &x, const Tensor &condition = {}) const; // [B,in] -> [B,out]

private:
    Activation m_activation;
    std::optional<Activation> m_last;
    std::shared_ptr<Linear> m_linear1, m_linear2, m_condition;
};

} // namespace moodloom::nn
