// A ControlNet (Zhang et al. 2023): a copy of the U-Net's way down that sees a control picture
// (edges, depth, a pose) and adds what it makes of it to the U-Net's skips and middle.
#pragma once

#include "core/nn/ControlNetConfig.h"
#include "core/nn/ControlResiduals.h"
#include "core/nn/UNetTrunk.h"

namespace moodloom::nn {

// Even: all residuals count the same. Graded ("guess mode"): from a tenth at the first skip to the
// whole in the middle, evenly on a logarithmic scale, for runs without a prompt. Networks that pool
// are never graded.
enum class ControlGrading { Even, Graded };

class ControlPictureEmbedding;

class ControlNetModel : public UNetTrunk
{
public:
    using Config = ControlNetConfig;
    explicit ControlNetModel(const Config &config);
    const Config &config() const { return m_config; }

    // The control picture's features, once for a run. pictures RGB [B,C,H,W] in 0..1, H and W
    // factor() times the latents' -> [B,channels[0],h,w].
    Tensor embed(const Tensor &pictures) const;

    // sample and timestep as the U-Net gets them; `conditioning` from this network's prepare(),
    // without references; `picture` from embed(), of one picture or as many as the sample.
    ControlResiduals forward(const Tensor &sample, const Tensor &timestep,
                             const PreparedConditioning &conditioning, const Tensor &picture,
                             double scale = 1, ControlGrading grading = ControlGrading::Even) const;

private:
    Config m_config;
    std::shared_ptr<ControlPictureEmbedding> m_embedding;
    std::shared_ptr<List<Conv2d>> m_skips; // the "zero convolutions", trained from zero
    std::shared_ptr<Conv2d> m_middle;
};

} // namespace moodloom::nn
