// Low-rank changes of a frozen network's weights (Hu et al. 2021): W + scale x up down, where only
// up and down learn. Convolutions are changed as matrices [out, in x k x k] (kohya's
// "lora_mid"-less form).
//
// The network itself is the one that paints: apply() puts the changed weights where its layers look
// for them, remove() puts the loaded ones back. Belongs to the network's thread; keeps the
// network's layers alive, but not the network.
#pragma once

#include "core/training/Optimizer.h"

#include <torch/nn/module.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace moodloom::training {

class LowRank
{
public:
    struct Layer
    {
        std::string name;    // of the module: "mid_block.attentions.0.proj_in"
        at::Tensor base;     // the loaded weight [out,in] or [out,in,k,k]
        at::Tensor down, up; // fp32 [r,in(,k,k)] and [out,r(,1,1)]
        at::Tensor *weight;  // what the layer computes with; owned by `module`
        std::shared_ptr<torch::nn::Module> module;

        at::Tensor change() const; // shaped like the weight
    };

    // Freezes `network` and gives every linear layer and convolution that is `wanted` a change of
    // at most `rank`, which is nothing at first: up is 0, down random by `seed`. Requires: the
    // network is where it will be used.
    LowRank(torch::nn::Module &network,
            const std::function<bool(const std::string &module)> &wanted, int64_t rank,
            uint64_t seed);
    ~LowRank(); // remove()
    LowRank(const LowRank &) = delete;
    LowRank &operator=(const LowRank &) = delete;

    // The network's weights with the changes, for one forward pass: with gradients on, the pass is
    // differentiable by up and down. `scale` 0 is remove().
    void apply(double scale = 1);
    void remove();

    const std::vector<Layer> &layers() const { return m_layers; }
    Optimizer::Named
    parameters(const std::string &prefix) const; // "<prefix><module>.down" and ".up"
    int64_t size() const;                        // numbers that learn

private:
    std::vector<Layer> m_layers;
};

} // namespace moodloom::training
