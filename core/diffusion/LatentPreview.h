// A picture from latents in microseconds: each RGB value is a linear function of the latent channels
// at its place. Good enough to see a composition appear, not to judge it.
//
// A value; const use from any thread.
#pragma once

#include "core/base/Result.h"

#include <ATen/core/Tensor.h>

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace moodloom::diffusion {

class LatentPreview
{
public:
    // The least-squares fit of latents [N,C,h,w] (as the U-Net sees them: scaled) to pictures
    // [N,3,h*f,w*f] in -1..1, which are averaged down to h x w. Requires: N*h*w > C.
    static LatentPreview fit(const at::Tensor &latents, const at::Tensor &pictures);
    // For autoencoders without fitted factors: known ones for the four channels of SD 1.x; else
    // nothing, and previews need the decoder.
    static std::optional<LatentPreview> forChannels(int64_t channels);

    // {"factors": [[r,g,b], one row a channel], "bias": [r,g,b]}, stored beside the autoencoder.
    static Result<LatentPreview> load(const std::string &path);
    nlohmann::json json() const;

    int64_t channels() const { return int64_t(m_factors.size()) / 3; }

    // x0 [C,h,w] or [1,C,h,w] -> uint8 [h*scale, w*scale, 3] on the CPU, enlarged bilinearly.
    // Requires: C == channels().
    at::Tensor picture(const at::Tensor &x0, int scale = 1) const;

private:
    std::vector<float> m_factors; // C x 3
    std::vector<float> m_bias;    // 3
};

} // namespace moodloom::diffusion
