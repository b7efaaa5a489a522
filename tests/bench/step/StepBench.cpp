// How long one denoising step takes: random weights, so that no checkpoint is needed.
//
//   bench_step [--size PIXELS] [--steps N] [--bf16] [--references N] [--small]
//
// --small is the built-in model's U-Net, otherwise it is Stable Diffusion 1.5's. One line of JSON:
// seconds of a step, its arithmetic, the best rate at which this machine multiplies matrices of that
// type (measured in the same run) and the fraction of it that the step reaches, and the most memory
// that the process ever had.
#include "core/base/Machine.h"
#include "core/nn/UNet2DConditionModel.h"
#include "core/tensor/Noise.h"

#include <ATen/ATen.h>
#include <ATen/record_function.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string_view>
#include <vector>

#include <sys/resource.h>

using namespace moodloom;

namespace {

struct Options
{
    int size = 512, steps = 3, references = 0; // steps: at least 1
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
            options.steps = std::max(1, std::atoi(argv[++i]));
        else if (i + 1 < argc && is("--references"))
            options.references = std::atoi(argv[++i]);
    }
    return options;
}

nn::UNetConfig config(bool small)
{
    nn::UNetConfig c; // Stable Diffusion 1.5
    if (small) {
        c.inChannels = c.outChannels = 12;
        c.channels = {96, 128, 192};
        c.downAttention = {false, true, true};
        c.upAttention = {true, true, false};
        c.layers = {1, 1, 1};
        c.heads = {3, 4, 6};
        c.contextDims = {128, 128, 128};
        c.downDepths = {{1}, {1}, {1}};
        c.upDepths = {{1, 1}, {1, 1}, {1, 1}};
        c.groups = 16;
    }
    return c;
}

// Counts the multiplications and additions of all convolutions and matrix products while it lives.
class Arithmetic
{
public:
    Arithmetic()
    {
        s_operations = 0;
        m_handle = at::addGlobalCallback(
            at::RecordFunctionCallback(nullptr, count).needsInputs(true).needsOutputs(true).scopes(
                {at::RecordScope::FUNCTION}));
    }
    ~Arithmetic() { at::removeCallback(m_handle); }
    Arithmetic(const Arithmetic &) = delete;
    Arithmetic &operator=(const Arithmetic &) = delete;

    double operations() const { return double(s_operations); }

private:
    static void count(const at::RecordFunction &call, at::ObserverContext *)
    {
        const std::string_view name(call.name());
        const auto inputs = call.inputs();
        const auto tensor = [&](size_t i) { return inputs[i].toTensor(); };
        if (name == "aten::convolution")
            s_operations += 2 * call.outputs()[0].toTensor().numel() * (tensor(1).numel() / tensor(1).size(0));
        else if (name == "aten::mm" || name == "aten::bmm")
            s_operations += 2 * tensor(0).numel() * tensor(1).size(-1);
        else if (name == "aten::addmm" || name == "aten::baddbmm")
            s_operations += 2 * tensor(1).numel() * tensor(2).size(-1);
    }

    inline static std::atomic<int64_t> s_operations = 0;
    at::CallbackHandle m_handle;
};

template <class Task> double best(int times, const Task &task)
{
    double least = 1e300;
    for (int i = 0; i < times; ++i) {
        const auto start = std::chrono::steady_clock::now();
        task();
        least = std::min(least,
                         std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return least;
}

// Operations a second: the better of a convolution and a matrix product as the step has them.
double matrixRate(at::ScalarType dtype)
{
    const Tensor picture = at::randn({2, 320, 64, 64}).to(dtype);
    const Tensor filters = at::randn({320, 320, 3, 3}).to(dtype);
    const double convolution = best(5, [&] { at::conv2d(picture, filters, {}, 1, 1); });
    const Tensor rows = at::randn({8192, 1280}).to(dtype), columns = at::randn({1280, 1280}).to(dtype);
    const double product = best(5, [&] { at::mm(rows, columns); });
    return std::max(2.0 * double(picture.numel()) * 320 * 9 / convolution,
                    2.0 * 8192 * 1280 * 1280 / product);
}

double peakGiB()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / (1 << 20); // kibibytes
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
    const int64_t edge = options.size / (options.small ? 16 : 8);
    const Tensor sample = tensor::normalNoise({2, shape.inChannels, edge, edge}, 3).to(dtype);
    const Tensor timestep = at::full({1}, 500.0);

    double operations = 0;
    {
        const Arithmetic arithmetic; // the first step warms up
        unet.forward(sample, timestep, prepared);
        operations = arithmetic.operations();
    }
    std::vector<double> seconds;
    double cpu = 0;
    for (int i = 0; i < options.steps; ++i) {
        const double cpuStart = cpuSeconds();
        seconds.push_back(best(1, [&] { unet.forward(sample, timestep, prepared); }));
        cpu += cpuSeconds() - cpuStart;
    }
    const double peak = peakGiB();
    const double rate = matrixRate(dtype);
    std::sort(seconds.begin(), seconds.end());
    std::printf("{\"model\":\"%s\",\"size\":%d,\"dtype\":\"%s\",\"references\":%d,\"threads\":%d,"
                "\"best_s\":%.3f,\"median_s\":%.3f,\"cpu_s\":%.3f,\"tflop\":%.3f,"
                "\"matrix_gflops\":%.0f,\"fraction\":%.2f,\"peak_gib\":%.2f}\n",
                options.small ? "small" : "sd15", options.size, options.bf16 ? "bf16" : "fp32",
                options.references, computeThreads(), seconds.front(), seconds[seconds.size() / 2],
                cpu / double(seconds.size()), operations / 1e12, rate / 1e9,
                operations / seconds.front() / rate, peak);
    return 0;
}
