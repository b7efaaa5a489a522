#include "core/diffusion/SamplerConfig.h"

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
    Reader(const nlohmann::json &json, const std::string &subject) : m_json(json), m_subject(subject) {}

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

    void reject(ErrorCode code, const char *key, const std::string &found)
    {
        if (!m_error)
            m_error = Error{code, m_subject, std::string(key) + " is " + found +
                                                 ", which this sampler does not know"};
    }

    const std::optional<Error> &error() const { return m_error; }

private:
    const nlohmann::json &m_json;
    const std::string &m_subject;
    std::optional<Error> m_error;
};

} // namespace

Result<SamplerConfig> samplerConfigFromJson(const nlohmann::json &json, SamplerKind kind,
                                            const std::string &subject)
{
    if (!json.is_object())
        return fail(ErrorCode::Invalid, subject, "not a JSON object");
    SamplerConfig c;
    c.kind = kind;
    if (kind == SamplerKind::Ddim)
        c.spacing = Spacing::Leading;

    Reader in(json, subject);
    in.read("num_train_timesteps", c.trainSteps);
    in.read("beta_start", c.betaStart);
    in.read("beta_end", c.betaEnd);
    in.choose("beta_schedule", c.betaSchedule,
              {{"linear", BetaSchedule::Linear},
               {"scaled_linear", BetaSchedule::ScaledLinear},
               {"squaredcos_cap_v2", BetaSchedule::SquaredCosine}});
    in.read("rescale_betas_zero_snr", c.zeroTerminalSnr);
    in.choose("prediction_type", c.prediction,
              {{"epsilon", Prediction::Epsilon},
               {"v_prediction", Prediction::Velocity},
               {"sample", Prediction::Sample},
               {"flow_prediction", Prediction::Flow}});
    in.choose("timestep_spacing", c.spacing,
              {{"leading", Spacing::Leading},
               {"trailing", Spacing::Trailing},
               {"linspace", Spacing::Linspace}});
    in.read("steps_offset", c.stepsOffset);
    if (kind != SamplerKind::Ddim) {
        const std::pair<const char *, SigmaShape> shapes[] = {
            {"use_karras_sigmas", SigmaShape::Karras}, {"use_exponential_sigmas", SigmaShape::Exponential},
            {"use_beta_sigmas", SigmaShape::Beta},     {"use_lu_lambdas", SigmaShape::Lu},
            {"use_flow_sigmas", SigmaShape::Flow}};
        for (const auto &[key, shape] : shapes) {
            bool wanted = false;
            in.read(key, wanted);
            if (wanted)
                c.shape = shape;
        }
        in.choose("final_sigmas_type", c.finalSigma,
                  {{"zero", FinalSigma::Zero}, {"sigma_min", FinalSigma::SigmaMin}});
        in.read("flow_shift", c.flowShift);
    }
    if (kind == SamplerKind::Ddim) {
        in.read("clip_sample", c.clipSample);
        in.read("clip_sample_range", c.clipRange);
        in.read("set_alpha_to_one", c.setAlphaToOne);
    } else if (kind == SamplerKind::Euler) {
        in.optional("sigma_min", c.sigmaMin);
        in.optional("sigma_max", c.sigmaMax);
        in.choose("interpolation_type", c.interpolation,
                  {{"linear", Interpolation::Linear}, {"log_linear", Interpolation::LogLinear}});
        std::string type = "discrete";
        in.read("timestep_type", type);
        c.continuousTimesteps = type == "continuous";
    } else {
        in.read("solver_order", c.order);
        in.choose("algorithm_type", c.algorithm,
                  {{"dpmsolver++", DpmAlgorithm::DpmSolverPP},
                   {"dpmsolver", DpmAlgorithm::DpmSolver},
                   {"sde-dpmsolver++", DpmAlgorithm::SdeDpmSolverPP}});
        in.choose("solver_type", c.solver,
                  {{"midpoint", DpmSolverType::Midpoint}, {"heun", DpmSolverType::Heun}});
        in.read("lower_order_final", c.lowerOrderFinal);
        in.read("euler_at_final", c.eulerAtFinal);
    }
    if (const auto it = json.find("trained_betas"); it != json.end() && !it->is_null())
        return fail(ErrorCode::Unsupported, subject,
                    "it lists trained_betas; use beta_schedule, beta_start and beta_end instead");
    if (in.error())
        return fail(*in.error());
    if (c.trainSteps < 2 || c.trainSteps > 100000 || !(c.betaStart > 0) || !(c.betaEnd < 1) ||
        !(c.betaStart <= c.betaEnd))
        return fail(ErrorCode::Invalid, subject,
                    "num_train_timesteps, beta_start or beta_end is out of range");
    if (c.order < 1 || c.order > 3)
        return fail(ErrorCode::Invalid, subject, "solver_order must be 1, 2 or 3");
    if (c.order == 3 && c.algorithm != DpmAlgorithm::DpmSolverPP)
        return fail(ErrorCode::Unsupported, subject, "order 3 exists for dpmsolver++ only");
    if (kind == SamplerKind::Euler && c.prediction == Prediction::Flow)
        return fail(ErrorCode::Unsupported, subject, "flow_prediction needs the DPM-Solver sampler");
    return c;
}

Result<SamplerConfig> loadSamplerConfig(const std::string &path, SamplerKind kind)
{
    const auto text = readFile(path, 1 << 20);
    if (!text)
        return fail(text.error());
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (json.is_discarded())
        return fail(ErrorCode::Corrupt, path, "not valid JSON");
    return samplerConfigFromJson(json, kind, path);
}

} // namespace moodloom::diffusion
