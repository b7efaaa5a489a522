// The layers that all networks are made of, with the parameter names of diffusers and transformers.
//
// Weights follow their input: a layer whose input has another dtype than its weights, or is on
// another device, casts the weights for that call, so fp32 weights train with bf16 activations and
// weights may stay in their file, whose mapping they are. Norms compute in fp32
// whatever comes in (libtorch's of bf16 are slow and, in 1.13 with channels-last input, wrong).
// Where bf16 is the CPU's fast type, convolutions give channels-last tensors, which the layers
// after them keep: no pass over the memory is spent on other layouts. Not thread-safe, as all
// modules: a network belongs to one thread at a time.
#pragma once

#include "core/tensor/Compat.h"

#include <torch/nn/module.h>

#include <memory>
#include <string>
#include <vector>

namespace moodloom::nn {

// While one lives, layers made on this thread leave their weights unset, with shapes but without
// memory of their own (set_data() alone may fill them): a loader fills them at once, and drawing a
// billion random numbers takes longer than reading the file.
class UninitializedWeights
{
public:
    UninitializedWeights();
    ~UninitializedWeights();
    UninitializedWeights(const UninitializedWeights &) = delete;
    UninitializedWeights &operator=(const UninitializedWeights &) = delete;

private:
    bool m_before;
};

enum class Bias { With, Without };

// y = x W^T + b over the last dimension.
class Linear : public torch::nn::Module
{
public:
    Linear(int64_t in, int64_t out, Bias bias = Bias::With);
    Tensor forward(const Tensor &x) const; // [..., in] -> [..., out]
    Tensor weight, bias;                   // [out, in], [out]
};

// Square kernels; by default the padding keeps the size at stride 1.
class Conv2d : public torch::nn::Module
{
public:
    Conv2d(int64_t in, int64_t out, int64_t kernel, int64_t stride = 1, int64_t padding = -1,
           Bias bias = Bias::With);
    Tensor forward(const Tensor &x) const; // [B,in,H,W] -> [B,out,H',W']
    Tensor weight, bias;                   // [out, in, k, k], [out]

private:
    int64_t m_stride, m_padding;
};

// "silu" (also "swish"), "gelu" (exact), "quick_gelu" (x sigmoid(1.702 x)), "gelu_new" (tanh),
// "mish", "relu".
enum class Activation { Silu, Gelu, QuickGelu, GeluTanh, Mish, Relu };
inline constexpr auto knownActivations = {
    "silu", "swish", "gelu", "quick_gelu", "gelu_new", "gelu_pytorch_tanh", "mish", "relu"};
// Requires: one of the known names.
Activation activationFromName(const std::string &name);
const char *activationName(Activation activation);
Tensor activate(const Tensor &x, Activation activation);

class GroupNorm : public torch::nn::Module
{
public:
    GroupNorm(int64_t groups, int64_t channels, double eps);
    Tensor forward(const Tensor &x) const; // [B,C,H,W]
    // activate(forward(x + added)), in fewer passes over the memory where there is a kernel for it;
    // added [B,C], or none.
    Tensor activated(const Tensor &x, Activation activation, const Tensor &added = {}) const;
    Tensor weight, bias; // [C]

private:
    int64_t m_groups;
    double m_eps;
};

class LayerNorm : public torch::nn::Module
{
public:
    explicit LayerNorm(int64_t features, double eps = 1e-5);
    Tensor forward(const Tensor &x) const; // over the last dimension
    Tensor weight, bias;                   // [features]

private:
    double m_eps;
};

class Embedding : public torch::nn::Module
{
public:
    Embedding(int64_t count, int64_t features);
    Tensor forward(const Tensor &ids) const; // int64 [...] -> [..., features]
    Tensor weight;                           // [count, features]
};

// A module that only groups others under a name: "ff" { "net" { "0", "2" } }.
class Group : public torch::nn::Module
{
public:
    template <class M> std::shared_ptr<M> add(const std::string &name, std::shared_ptr<M> module)
    {
        return register_module(name, std::move(module));
    }
};

// Modules named "0", "1", ...
template <class M> class List : public torch::nn::Module
{
public:
    void add(std::shared_ptr<M> module)
    {
        m_items.push_back(register_module(std::to_string(m_items.size()), std::move(module)));
    }
    size_t size() const { return m_items.size(); }
    bool empty() const { return m_items.empty(); }
    M &operator[](size_t i) const { return *m_items[i]; }
    auto begin() const { return m_items.begin(); }
    auto end() const { return m_items.end(); }

private:
    std::vector<std::shared_ptr<M>> m_items;
};

} // namespace moodloom::nn
