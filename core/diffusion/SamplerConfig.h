// What a scheduler_config.json says, with the defaults of the sampler that is going to use it.
//
// The same file serves every sampler: keys that one does not know are ignored, and keys that the
// file does not have take the sampler's own default, as diffusers does when a scheduler is swapped.
// Plain values.
#pragma once

#include "core/base/Result.h"
#include "core/diffusion/SamplerKind.h"

#include <nlohmann/json_fwd.hpp>

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace moodloom::diffusion {

enum class BetaSchedule { Linear, ScaledLinear, SquaredCosine, Sigmoid, Laplace, Exponential };
enum class Spacing { Leading, Trailing, Linspace };
enum class Prediction { Epsilon, Velocity, Sample, Flow };
enum class SigmaShape { Trained, Karras, Exponential, Beta, Lu };
enum class Interpolation { Linear, LogLinear };
enum class FinalSigma { Zero, SigmaMin };
enum class DpmAlgorithm { DpmSolverPP, DpmSolver, SdeDpmSolverPP, SdeDpmSolver };
enum class DpmSolverType { Midpoint, Heun };
enum class UniPcType { Bh1, Bh2 }; // B(h) = h or e^h - 1
enum class Variance { FixedSmall, FixedLarge };
enum class TimeShift { Exponential, Linear };
// Where unshifted flow sigmas lie: over the training schedule, or from 1 down to 1 / steps.
enum class FlowSpacing { OverTraining, OverSteps };

struct SamplerConfig
{
    SamplerKind kind = SamplerKind::DpmSolver;

    // The noise schedule that the network was trained on.
    int trainSteps = 1000;
    double betaStart = 0.0001;
    double betaEnd = 0.02;
    BetaSchedule betaSchedule = BetaSchedule::Linear;
    std::vector<float> trainedBetas; // one a training step, in place of the schedule; or none
    bool zeroTerminalSnr = false;    // arXiv:2305.08891
    Prediction prediction = Prediction::Epsilon;

    // Which of its noise levels are visited.
    Spacing spacing = Spacing::Linspace;
    int stepsOffset = 0;
    SigmaShape shape = SigmaShape::Trained;
    FinalSigma finalSigma = FinalSigma::Zero;
    std::optional<double> sigmaMin, sigmaMax; // bounds of Karras and its relatives
    // Half log signal-to-noise ratios below this are not visited.
    double lambdaMinClipped = -std::numeric_limits<double>::infinity();

    // The estimate of the clean sample: kept within a range, or thresholded (arXiv:2205.11487).
    bool clipSample = false;
    double clipRange = 1.0;
    bool thresholding = false;
    double thresholdingRatio = 0.995;
    double thresholdingMax = 1.0;

    // DDIM, PNDM, LCM: whether all is signal after the last step.
    bool setAlphaToOne = true;
    // DDIM: 0 deterministic, 1 as noisy as DDPM. TCD: the share of noise that is drawn anew.
    double eta = 0.0;
    Variance variance = Variance::FixedSmall;            // DDPM
    bool skipRungeKutta = false;                         // PNDM
    int originalSteps = 50;                              // LCM, TCD: of the distillation
    double timestepScaling = 10.0;                       // LCM
    Interpolation interpolation = Interpolation::Linear; // Euler
    bool continuousTimesteps = false; // Euler, EDM-style: the network sees 0.25 ln(sigma)
    double churn = 0.0, churnMin = 0.0, churnMax = 1e300, churnNoise = 1.0; // Euler

    // DPM-Solver, DEIS, UniPC
    int order = 2;
    DpmAlgorithm algorithm = DpmAlgorithm::DpmSolverPP;
    DpmSolverType solver = DpmSolverType::Midpoint;
    bool lowerOrderFinal = true;
    bool eulerAtFinal = false;
    UniPcType uniPcType = UniPcType::Bh2;
    bool predictX0 = true;             // UniPC: of the clean sample, not of the noise
    std::vector<int> uncorrectedSteps; // UniPC: after these the corrector does not run

    // Straight paths from noise to the picture: x = (1 - sigma) signal + sigma noise.
    bool flowSigmas = false;
    double flowShift = 1.0;
    bool dynamicShift = false; // the shift is given with each run, as `mu`
    std::optional<double> mu;
    TimeShift timeShift = TimeShift::Exponential;
    FlowSpacing flowSpacing = FlowSpacing::OverTraining;
    std::optional<double> shiftTerminal; // stretched so that the last sigma is this
    bool invertSigmas = false;           // the network was trained with 1 - sigma
    bool stochastic = false;             // fresh noise at every step
};

// Errors: Invalid, Unsupported; `subject` names the file in them.
Result<SamplerConfig> samplerConfigFromJson(const nlohmann::json &json, SamplerKind kind,
                                            const std::string &subject = "scheduler_config.json");

// The same for a file. Errors: also NotFound, Unreadable, Corrupt.
Result<SamplerConfig> loadSamplerConfig(const std::string &path, SamplerKind kind);

} // namespace moodloom::diffusion
