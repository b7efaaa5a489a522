#include "core/diffusion/SamplerConfig.h"

#include "core/base/JsonText.h"
#include "core/base/SafeFile.h"

#include <nlohmann/json.hpp>

#include <initializer_list>
#include <limits>
#include <utility>

namespace moodloom::diffusion {
namespace {

// Reads keys of one JSON object; the first thing that does not fit is remembered.
class Reader
{
public:
    Reader(const nlohmann::json &json, const std::string &subject)
        : m_json(json), m_subject(subject)
    {
    }

    template <class T> void read(const char *key, T &value)
    {
        const auto it = m_json.find(key);
        if (it == m_json.end() || it->is_null())
            return;
        try {
            value = it->get<T>();
        } catch (const nlohmann::json::exception &) {
            reject(ErrorCode::Invalid, key, it->dump());
        }
    }

    template <class E>
    void choose(const char *key, E &value, std::initializer_list<std::pair<const char *, E>> names)
    {
        std::string text;
        read(key, text);
        if (text.empty())
            return;
        for (const auto &[name, meaning] : names) {
            if (text == name) {
                value = meaning;
                return;
            }
        }
        reject(ErrorCode::Unsupported, key, text);
    }

    void optional(const char *key, std::optional<double> &value)
    {
        double number = std::numeric_limits<double>::quiet_NaN();
        read(key, number);
        if (number == number)
            value = number;
    }

    // The one shape that is wanted; none where a file asks for nothing.
    void shape(SigmaShape &value, bool knowsLu)
    {
        const auto wanted = [this](const char *key) {
            bool on = false;
            read(key, on);
            return on;
        };
        const bool karras = wanted("use_karras_sigmas"),
                   exponential = wanted("use_exponential_sigmas"), beta = wanted("use_beta_sigmas");
        if (karras + exponential + beta > 1 && !m_error)
            m_error = Error{ErrorCode::Invalid, m_subject,
                            "only one of use_karras_sigmas, use_exponential_sigmas and "
                            "use_beta_sigmas can be true"};
        value = karras                                ? SigmaShape::Karras
                : knowsLu && wanted("use_lu_lambdas") ? SigmaShape::Lu
                : exponential                         ? SigmaShape::Exponential
                : beta                                ? SigmaShape::Beta
                                                      : SigmaShape::Trained;
    }

    // What no network here has.
    void refuse(const char *key)
    {
        const auto it = m_json.find(key);
        if (it != m_json.end() && !it->is_null())
            reject(ErrorCode::Unsupported, key, it->dump());
    }

    void reject(ErrorCode code, const char *key, const std::string &found)
    {
        if (!m_error)
            m_error =
                Error{code, m_subject,
                      std::string(key) + " is " + found + ", which this sampler does not know"};
    }

    const std::optional<Error> &error() const { return m_error; }

private:
    const nlohmann::json &m_json;
    const std::string &m_subject;
    std::optional<Error> m_error;
};

bool isSolver(SamplerKind kind)
{
    return kind == SamplerKind::DpmSolver || kind == SamplerKind::DpmSolverSingle ||
           kind == SamplerKind::Deis || kind == SamplerKind::UniPc;
}

// Where samplers differ in what a file need not say.
SamplerConfig defaultsOf(SamplerKind kind)
{
    SamplerConfig c;
    c.kind = kind;
    const bool distilled = kind == SamplerKind::Lcm || kind == SamplerKind::Tcd;
    if (distilled || kind == SamplerKind::Heun) {
        c.betaStart = 0.00085;
        c.betaEnd = 0.012;
    }
    if (distilled)
        c.betaSchedule = BetaSchedule::ScaledLinear;
    if (distilled || kind == SamplerKind::Ddim || kind == SamplerKind::Ddpm ||
        kind == SamplerKind::Pndm)
        c.spacing = Spacing::Leading;
    c.clipSample = kind == SamplerKind::Ddim || kind == SamplerKind::Ddpm;
    c.setAlphaToOne = kind != SamplerKind::Pndm;
    c.lowerOrderFinal = kind != SamplerKind::DpmSolverSingle;
    if (kind == SamplerKind::Tcd)
        c.eta = 0.3;
    if (kind == SamplerKind::FlowEuler)
        c.prediction = Prediction::Flow;
    return c;
}

void readNoiseSchedule(Reader &in, SamplerConfig &c)
{
    in.read("num_train_timesteps", c.trainSteps);
    in.read("beta_start", c.betaStart);
    in.read("beta_end", c.betaEnd);
    in.choose("beta_schedule", c.betaSchedule,
              {{"linear", BetaSchedule::Linear},
               {"scaled_linear", BetaSchedule::ScaledLinear},
               {"squaredcos_cap_v2", BetaSchedule::SquaredCosine},
               {"sigmoid", BetaSchedule::Sigmoid},
               {"laplace", BetaSchedule::Laplace},
               {"exp", BetaSchedule::Exponential}});
    in.read("trained_betas", c.trainedBetas);
    in.read("rescale_betas_zero_snr", c.zeroTerminalSnr);
    in.choose("prediction_type", c.prediction,
              {{"epsilon", Prediction::Epsilon},
               {"v_prediction", Prediction::Velocity},
               {"sample", Prediction::Sample},
               {"original_sample", Prediction::Sample},
               {"flow_prediction", Prediction::Flow}});
}

void readLevels(Reader &in, SamplerConfig &c)
{
    in.choose("timestep_spacing", c.spacing,
              {{"leading", Spacing::Leading},
               {"trailing", Spacing::Trailing},
               {"linspace", Spacing::Linspace}});
    in.read("steps_offset", c.stepsOffset);
    const bool overSigma = c.kind == SamplerKind::Euler || c.kind == SamplerKind::Heun ||
                           c.kind == SamplerKind::Lms || c.kind == SamplerKind::FlowEuler;
    if (overSigma || isSolver(c.kind)) {
        in.shape(c.shape, c.kind == SamplerKind::DpmSolver);
        in.optional("sigma_min", c.sigmaMin);
        in.optional("sigma_max", c.sigmaMax);
    }
    if (c.kind == SamplerKind::Euler || (isSolver(c.kind) && c.kind != SamplerKind::Deis))
        in.choose("final_sigmas_type", c.finalSigma,
                  {{"zero", FinalSigma::Zero}, {"sigma_min", FinalSigma::SigmaMin}});
    if (c.kind == SamplerKind::DpmSolver || c.kind == SamplerKind::DpmSolverSingle)
        in.read("lambda_min_clipped", c.lambdaMinClipped);
    in.read("original_inference_steps", c.originalSteps);
}

void readLimits(Reader &in, SamplerConfig &c)
{
    if (c.kind == SamplerKind::Ddim || c.kind == SamplerKind::Ddpm || c.kind == SamplerKind::Lcm ||
        c.kind == SamplerKind::Heun) {
        in.read("clip_sample", c.clipSample);
        in.read("clip_sample_range", c.clipRange);
    }
    if (c.kind == SamplerKind::Ddim || c.kind == SamplerKind::Ddpm || c.kind == SamplerKind::Lcm ||
        isSolver(c.kind)) {
        in.read("thresholding", c.thresholding);
        in.read("dynamic_thresholding_ratio", c.thresholdingRatio);
        in.read("sample_max_value", c.thresholdingMax);
    }
}

void readOwn(Reader &in, SamplerConfig &c)
{
    in.read("set_alpha_to_one", c.setAlphaToOne);
    if (c.kind == SamplerKind::Ddpm)
        in.choose("variance_type", c.variance,
                  {{"fixed_small", Variance::FixedSmall},
                   {"fixed_small_log", Variance::FixedSmall}, // the same, computed in logarithms
                   {"fixed_large", Variance::FixedLarge}});
    else if (c.kind == SamplerKind::DpmSolver || c.kind == SamplerKind::DpmSolverSingle)
        in.refuse("variance_type");
    in.read("skip_prk_steps", c.skipRungeKutta);
    in.read("timestep_scaling", c.timestepScaling);
    if (c.kind == SamplerKind::Euler) {
        in.choose("interpolation_type", c.interpolation,
                  {{"linear", Interpolation::Linear}, {"log_linear", Interpolation::LogLinear}});
        in.choose("timestep_type", c.continuousTimesteps,
                  {{"discrete", false}, {"continuous", true}});
    }
}

void readSolver(Reader &in, SamplerConfig &c)
{
    in.read("solver_order", c.order);
    in.read("lower_order_final", c.lowerOrderFinal);
    if (c.kind == SamplerKind::UniPc) {
        in.choose("solver_type", c.uniPcType,
                  {{"bh1", UniPcType::Bh1},
                   {"bh2", UniPcType::Bh2},
                   {"midpoint", UniPcType::Bh2},
                   {"heun", UniPcType::Bh2},
                   {"logrho", UniPcType::Bh2}});
        in.read("predict_x0", c.predictX0);
        in.read("disable_corrector", c.uncorrectedSteps);
        in.refuse("solver_p");
    } else if (c.kind != SamplerKind::Deis) {
        // Names of other samplers' variants stand for the usual one.
        in.choose("solver_type", c.solver,
                  {{"midpoint", DpmSolverType::Midpoint},
                   {"heun", DpmSolverType::Heun},
                   {"logrho", DpmSolverType::Midpoint},
                   {"bh1", DpmSolverType::Midpoint},
                   {"bh2", DpmSolverType::Midpoint}});
        in.choose("algorithm_type", c.algorithm,
                  {{"dpmsolver++", DpmAlgorithm::DpmSolverPP},
                   {"deis", DpmAlgorithm::DpmSolverPP},
                   {"dpmsolver", DpmAlgorithm::DpmSolver},
                   {"sde-dpmsolver++", DpmAlgorithm::SdeDpmSolverPP},
                   {"sde-dpmsolver", DpmAlgorithm::SdeDpmSolver}});
        in.read("euler_at_final", c.eulerAtFinal);
    }
}

void readFlow(Reader &in, SamplerConfig &c)
{
    std::string className;
    in.read("_class_name", className);
    const bool flowFile = className.starts_with("FlowMatch");
    if (c.kind == SamplerKind::FlowEuler && !flowFile && samplerKindOfClass(className))
        c.prediction =
            Prediction::Epsilon; // what other schedulers' files mean when they say nothing
    if (flowFile)
        c.prediction = Prediction::Flow;
    if (c.kind != SamplerKind::FlowEuler && !isSolver(c.kind))
        return;
    c.flowSigmas = flowFile;
    in.read("use_flow_sigmas", c.flowSigmas);
    in.read("shift", c.flowShift);
    in.read("flow_shift", c.flowShift);
    in.read("use_dynamic_shifting", c.dynamicShift);
    in.choose("time_shift_type", c.timeShift,
              {{"exponential", TimeShift::Exponential}, {"linear", TimeShift::Linear}});
    if (c.kind == SamplerKind::FlowEuler || c.kind == SamplerKind::UniPc)
        in.optional("shift_terminal", c.shiftTerminal);
    if (c.shiftTerminal == 0.0)
        c.shiftTerminal.reset();
    in.read("invert_sigmas", c.invertSigmas);
    in.read("stochastic_sampling", c.stochastic);
}

// What reads well and yet makes no sense, or nothing that is known.
std::optional<Error> contradiction(const SamplerConfig &c, const std::string &subject)
{
    const auto invalid = [&](const char *text) { return Error{ErrorCode::Invalid, subject, text}; };
    const auto unsupported = [&](const char *text) {
        return Error{ErrorCode::Unsupported, subject, text};
    };
    if (c.trainSteps < 2 || c.trainSteps > 100000)
        return invalid("num_train_timesteps is out of range");
    if (!c.trainedBetas.empty() && c.trainedBetas.size() != size_t(c.trainSteps))
        return invalid("trained_betas must have one number for each of num_train_timesteps");
    for (const float beta : c.trainedBetas)
        if (!(beta > 0 && beta < 1))
            return invalid("trained_betas must lie between 0 and 1");
    if (!(c.betaStart > 0) || !(c.betaEnd < 1) || !(c.betaStart <= c.betaEnd))
        return invalid("beta_start or beta_end is out of range");
    if (c.stepsOffset < 0 || c.stepsOffset >= c.trainSteps)
        return invalid("steps_offset is out of range");
    if (!(c.thresholdingRatio >= 0 && c.thresholdingRatio <= 1))
        return invalid("dynamic_thresholding_ratio must lie between 0 and 1");
    if ((c.sigmaMin && !(*c.sigmaMin > 0)) ||
        (c.sigmaMax && !(*c.sigmaMax > c.sigmaMin.value_or(0))))
        return invalid("sigma_min and sigma_max must be positive, the first the smaller");
    if (c.originalSteps < 1 || c.originalSteps > c.trainSteps) {
        if (c.kind == SamplerKind::Lcm || c.kind == SamplerKind::Tcd)
            return invalid("original_inference_steps must lie between 1 and num_train_timesteps");
    }
    if (!(c.flowShift > 0) || (c.shiftTerminal && !(*c.shiftTerminal > 0 && *c.shiftTerminal < 1)))
        return invalid("shift, flow_shift or shift_terminal is out of range");
    if (c.invertSigmas && c.stochastic)
        return unsupported("stochastic_sampling is not defined for inverted sigmas");
    if (!isSolver(c.kind))
        return std::nullopt;

    const bool dpm = c.kind == SamplerKind::DpmSolver || c.kind == SamplerKind::DpmSolverSingle;
    const bool ofNoise =
        c.algorithm == DpmAlgorithm::DpmSolver || c.algorithm == DpmAlgorithm::SdeDpmSolver;
    if (c.order < 1 || c.order > (c.kind == SamplerKind::UniPc ? 6 : 3))
        return invalid("solver_order is out of range: at most 3, for UniPC 6");
    if (c.algorithm == DpmAlgorithm::SdeDpmSolver && c.order == 3)
        return unsupported("order 3 does not exist for sde-dpmsolver; use sde-dpmsolver++");
    if (c.algorithm == DpmAlgorithm::SdeDpmSolver && c.kind == SamplerKind::DpmSolverSingle)
        return unsupported("sde-dpmsolver has no singlestep form; use sde-dpmsolver++");
    if (dpm && ofNoise && c.finalSigma == FinalSigma::Zero)
        return unsupported("algorithm_type dpmsolver cannot reach a final sigma of zero; set "
                           "final_sigmas_type to sigma_min, or use dpmsolver++");
    if (c.flowSigmas && c.shape != SigmaShape::Trained &&
        !(c.kind == SamplerKind::UniPc && c.shape == SigmaShape::Karras))
        return unsupported("use_flow_sigmas cannot be joined with another shape of sigmas here");
    if (c.shiftTerminal && !c.flowSigmas)
        return invalid("shift_terminal is only for use_flow_sigmas");
    if (c.dynamicShift && c.timeShift == TimeShift::Linear && c.kind != SamplerKind::UniPc)
        return unsupported("time_shift_type linear is only for UniPC and the flow sampler");
    return std::nullopt;
}

} // namespace

Result<SamplerConfig> samplerConfigFromJson(const nlohmann::json &json, SamplerKind kind,
                                            const std::string &subject)
{
    if (!json.is_object())
        return fail(ErrorCode::Invalid, subject, "not a JSON object");
    SamplerConfig c = defaultsOf(kind);
    Reader in(json, subject);
    readFlow(in, c);
    readNoiseSchedule(in, c);
    readLevels(in, c);
    readLimits(in, c);
    readOwn(in, c);
    if (isSolver(kind))
        readSolver(in, c);
    if (in.error())
        return fail(*in.error());
    if (const auto error = contradiction(c, subject))
        return fail(*error);
    return c;
}

Result<SamplerConfig> loadSamplerConfig(const std::string &path, SamplerKind kind)
{
    const auto text = readFile(path, 1 << 20);
    if (!text)
        return fail(text.error());
    const auto json = nlohmann::json::parse(standardJson(*text), nullptr, false);
    if (json.is_discarded())
        return fail(ErrorCode::Corrupt, path, "not valid JSON");
    return samplerConfigFromJson(json, kind, path);
}

} // namespace moodloom::diffusion
