#include "core/diffusion/Sampler.h"

#include "core/diffusion/DdimSampler.h"
#include "core/diffusion/DdpmSampler.h"
#include "core/diffusion/DeisSampler.h"
#include "core/diffusion/DpmSolverSampler.h"
#include "core/diffusion/DpmSolverSingleSampler.h"
#include "core/diffusion/EulerAncestralSampler.h"
#include "core/diffusion/EulerSampler.h"
#include "core/diffusion/FlowEulerSampler.h"
#include "core/diffusion/HeunSampler.h"
#include "core/diffusion/LcmSampler.h"
#include "core/diffusion/LmsSampler.h"
#include "core/diffusion/PndmSampler.h"
#include "core/diffusion/TcdSampler.h"
#include "core/diffusion/UniPcSampler.h"

#include <algorithm>

namespace moodloom::diffusion {
namespace {

bool thinksInAlphas(SamplerKind kind)
{
    return kind == SamplerKind::Ddim || kind == SamplerKind::Ddpm || kind == SamplerKind::Pndm ||
           kind == SamplerKind::Lcm || kind == SamplerKind::Tcd;
}

bool overLambda(SamplerKind kind)
{
    return kind == SamplerKind::DpmSolver || kind == SamplerKind::DpmSolverSingle ||
           kind == SamplerKind::Deis || kind == SamplerKind::UniPc;
}

Result<void> checkPrediction(const SamplerConfig &c)
{
    const std::string name = samplerClassName(c.kind);
    if (c.kind == SamplerKind::FlowEuler) {
        if (c.prediction != Prediction::Flow)
            return fail(ErrorCode::Unsupported, name,
                        "it is for networks that predict a flow; choose another");
    } else if (c.prediction == Prediction::Flow && !(overLambda(c.kind) && c.flowSigmas)) {
        return fail(ErrorCode::Unsupported, name,
                    "flow_prediction needs the flow sampler, or DPM-Solver, DEIS or UniPC with "
                    "use_flow_sigmas");
    }
    if (c.kind == SamplerKind::Pndm && c.prediction == Prediction::Sample)
        return fail(ErrorCode::Unsupported, name,
                    "networks that predict the sample itself need another sampler, such as DDIM");
    return {};
}

Result<void> checkSteps(const SamplerConfig &c, int steps)
{
    int most = c.trainSteps;
    if (c.kind == SamplerKind::Lcm || c.kind == SamplerKind::Tcd)
        most = std::min(most, c.originalSteps);
    else if (overLambda(c.kind))
        most -= 1; // one more level is needed as the end
    const int fewest = c.kind == SamplerKind::Pndm && !c.skipRungeKutta ? 4 : 1;
    if (steps < fewest || steps > most)
        return fail(ErrorCode::Invalid, "steps",
                    "must be between " + std::to_string(fewest) + " and " + std::to_string(most));
    return {};
}

std::unique_ptr<Sampler> make(const SamplerConfig &config, int steps)
{
    switch (config.kind) {
    case SamplerKind::Ddim:
        return std::make_unique<DdimSampler>(config, steps);
    case SamplerKind::Ddpm:
        return std::make_unique<DdpmSampler>(config, steps);
    case SamplerKind::Pndm:
        return std::make_unique<PndmSampler>(config, steps);
    case SamplerKind::Euler:
        return std::make_unique<EulerSampler>(config, steps);
    case SamplerKind::EulerAncestral:
        return std::make_unique<EulerAncestralSampler>(config, steps);
    case SamplerKind::Heun:
        return std::make_unique<HeunSampler>(config, steps);
    case SamplerKind::Lms:
        return std::make_unique<LmsSampler>(config, steps);
    case SamplerKind::DpmSolver:
        return std::make_unique<DpmSolverSampler>(config, steps);
    case SamplerKind::DpmSolverSingle:
        return std::make_unique<DpmSolverSingleSampler>(config, steps);
    case SamplerKind::Deis:
        return std::make_unique<DeisSampler>(config, steps);
    case SamplerKind::UniPc:
        return std::make_unique<UniPcSampler>(config, steps);
    case SamplerKind::Lcm:
        return std::make_unique<LcmSampler>(config, steps);
    case SamplerKind::Tcd:
        return std::make_unique<TcdSampler>(config, steps);
    case SamplerKind::FlowEuler:
        return std::make_unique<FlowEulerSampler>(config, steps);
    }
    return nullptr;
}

} // namespace

at::Tensor Sampler::modelInput(const at::Tensor &sample, int) const
{
    return sample;
}

int Sampler::firstStep(double strength) const
{
    const int nominal = nominalSteps();
    return std::max(0, nominal - std::min(int(nominal * strength), nominal));
}

Result<std::unique_ptr<Sampler>> makeSampler(const SamplerConfig &config, int steps)
{
    for (const auto &check : {checkPrediction(config), checkSteps(config, steps)})
        if (!check)
            return fail(check.error());
    if (config.dynamicShift && !config.mu)
        return fail(ErrorCode::Unsupported, samplerClassName(config.kind),
                    "use_dynamic_shifting needs the shift of the run, mu");
    auto sampler = make(config, steps);
    // With zero terminal SNR, samplers that think in alphas start where nothing of the signal is
    // left. What a network that predicts noise says of the signal there is infinite, unless
    // limited.
    const bool fromNothing = config.zeroTerminalSnr && thinksInAlphas(config.kind) &&
                             sampler->timesteps().front() >= config.trainSteps - 1;
    const bool isLimited = config.clipSample || config.thresholding;
    if (fromNothing && config.prediction == Prediction::Epsilon && !isLimited)
        return fail(ErrorCode::Unsupported, samplerClassName(config.kind),
                    "with rescale_betas_zero_snr a network that predicts noise says nothing at the "
                    "first timestep; choose another sampler, or leading timestep_spacing");
    if (fromNothing && config.kind == SamplerKind::Pndm)
        return fail(
            ErrorCode::Unsupported, samplerClassName(config.kind),
            "it cannot begin where no signal is left (rescale_betas_zero_snr); choose another "
            "sampler, such as DDIM");
    return sampler;
}

} // namespace moodloom::diffusion
