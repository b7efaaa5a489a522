#include "core/diffusion/Sampler.h"

#include "core/diffusion/DdimSampler.h"
#include "core/diffusion/DpmSolverSampler.h"
#include "core/diffusion/EulerSampler.h"

#include <algorithm>

namespace moodloom::diffusion {

at::Tensor Sampler::modelInput(const at::Tensor &sample, int) const
{
    return sample;
}

int Sampler::firstStep(double strength) const
{
    return std::max(0, steps() - std::min(int(steps() * strength), steps()));
}

Result<std::unique_ptr<Sampler>> makeSampler(const SamplerConfig &config, int steps)
{
    if (steps < 1 || steps > config.trainSteps)
        return fail(ErrorCode::Invalid, "steps",
                    "must be between 1 and " + std::to_string(config.trainSteps));
    std::unique_ptr<Sampler> sampler;
    switch (config.kind) {
    case SamplerKind::Ddim:
        if (config.prediction == Prediction::Flow)
            return fail(ErrorCode::Unsupported, "ddim", "flow_prediction needs the DPM-Solver sampler");
        sampler = std::make_unique<DdimSampler>(config, steps);
        break;
    case SamplerKind::Euler:
        if (config.prediction == Prediction::Sample)
            return fail(ErrorCode::Unsupported, "euler",
                        "networks that predict the sample itself need ddim or dpm++2m");
        sampler = std::make_unique<EulerSampler>(config, steps);
        break;
    case SamplerKind::DpmSolver:
        sampler = std::make_unique<DpmSolverSampler>(config, steps);
        break;
    }
    return sampler;
}

} // namespace moodloom::diffusion
