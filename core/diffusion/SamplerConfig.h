// What a scheduler_config.json says, with the defaults of the sampler that is going to use it.
//
// The same file serves every sampler: keys that one does not know are ignored, and keys that the
// file does not have take the sampler's own default, as diffusers does when a scheduler is swapped.
// Plain values.
#pragma once

#include "core/base/Result.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>

namespace moodloom::diffusion {

enum class SamplerKind {
    Ddim,     // Song et al. 2021, arXiv:2010.02502
    Euler,    // Karras et al. 2022, arXiv:2206.00364, algorithm 2
    DpmSolver // Lu et al. 2022, arXiv:2211.01095 (DPM-Solver++ 2M and relatives)
};

enum class BetaSchedule { Linear, ScaledLinear, SquaredCosine };
enum class Spacing { Leading, Trailing, Linspace };
enum class Prediction { Epsilon, Velocity, Sample, Flow };
enum class SigmaShape { Trained, Karras, Exponential, Beta, Lu, Flow };
enum class Interpolation { Linear, LogLinear };
enum class FinalSigma { Zero, SigmaMin };
enum class DpmAlgorithm { DpmSolverPP, DpmSolver, SdeDpmSolverPP };
enum class DpmSolverType { Midpoint, Heun };

struct SamplerConfig
{
    SamplerKind kind = SamplerKind::DpmSolver;

    // The noise schedule that the network was trained on.
    int trainSteps = 1000;
    double betaStart = 0.0001;
    double betaEnd = 0.02;
    BetaSchedule betaSchedule = BetaSchedule::Linear;
    bool zeroTerminalSnr = false; // arXiv:2305.08891
    Prediction prediction = Prediction::Epsilon;

    // Which of its noise levels are visited.
    Spacing spacing = Spacing::Linspace;
    int stepsOffset = 0;
    SigmaShape shape = SigmaShape::Trained;
    FinalSigma finalSigma = FinalSigma::Zero;
    std::optional<double> sigmaMin, sigmaMax; // bounds of Karras and its relatives
    double flowShift = 1.0;

    // DDIM
    bool clipSample = true;
    double clipRange = 1.0;
    bool setAlphaToOne = true;
    double eta = 0.0; // 0 deterministic, 1 as noisy as DDPM

    // Euler
    Interpolation interpolation = Interpolation::Linear;
    bool continuousTimesteps = false; // EDM-style: 0.25 ln(sigma) is what the network sees
    double churn = 0.0, churnMin = 0.0, churnMax = 1e300, churnNoise = 1.0;

    // DPM-Solver
    int order = 2; // 1..3
    DpmAlgorithm algorithm = DpmAlgorithm::DpmSolverPP;
    DpmSolverType solver = DpmSolverType::Midpoint;
    bool lowerOrderFinal = true;
    bool eulerAtFinal = false;
};

// Errors: Invalid, Unsupported; `subject` names the file in them.
Result<SamplerConfig> samplerConfigFromJson(const nlohmann::json &json, SamplerKind kind,
                                            const std::string &subject = "scheduler_config.json");

// The same for a file. Errors: also NotFound, Unreadable, Corrupt.
Result<SamplerConfig> loadSamplerConfig(const std::string &path, SamplerKind kind);

} // namespace moodloom::diffusion
