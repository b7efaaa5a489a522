#include "core/training/Stage.h"

#include <algorithm>

namespace moodloom::training {

Stage::Stage(std::string name, StageOptions options, Optimizer::Named parameters, Optimizer::Options optimizer,
             double emaDecay, std::vector<std::string> columns)
    : m_name(std::move(name)), m_options(std::move(options)), m_parameters(std::move(parameters)),
      m_optimizer(m_parameters, optimizer), m_ema(m_parameters, emaDecay), m_columns(std::move(columns))
{
}

Result<void> Stage::resume()
{
    const auto state = loadState(statePath());
    if (!state) {
        if (state.error().code != ErrorCode::NotFound)
            return fail(state.error());
        return {};
    }
    const at::NoGradGuard noGrad;
    for (auto &[name, parameter] : m_parameters) {
        const auto found = state->weights.find(name);
        if (found != state->weights.end() && found->second.sizes() == parameter.sizes())
            parameter.copy_(found->second);
    }
    m_optimizer.restore(state->optimizer);
    m_ema.restore(state->average);
    m_step = state->step;
    m_samples = state->samples;
    m_scene = state->scene;
    m_secondsBefore = state->seconds;
    return {};
}

bool Stage::goesOn() const
{
    const std::chrono::duration<double> passed = Clock::now() - m_start;
    return !m_options.stop.stop_requested() && passed.count() < m_options.minutes * 60 &&
           (m_options.steps == 0 || m_stepsHere < m_options.steps);
}

bool Stage::readsValues() const
{
    constexpr int64_t interval = 20;
    return m_options.device.is_cpu() || m_stepsHere % interval == 0;
}

double Stage::rate() const
{
    if (m_options.totalSteps <= 0) {
        // Down to nothing in a straight line by the clock: what a lent machine's time allows.
        const std::chrono::duration<double> passed = Clock::now() - m_start;
        const double left = std::max(0.0, 1 - passed.count() / (m_options.minutes * 60));
        const double up = std::min(1.0, double(m_stepsHere + 1) / double(std::max<int64_t>(1, m_options.warmup)));
        constexpr double plateau = 0.6; // of the time at the full rate
        return m_options.learningRate * up * std::min(1.0, left / (1 - plateau));
    }
    return learningRate(m_step, m_options.warmup, m_options.totalSteps, m_options.learningRate);
}

Result<void> Stage::finishStep(int64_t samples, uint64_t scene,
                               const std::map<std::string, double> &values)
{
    if (!m_curves)
        m_curves = std::make_unique<CurveLog>(m_options.folder + "/" + m_name + ".csv", m_columns,
                                              m_secondsBefore, m_options.logSeconds, m_options.onRow);
    m_optimizer.step(rate());
    m_ema.update();
    ++m_step;
    ++m_stepsHere;
    m_samples += samples;
    m_scene = scene;
    m_curves->add(m_step, m_samples, values);
    const std::chrono::duration<double> since = Clock::now() - m_saved;
    if (since.count() < m_options.saveSeconds)
        return {};
    auto saved = save();
    if (saved && m_options.onSave)
        m_options.onSave();
    return saved;
}

Result<void> Stage::save()
{
    State state;
    for (const auto &[name, parameter] : m_parameters)
        state.weights[name] = parameter.detach();
    state.optimizer = m_optimizer.state();
    state.average = m_ema.state();
    state.step = m_step;
    state.samples = m_samples;
    state.scene = m_scene;
    state.seconds = m_curves ? m_curves->seconds() : m_secondsBefore;
    m_saved = Clock::now();
    return saveState(statePath(), state);
}

Result<void> loadAverage(const std::string &path, torch::nn::Module &network,
                         const std::vector<std::string> &spare)
{
    const auto state = loadState(path);
    if (!state)
        return fail(state.error());
    const at::NoGradGuard noGrad;
    for (auto &item : network.named_parameters()) {
        const auto found = state->average.find(item.key());
        const bool spared = std::any_of(spare.begin(), spare.end(), [&](const std::string &prefix) {
            return item.key().starts_with(prefix);
        });
        item.value().set_requires_grad(false);
        if (spared && found == state->average.end())
            continue;
        if (found == state->average.end() || found->second.sizes() != item.value().sizes())
            return fail(ErrorCode::Mismatch, path,
                        "the weight \"" + item.key() + "\" is missing or of another size: this stage has to be trained again");
        item.value().copy_(found->second);
    }
    return {};
}

} // namespace moodloom::training
