#include "core/training/Optimizer.h"

#include "core/base/Machine.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <numbers>
#include <thread>

namespace moodloom::training {
namespace {

// What Muon is for: inner matrices. Tables of embeddings, and layers that face the outside with few
// channels, are AdamW's.
bool isInner(const std::string &name, const at::Tensor &parameter)
{
    if (parameter.dim() < 2 || name.find("_embedding.") != std::string::npos)
        return false;
    const int64_t rows = parameter.size(0), columns = parameter.numel() / rows;
    return std::min(rows, columns) >= 32;
}

// Runs task(0) ... task(count - 1), shared by some threads.
void shared(size_t count, int threads, const std::function<void(size_t)> &task)
{
    std::atomic<size_t> next = 0;
    const auto work = [&] {
        const at::NoGradGuard noGrad; // it is each thread's own
        for (size_t i = next++; i < count; i = next++)
            task(i);
    };
    std::vector<std::jthread> others;
    for (int i = 1; i < threads; ++i)
        others.emplace_back([&work] {
            useComputeThreads(1);
            work();
        });
    work();
}

} // namespace

Optimizer::Optimizer(Named parameters, Options options) : m_options(options)
{
    for (auto &[name, parameter] : parameters) {
        Entry entry{name, parameter, at::zeros_like(parameter, at::kFloat), {}};
        if (!m_options.muon || !isInner(name, parameter))
            entry.second = at::zeros_like(parameter, at::kFloat);
        m_entries.push_back(std::move(entry));
    }
    // The most expensive first, so that no thread is left with one at the end.
    std::stable_sort(m_entries.begin(), m_entries.end(), [](const Entry &a, const Entry &b) {
        return a.parameter.numel() > b.parameter.numel();
    });
}

double Optimizer::step(double learningRate)
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
    shared(m_entries.size(), m_options.threads,
           [&](size_t i) { update(m_entries[i], scale, learningRate); });
    zeroGrad();
    return norm;
}

void Optimizer::update(Entry &entry, double scale, double learningRate) const
{
    if (!entry.parameter.grad().defined())
        return;
    const at::Tensor gradient = entry.parameter.grad().to(at::kFloat) * scale;
    if (entry.parameter.dim() > 1)
        entry.parameter.mul_(1 - learningRate * m_options.weightDecay);
    if (!entry.second.defined()) {
        entry.first.mul_(m_options.momentum).add_(gradient, 1 - m_options.momentum);
        const at::Tensor ahead = // Nesterov's
            at::lerp(gradient, entry.first, m_options.momentum).flatten(1);
        const double size = 0.2 * std::sqrt(double(std::max(ahead.size(0), ahead.size(1))));
        entry.parameter.add_(orthogonalized(ahead, m_options.dtype).view_as(entry.parameter), -learningRate * size);
        return;
    }
    const double correction1 = 1 - std::pow(m_options.beta1, double(m_steps));
    const double correction2 = 1 - std::pow(m_options.beta2, double(m_steps));
    entry.first.mul_(m_options.beta1).add_(gradient, 1 - m_options.beta1);
    entry.second.mul_(m_options.beta2).addcmul_(gradient, gradient, 1 - m_options.beta2);
    const at::Tensor denominator = (entry.second / correction2).sqrt_().add_(m_options.eps);
    entry.parameter.addcdiv_(entry.first, denominator, -learningRate / correction1);
}

at::Tensor orthogonalized(const at::Tensor &matrix, at::ScalarType dtype)
{
    // Works on the wide form: the products are then of the shorter side.
    const bool tall = matrix.size(0) > matrix.size(1);
    at::Tensor x = tall ? matrix.t() : matrix;
    x = (x / x.norm().clamp_min(1e-12)).to(dtype).contiguous();
    for (int i = 0; i < 5; ++i) {
        const at::Tensor gram = x.matmul(x.t());
        const at::Tensor polynomial = at::addmm(gram, gram, gram, -4.7750, 2.0315);
        x = at::addmm(x, polynomial, x, 3.4445);
    }
    return (tall ? x.t() : x).to(at::kFloat);
}

void Optimizer::zeroGrad()
{
    for (Entry &entry : m_entries)
        entry.parameter.mutable_grad() = at::Tensor();
}

std::map<std::string, at::Tensor> Optimizer::state() const
{
    std::map<std::string, at::Tensor> state;
    for (const Entry &entry : m_entries) {
        state["m." + entry.name] = entry.first;
        if (entry.second.defined())
            state["v." + entry.name] = entry.second;
    }
    state["steps"] = at::full({1}, m_steps, at::kLong);
    return state;
}

void Optimizer::restore(const std::map<std::string, at::Tensor> &state)
{
    const auto take = [&state](const std::string &name, at::Tensor &into) {
        const auto found = state.find(name);
        if (found != state.end() && found->second.sizes() == into.sizes())
            into.copy_(found->second);
    };
    for (Entry &entry : m_entries) {
        take("m." + entry.name, entry.first);
        if (entry.second.defined())
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
