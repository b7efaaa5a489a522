#include "core/training/Ema.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace moodloom::training {

Ema::Ema(const Named &parameters, double decay) : m_decay(decay)
{
    for (const auto &[name, parameter] : parameters)
        m_entries.push_back({name, parameter, parameter.detach().clone()});
}

void Ema::update()
{
    const at::NoGradGuard noGrad;
    ++m_updates;
    const double decay = std::min(m_decay, double(1 + m_updates) / double(10 + m_updates));
    std::vector<at::Tensor> averages, parameters;
    for (Entry &entry : m_entries) {
        averages.push_back(entry.average);
        parameters.push_back(entry.parameter);
    }
    at::_foreach_mul_(averages, decay); // few kernels for many tensors
    at::_foreach_add_(averages, parameters, 1 - decay);
}

void Ema::swap()
{
    const at::NoGradGuard noGrad;
    for (Entry &entry : m_entries) {
        const at::Tensor weights = entry.parameter.detach().clone();
        entry.parameter.copy_(entry.average);
        entry.average.copy_(weights);
    }
}

std::map<std::string, at::Tensor> Ema::state() const
{
    std::map<std::string, at::Tensor> state;
    for (const Entry &entry : m_entries)
        state[entry.name] = entry.average;
    state["updates"] = at::full({1}, m_updates, at::kLong);
    return state;
}

void Ema::restore(const std::map<std::string, at::Tensor> &state)
{
    for (Entry &entry : m_entries) {
        const auto found = state.find(entry.name);
        if (found != state.end() && found->second.sizes() == entry.average.sizes())
            entry.average.copy_(found->second);
    }
    if (const auto found = state.find("updates"); found != state.end())
        m_updates = found->second.item<int64_t>();
}

} // namespace moodloom::training
