#include "core/models/PhasedDenoiser.h"

namespace moodloom::models {

// References or texts, by their numbers.
template <class One>
static std::vector<size_t> actingAt(const std::vector<One> &all, double moment)
{
    std::vector<size_t> acting;
    for (size_t i = 0; i < all.size(); ++i)
        if (all[i].weight != 0 && moment >= all[i].from && moment < all[i].to)
            acting.push_back(i);
    return acting;
}

std::vector<Phase> phasesOf(const std::vector<ReferencePicture> &references, int steps,
                            const std::vector<RegionText> &texts)
{
    std::vector<Phase> phases;
    for (int step = 0; step < steps; ++step) {
        const double middle = (step + 0.5) / steps;
        Phase phase{0, actingAt(references, middle), actingAt(texts, middle)};
        if (phases.empty() || phases.back().references != phase.references ||
            phases.back().texts != phase.texts)
            phases.push_back(std::move(phase));
        ++phases.back().steps;
    }
    return phases;
}

Result<PhasedDenoiser> PhasedDenoiser::make(const Pipeline &pipeline,
                                            const ConditioningRequest &request, Settings settings,
                                            std::stop_token stop)
{
    auto encoder = ConditioningEncoder::make(pipeline, request, stop);
    if (!encoder)
        return fail(encoder.error());
    return PhasedDenoiser(pipeline, request, *std::move(encoder), std::move(settings));
}

PhasedDenoiser::PhasedDenoiser(const Pipeline &pipeline, const ConditioningRequest &request,
                               ConditioningEncoder encoder, Settings settings)
    : m_pipeline(&pipeline), m_encoder(std::move(encoder)), m_settings(std::move(settings)),
      m_width(request.width), m_height(request.height),
      m_phases(phasesOf(request.references, m_settings.steps, request.texts))
{
}

void PhasedDenoiser::enter(const Phase &phase)
{
    m_denoiser.reset(); // its memory is free before the next one's is taken
    Conditioning conditioning = m_encoder.with(phase.references, phase.texts);
    Controls controls(*m_pipeline, m_settings.controls, conditioning, m_width, m_height);
    m_denoiser =
        std::make_unique<GuidedDenoiser>(*m_pipeline, std::move(conditioning), m_settings.guidance,
                                         0, std::move(controls), m_settings.inpainting);
    m_left = phase.steps;
}

Tensor PhasedDenoiser::operator()(const Tensor &x, double timestep)
{
    // A call too many belongs to the last phase.
    if (m_left <= 0 && m_next < m_phases.size())
        enter(m_phases[m_next++]);
    --m_left;
    return (*m_denoiser)(x, timestep);
}

} // namespace moodloom::models
