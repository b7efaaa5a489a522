// The optimiser of every stage: Muon (Jordan et al. 2024) for the matrices and filters inside a
// network, AdamW (Loshchilov and Hutter 2019) for the rest. Muon replaces the momentum of a matrix
// by its nearest orthogonal one, so that every direction of a layer learns at the same pace; its
// updates are scaled to AdamW's usual size (Liu et al. 2025), and one learning rate serves both.
//
// Its state is plain named tensors, so that a run can be put away and taken up again. Not
// thread-safe; belongs to the training thread.
#pragma once

#include "core/tensor/Compat.h"

#include <map>
#include <string>
#include <vector>

namespace moodloom::training {

class Optimizer
{
public:
    struct Options
    {
        double beta1 = 0.9;
        double beta2 = 0.99;
        double eps = 1e-8;
        double weightDecay = 0.01; // matrices and filters only; never biases and norms
        double clipNorm = 1.0;     // of all gradients together; 0 = off
        bool muon = true;          // false: AdamW for everything
        double momentum = 0.95;    // Muon's
        int threads = 1;           // that share the parameters of an update
        bool together = false;     // few large operations instead; always so on a graphics card
        at::ScalarType dtype = at::kFloat; // of Muon's products: bfloat16 is enough for them
    };
    using Named = std::vector<std::pair<std::string, at::Tensor>>;

    Optimizer(Named parameters, Options options);

    // One update from the gradients that are there, then clears them. A gradient that is not finite
    // counts as none. On a graphics card it only queues work and waits for nothing.
    void step(double learningRate);
    void zeroGrad();

    int64_t steps() const { return m_steps; }

    // "m.<name>", "v.<name>" (AdamW's only) and "steps".
    std::map<std::string, at::Tensor> state() const;
    // Takes over what fits by name and shape; the rest starts fresh.
    void restore(const std::map<std::string, at::Tensor> &state);

private:
    struct Entry
    {
        std::string name;
        at::Tensor parameter, first, second; // second and first moment, fp32; Muon has no second
    };
    void update(Entry &entry, double scale, double learningRate) const;
    void updateTogether(const at::Tensor &norm, double learningRate);

    std::vector<Entry> m_entries;
    Options m_options;
    int64_t m_steps = 0;
};

// About the orthogonal matrix nearest to `matrix` [m,n], or to each of [N,m,n]: singular values end up between 0.7 and 1.2
// (five Newton-Schulz steps with Jordan's quintic), computed in `dtype`; the result is fp32.
at::Tensor orthogonalized(const at::Tensor &matrix, at::ScalarType dtype = at::kFloat);

// Linear warm-up over `warmup` steps to `peak`, then half a cosine down to `peak * floor` at `total`.
double learningRate(int64_t step, int64_t warmup, int64_t total, double peak, double floor = 0.05);

} // namespace moodloom::training
