// How long one denoising step takes: random weights, so that no checkpoint is needed.
//
//   bench_step [--size PIXELS] [--steps N] [--bf16] [--references N] [--small]
//
// --small is a U-Net of the built-in model's size, otherwise it is Stable Diffusion 1.5's. One line
// of JSON.
#include "core/base/Machine.h"
#include "core/nn/UNet2DConditionModel.h"
#include "core/tensor/Noise.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <vector>

using namespace moodloom;

namespace {

struct Options
{
    int size = 512, steps = 3, references = 0;
    bool bf16 = false, small = false;
};

Options parse(int argc, char **argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const auto is = [&](const char *name) { return std::strcmp(argv[i], name) == 0; };
        if (is("--bf16"))
            options.bf16 = true;
        else if (is("--small"))
            options.small = true;
        else if (i + 1 < argc && is("--size"))
            options.size = std::atoi(argv[++i]);
        else if (i + 1 < argc && is("--steps"))
            options.steps = std::atoi(argv[++i]);
        else if (i + 1 < argc && is("--references"))
            options.references = std::atoi(argv[++i]);
    }
    return options;
}

nn::UNetConfig config(bool small)
{
    nn::UNetConfig c; // Stable Diffusion 1.5
    if (small) {
        c.inChannels = c.outChannels = 8;
        c.channels = {64, 160, 256};
        c.downAttention = {false, true, true};
        c.upAttention = {true, true, false};
        c.layers = {1, 1, 1};
        c.heads = {2, 5, 8};
        c.contextDims = {160, 160, 160};
        c.downDepths = {{1}, {1}, {1}};
        c.upDepths = {{1, 1}, {1, 1}, {1, 1}};
    }
    return c;
}

double cpuSeconds()
{
    return double(std::clock()) / CLOCKS_PER_SEC;
}

} // namespace

int main(int argc, char **argv)
{
    prepareProcess(argv);
    useComputeThreads();
    const at::NoGradGuard noGrad;
    const Options options = parse(argc, argv);
    const auto dtype = options.bf16 ? at::kBFloat16 : at::kFloat;
    const nn::UNetConfig shape = config(options.small);
    nn::UNet2DConditionModel unet(shape);
    unet.to(dtype);
    const int64_t width = shape.contextDims.front();

    nn::UNetConditioning conditioning;
    conditioning.text = tensor::normalNoise({2, 77, width}, 1).to(dtype);
    if (options.references > 0) {
        auto adapter = std::make_shared<nn::IpAdapter>(
            nn::IpAdapterConfig::forSites(nn::IpAdapterKind::Plus, 1280, unet.sites()));
        adapter->to(dtype);
        nn::ReferenceConditioning reference;
        reference.tokens = adapter->imageTokens(
            tensor::normalNoise({2, options.references, 257, 1280}, 2).to(dtype));
        reference.adapter = adapter;
        conditioning.references = {reference};
    }
    const auto prepared = unet.prepare(conditioning);
    const int64_t edge = options.size / 8;
    const Tensor sample = tensor::normalNoise({2, shape.inChannels, edge, edge}, 3).to(dtype);
    const Tensor timestep = at::full({1}, 500.0);

    std::vector<double> seconds;
    double cpu = 0;
    for (int i = 0; i <= options.steps; ++i) { // the first one warms up
        const auto start = std::chrono::steady_clock::now();
        const double cpuStart = cpuSeconds();
        unet.forward(sample, timestep, prepared);
        if (i > 0) {
            seconds.push_back(
                std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
            cpu += cpuSeconds() - cpuStart;
        }
    }
    std::sort(seconds.begin(), seconds.end());
    std::printf("{\"model\":\"%s\",\"size\":%d,\"dtype\":\"%s\",\"references\":%d,\"threads\":%d,"
                "\"best_s\":%.3f,\"median_s\":%.3f,\"cpu_s\":%.3f}\n",
                options.small ? "small" : "sd15", options.size, options.bf16 ? "bf16" : "fp32",
                options.references, computeThreads(), seconds.front(), seconds[seconds.size() / 2],
                cpu / double(seconds.size()));
    return 0;
}
