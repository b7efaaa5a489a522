// The U-Net as samplers want it: one call gives the guided output for one latent.
//
// Not thread-safe; refers to the pipeline, which must outlive it.
#pragma once

#include "core/models/Control.h"

namespace moodloom::models {

class GuidedDenoiser
{
public:
    // guidance 1 needs conditioning without the negative half; rescale: see diffusion::guide().
    // Models that take the guidance as an input (time_cond_proj_dim) get it that way; the negative
    // half is then without effect.
    // `inpainting` is that of inpaintingInput(), for models that are made for it.
    GuidedDenoiser(const Pipeline &pipeline, Conditioning conditioning, double guidance,
                   double rescale = 0, Controls controls = {}, const Tensor &inpainting = {});

    // x [1,C,h,w] fp32 on the pipeline's device -> the model's output, fp32. Both halves run as one
    // batch.
    Tensor operator()(const Tensor &x, double timestep) const;

private:
    const Pipeline &m_pipeline;
    Conditioning m_conditioning;
    double m_guidance, m_rescale;
    Controls m_controls;
    Tensor m_inpainting; // [1 or 2,1+C,h,w], or undefined
};

} // namespace moodloom::models
