#include "core/training/AdamW.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace moodloom::training {

AdamW::AdamW(Named parameters, Options options) : m_options(options)
{
    for (auto &[name, parameter] : parameters)
        m_entries.push_back({name, parameter, at::zeros_like(parameter, at::kFloat),
                             at::zeros_like(parameter, at::kFloat)});
}

double AdamW::step(double learningRate)
{
    const at::NoGradGuard noGrad;
    double squares = 0;
    for (const Entry &entry : m_entries)
        if (entry.parameter.grad().defined())
            squares += entry.parameter.grad().to(at::kFloat).square().sum().item<double>();
    const double norm = std::sqrt(squares);
    if (!std::isfinite(norm)) {
        zeroGrad();
        return norm;
    }
    const double scale =
        m_options.clipNorm > 0 && norm > m_options.clipNorm ? m_options.clipNorm / norm : 1.0;
    ++m_steps;
    const double correction1 = 1 - std::pow(m_options.beta1, double(m_steps));
    const double correction2 = 1 - std::pow(m_options.beta2, double(m_steps));
    for (Entry &entry : m_entries) {
        if (!entry.parameter.grad().defined())
            continue;
        const at::Tensor gradient = entry.parameter.grad().to(at::kFloat) * scale;
        entry.first.mul_(m_options.beta1).add_(gradient, 1 - m_options.beta1);
        entry.second.mul_(m_options.beta2).addcmul_(gradient, gradient, 1 - m_options.beta2);
        if (entry.parameter.dim() > 1)
            entry.parameter.mul_(1 - learningRate * m_options.weightDecay);
        const at::Tensor denominator = (entry.second / correction2).sqrt_().add_(m_options.eps);
        entry.parameter.addcdiv_(entry.first, denominator, -learningRate / correction1);
    }
    zeroGrad();
    return norm;
}

void AdamW::zeroGrad()
{
    for (Entry &entry : m_entries)
        entry.parameter.mutable_grad() = at::Tensor();
}

std::map<std::string, at::Tensor> AdamW::state() const
{
    std::map<std::string, at::Tensor> state;
    for (const Entry &entry : m_entries) {
        state["m." + entry.name] = entry.first;
        state["v." + entry.name] = entry.second;
    }
    state["steps"] = at::full({1}, m_steps, at::kLong);
    return state;
}

void AdamW::restore(const std::map<std::string, at::Tensor> &state)
{
    const auto take = [&state](const std::string &name, at::Tensor &into) {
        const auto found = state.find(name);
        if (found != state.end() && found->second.sizes() == into.sizes())
            into.copy_(found->second);
    };
    for (Entry &entry : m_entries) {
        take("m." + entry.name, entry.first);
        take("v." + entry.name, entry.second);
    }
    if (const auto found = state.find("steps"); found != state.end())
        m_steps = found->second.item<int64_t>();
}

double learningRate(int64_t step, int64_t warmup, int64_t total, double peak, double floor)
{
    if (step < warmup)
        return peak * double(step + 1) / double(warmup);
    const double through =
        std::clamp(double(step - warmup) / double(std::max<int64_t>(1, total - warmup)), 0.0, 1.0);
    return peak * (floor + (1 - floor) * 0.5 * (1 + std::cos(std::numbers::pi * through)));
}

} // namespace moodloom::training
