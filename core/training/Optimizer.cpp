#include "core/training/Optimizer.h"

#include "core/base/Machine.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <map>
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

void Optimizer::step(double learningRate)
{
    const at::NoGradGuard noGrad;
    std::vector<at::Tensor> gradients;
    for (const Entry &entry : m_entries)
        if (entry.parameter.grad().defined())
            gradients.push_back(entry.parameter.grad());
    if (gradients.empty())
        return;
    const at::Tensor norm = at::stack(at::_foreach_norm(gradients)).to(at::kFloat).square().sum().sqrt();
    ++m_steps;
    if (m_entries.front().parameter.is_cpu() && !m_options.together) {
        const double size = norm.item<double>();
        const double scale = m_options.clipNorm > 0 && size > m_options.clipNorm ? m_options.clipNorm / size : 1.0;
        if (std::isfinite(size))
            shared(m_entries.size(), m_options.threads,
                   [&](size_t i) { update(m_entries[i], scale, learningRate); });
    } else {
        updateTogether(norm, learningRate);
    }
    zeroGrad();
}

// The same arithmetic in few large kernels: launching hundreds of small ones would take a graphics
// card longer than computing them.
void Optimizer::updateTogether(const at::Tensor &norm, double learningRate)
{
    at::Tensor scale = at::isfinite(norm).to(at::kFloat); // []
    if (m_options.clipNorm > 0)
        scale = scale * (m_options.clipNorm / norm.clamp_min(m_options.clipNorm)).nan_to_num(0, 0, 0);
    const auto scaled = [&scale](const at::Tensor &gradient) { return gradient.nan_to_num(0, 0, 0) * scale; };
    std::vector<at::Tensor> decayed, parameters, gradients, firsts, seconds;
    std::map<std::pair<int64_t, int64_t>, std::vector<Entry *>> matrices; // of one shape
    for (Entry &entry : m_entries) {
        if (!entry.parameter.grad().defined())
            continue;
        if (entry.parameter.dim() > 1)
            decayed.push_back(entry.parameter);
        if (!entry.second.defined()) {
            const int64_t rows = entry.parameter.size(0);
            matrices[{rows, entry.parameter.numel() / rows}].push_back(&entry);
            continue;
        }
        parameters.push_back(entry.parameter);
        gradients.push_back(entry.parameter.grad().to(at::kFloat).flatten());
        firsts.push_back(entry.first);
        seconds.push_back(entry.second);
    }
    if (!decayed.empty())
        at::_foreach_mul_(decayed, 1 - learningRate * m_options.weightDecay);
    if (!parameters.empty()) {
        const double correction1 = 1 - std::pow(m_options.beta1, double(m_steps));
        const double correction2 = 1 - std::pow(m_options.beta2, double(m_steps));
        // Scaled in one piece; the pieces are views of it.
        const at::Tensor whole = scaled(at::cat(gradients));
        int64_t from = 0;
        for (size_t i = 0; i < gradients.size(); ++i) {
            const int64_t count = parameters[i].numel();
            gradients[i] = whole.narrow(0, from, count).view(parameters[i].sizes());
            from += count;
        }
        at::_foreach_mul_(firsts, m_options.beta1);
        at::_foreach_add_(firsts, gradients, 1 - m_options.beta1);
        at::_foreach_mul_(seconds, m_options.beta2);
        at::_foreach_addcmul_(seconds, gradients, gradients, 1 - m_options.beta2);
        std::vector<at::Tensor> denominators = at::_foreach_sqrt(seconds);
        at::_foreach_mul_(denominators, 1 / std::sqrt(correction2));
        at::_foreach_add_(denominators, m_options.eps);
        at::_foreach_addcdiv_(parameters, firsts, denominators, -learningRate / correction1);
    }
    for (auto &[shape, entries] : matrices) {
        std::vector<at::Tensor> targets, momenta, flat;
        for (Entry *entry : entries) {
            targets.push_back(entry->parameter);
            momenta.push_back(entry->first);
            flat.push_back(entry->parameter.grad().to(at::kFloat).reshape({shape.first, shape.second}));
        }
        const at::Tensor gradient = scaled(at::stack(flat)); // [N,m,n]
        at::_foreach_mul_(momenta, m_options.momentum);
        std::vector<at::Tensor> shares;
        for (size_t i = 0; i < entries.size(); ++i)
            shares.push_back(gradient[int64_t(i)].view(momenta[i].sizes()));
        at::_foreach_add_(momenta, shares, 1 - m_options.momentum);
        flat.clear();
        for (const at::Tensor &momentum : momenta)
            flat.push_back(momentum.view({shape.first, shape.second}));
        const at::Tensor ahead = at::lerp(gradient, at::stack(flat), m_options.momentum); // Nesterov's
        const at::Tensor steps = orthogonalized(ahead, m_options.dtype);
        std::vector<at::Tensor> updates;
        for (size_t i = 0; i < entries.size(); ++i)
            updates.push_back(steps[int64_t(i)].view(targets[i].sizes()));
        const double size = 0.2 * std::sqrt(double(std::max(shape.first, shape.second)));
        at::_foreach_add_(targets, updates, -learningRate * size);
    }
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
    const bool tall = matrix.size(-2) > matrix.size(-1);
    at::Tensor x = tall ? matrix.transpose(-2, -1) : matrix;
    x = (x / x.norm(2, {-2, -1}, true).clamp_min(1e-12)).to(dtype).contiguous();
    const auto sum = [](const at::Tensor &c, const at::Tensor &a, const at::Tensor &b, double beta,
                        double alpha) {
        return c.dim() == 3 ? at::baddbmm(c, a, b, beta, alpha) : at::addmm(c, a, b, beta, alpha);
    };
    for (int i = 0; i < 5; ++i) {
        const at::Tensor gram = x.matmul(x.transpose(-2, -1));
        const at::Tensor polynomial = sum(gram, gram, gram, -4.7750, 2.0315);
        x = sum(x, polynomial, x, 3.4445, 1);
    }
    return (tall ? x.transpose(-2, -1) : x).to(at::kFloat).contiguous();
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
