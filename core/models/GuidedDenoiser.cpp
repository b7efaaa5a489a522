#include "core/models/GuidedDenoiser.h"

#include "core/diffusion/Guidance.h"

namespace moodloom::models {

GuidedDenoiser::GuidedDenoiser(const Pipeline &pipeline, Conditioning conditioning, double guidance,
                               double rescale, Controls controls, const Tensor &inpainting)
    : m_pipeline(pipeline), m_conditioning(std::move(conditioning)), m_guidance(guidance),
      m_rescale(rescale), m_controls(std::move(controls))
{
    const int64_t batch = m_conditioning.guided ? 2 : 1;
    if (inpainting.defined())
        m_inpainting = inpainting.to(pipeline.dtype).expand({batch, -1, -1, -1});
    const int64_t width = m_pipeline.unet->config().timeConditionDim;
    if (width == 0)
        return;
    // Distilled models are told the guidance (Meng et al. 2023): what the negative half says is
    // in their weights.
    const Tensor strength = at::full({batch}, 1000 * (guidance - 1), at::kFloat);
    m_conditioning.prepared.source.timestepCondition =
        nn::timestepSinusoids(strength, width, nn::SinusoidOrder::SineFirst, 1)
            .to(m_pipeline.device, m_pipeline.dtype);
    m_guidance = 1;
    m_rescale = 0;
}

Tensor GuidedDenoiser::operator()(const Tensor &x, double timestep) const
{
    const at::NoGradGuard noGrad;
    const Tensor input = x.to(m_pipeline.dtype);
    const Tensor t = at::full({1}, timestep, x.options().dtype(at::kFloat)); // made there: no wait
    const Tensor batch = m_conditioning.guided ? at::cat({input, input}, 0) : input;
    const Tensor seen = m_inpainting.defined() ? at::cat({batch, m_inpainting}, 1) : batch;
    const Tensor out =
        m_pipeline.unet->forward(seen, t, m_conditioning.prepared, m_controls.residuals(batch, t))
            .to(at::kFloat);
    if (!m_conditioning.guided)
        return out;
    const auto halves = out.chunk(2, 0);
    return diffusion::guide(halves[0], halves[1], m_guidance, m_rescale);
}

} // namespace moodloom::models
