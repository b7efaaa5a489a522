#include "core/diffusion/SigmaWalk.h"

#include "core/diffusion/NoiseSchedule.h"
#include "core/diffusion/Prediction.h"
#include "core/diffusion/SigmaSchedule.h"

#include <algorithm>
#include <cmath>

namespace moodloom::diffusion {
namespace {

std::vector<double> shapedBetween(const SamplerConfig &config, double sigmaMax, double sigmaMin,
                                  int steps)
{
    if (config.shape == SigmaShape::Lu) // always over the whole range
        return shapedSigmas(config.shape, sigmaMax, sigmaMin, steps);
    return shapedSigmas(config.shape, config.sigmaMax.value_or(sigmaMax),
                        config.sigmaMin.value_or(sigmaMin), steps);
}

void roundToFloat(std::vector<double> &values)
{
    for (double &value : values)
        value = float(value);
}

double shifted(double sigma, double shift)
{
    return shift * sigma / (1 + (shift - 1) * sigma);
}

// By the shift of the config or, where that is dynamic, of the run.
void shiftFlow(const SamplerConfig &config, std::vector<double> &sigmas, double shift)
{
    if (config.dynamicShift)
        shift = config.timeShift == TimeShift::Exponential ? std::exp(*config.mu) : *config.mu;
    for (double &sigma : sigmas)
        sigma = shifted(sigma, shift);
}

void stretchToTerminal(std::vector<double> &sigmas, double terminal)
{
    const double factor = (1 - sigmas.back()) / (1 - terminal);
    for (double &sigma : sigmas)
        sigma = 1 - (1 - sigma) / factor;
}

// How many training timesteps at the noisy end have a lambda below the config's bound.
int clippedTimesteps(const SamplerConfig &config)
{
    int clipped = 0;
    for (const double sigma : sigmaTable(config))
        clipped += -std::log(sigma) < config.lambdaMinClipped;
    return clipped;
}

bool dpmSolver(const SamplerConfig &config)
{
    return config.kind == SamplerKind::DpmSolver || config.kind == SamplerKind::DpmSolverSingle;
}

std::vector<double> flowSigmas(const SamplerConfig &config, int steps)
{
    std::vector<double> sigmas;
    // In the reference's order of operations: timesteps are these times T, with the fraction cut
    // off.
    const double low = 1.0 / config.trainSteps, stride = (low - 1) / steps;
    for (int i = 0; i < steps; ++i) {
        if (config.kind != SamplerKind::UniPc)
            sigmas.push_back(1 - (i == 0 ? low : (steps - i) * stride + 1));
        else if (config.flowSpacing == FlowSpacing::OverTraining)
            sigmas.push_back(i * stride + 1);
        else
            sigmas.push_back(1 - double(i) / steps);
    }
    shiftFlow(config, sigmas, config.flowShift);
    if (config.kind == SamplerKind::UniPc) {
        if (config.shiftTerminal)
            stretchToTerminal(sigmas, *config.shiftTerminal);
        if (std::abs(sigmas[0] - 1) < 1e-6)
            sigmas[0] -= 1e-6; // lambda must be finite
    }
    return sigmas;
}

} // namespace

SigmaWalk sigmaWalk(const SamplerConfig &config, int steps)
{
    const auto table = sigmaTable(config);
    SigmaWalk walk;
    walk.timesteps = spacedTimesteps(config.spacing, config.trainSteps, steps, config.stepsOffset,
                                     0, Rounding::None);
    if (config.interpolation == Interpolation::LogLinear) {
        walk.sigmas = shapedSigmas(SigmaShape::Exponential, table.back(), table.front(), steps + 1);
    } else {
        for (const double t : walk.timesteps)
            walk.sigmas.push_back(sigmaAt(table, t));
    }
    if (config.shape != SigmaShape::Trained) {
        walk.sigmas = shapedBetween(config, walk.sigmas.front(), walk.sigmas.back(), steps);
        for (int i = 0; i < steps; ++i)
            walk.timesteps[size_t(i)] = timestepAt(table, walk.sigmas[size_t(i)]);
    }
    walk.sigmas.push_back(config.finalSigma == FinalSigma::SigmaMin ? table.front() : 0.0);
    roundToFloat(walk.sigmas);
    return walk;
}

SigmaWalk lambdaWalk(const SamplerConfig &config, int steps)
{
    const auto table = sigmaTable(config);
    const Spacing spacing =
        config.kind == SamplerKind::DpmSolverSingle ? Spacing::Linspace : config.spacing;
    SigmaWalk walk;
    walk.timesteps = spacedTimesteps(spacing, config.trainSteps, steps, config.stepsOffset,
                                     spacing == Spacing::Trailing ? 0 : 1, Rounding::Whole,
                                     dpmSolver(config) ? clippedTimesteps(config) : 0);
    if (config.shape != SigmaShape::Trained) {
        walk.sigmas = shapedBetween(config, table.back(), table.front(), steps);
        walk.timesteps.assign(size_t(steps), 0);
        // Karras and Lu round, the others cut off: what released pipelines were tuned with.
        const bool rounds =
            (config.shape == SigmaShape::Karras || config.shape == SigmaShape::Lu) &&
            !(config.kind == SamplerKind::DpmSolver &&
              config.betaSchedule == BetaSchedule::SquaredCosine);
        for (size_t i = 0; i < walk.sigmas.size(); ++i) {
            double &sigma = walk.sigmas[i];
            if (config.flowSigmas) {
                sigma /= sigma + 1;
                walk.timesteps[i] = std::floor(sigma * config.trainSteps);
            } else {
                const double t = timestepAt(table, sigma);
                walk.timesteps[i] = rounds ? std::nearbyint(t) : std::floor(t);
            }
        }
    } else if (config.flowSigmas) {
        walk.sigmas = flowSigmas(config, steps);
        walk.timesteps.clear();
        for (const double sigma : walk.sigmas)
            walk.timesteps.push_back(std::floor(sigma * config.trainSteps));
    } else {
        for (const double t : walk.timesteps)
            walk.sigmas.push_back(sigmaAt(table, t));
    }
    // The smallest sigma is the schedule's or, for DEIS and UniPC on other levels, the last one.
    const bool ownLevels = config.shape != SigmaShape::Trained || config.flowSigmas;
    const double smallest = ownLevels && !dpmSolver(config) ? walk.sigmas.back() : table.front();
    const bool zero = config.finalSigma == FinalSigma::Zero && config.kind != SamplerKind::Deis;
    walk.sigmas.push_back(zero ? 0.0 : smallest);
    roundToFloat(walk.sigmas);
    return walk;
}

SigmaWalk flowWalk(const SamplerConfig &config, int steps)
{
    SigmaWalk walk;
    const double low = 1.0 / config.trainSteps;
    // The ends of the training schedule are shifted ones already.
    const double high = 1,
                 first = config.dynamicShift ? low : float(shifted(low, config.flowShift));
    for (int i = 0; i < steps; ++i) {
        if (config.flowSpacing == FlowSpacing::OverSteps)
            walk.sigmas.push_back(1 - double(i) / steps);
        else
            walk.sigmas.push_back(steps == 1 ? high : high + (first - high) * i / (steps - 1));
    }
    shiftFlow(config, walk.sigmas, config.flowShift);
    if (config.shiftTerminal)
        stretchToTerminal(walk.sigmas, *config.shiftTerminal);
    if (config.shape != SigmaShape::Trained)
        walk.sigmas = shapedBetween(config, walk.sigmas.front(), walk.sigmas.back(), steps);
    if (config.invertSigmas)
        for (double &sigma : walk.sigmas)
            sigma = 1 - sigma;
    roundToFloat(walk.sigmas);
    for (const double sigma : walk.sigmas)
        walk.timesteps.push_back(sigma * config.trainSteps);
    walk.sigmas.push_back(config.invertSigmas ? 1.0 : 0.0);
    return walk;
}

} // namespace moodloom::diffusion
