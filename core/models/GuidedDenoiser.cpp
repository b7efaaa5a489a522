#include "core/models/GuidedDenoiser.h"

#include "core/diffusion/Guidance.h"

namespace moodloom::models {

GuidedDenoiser::GuidedDenoiser(const Pipeline &pipeline, Conditioning conditioning, double guidance,
                               double rescale)
    : m_pipeline(pipeline), m_conditioning(std::move(conditioning)), m_guidance(guidance),
      m_rescale(rescale)
{
}

Tensor GuidedDenoiser::operator()(const Tensor &x, double timestep) const
{
    const at::NoGradGuard noGrad;
    const Tensor input = x.to(m_pipeline.dtype);
    const Tensor t = at::full({1}, timestep, at::kFloat);
    const Tensor batch = m_conditioning.guided ? at::cat({input, input}, 0) : input;
    const Tensor out = m_pipeline.unet->forward(batch, t, m_conditioning.prepared).to(at::kFloat);
    if (!m_conditioning.guided)
        return out;
    const auto halves = out.chunk(2, 0);
    return diffusion::guide(halves[0], halves[1], m_guidance, m_rescale);
}

} // namespace moodloom::models
