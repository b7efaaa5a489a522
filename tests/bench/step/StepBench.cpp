// How long one denoising step takes: random weights, so that no checkpoint is needed; two samples
// at a time, as guidance has them.
//
//   bench_step [--device cpu|cuda] [--model small|sd15|sdxl]... [--dtype fp32|bf16|fp16]
//              [--layout nchw|nhwc|both] [--size PIXELS] [--steps N] [--references N]
//              [--operators yes]
//
// Without --device, MOODLOOM_DEVICE or the CPU; fp16 on the graphics card and fp32 on the CPU; both
// layouts of the convolutions' weights on the card, on the CPU that which loading gives them; each
// model at its own size (512, SDXL 1024). Without --model: Stable Diffusion 1.5, on the card also
// SDXL. "small" is the built-in model's U-Net. Loading and the first two steps (which choose
// algorithms) are not timed.
//
// A table with a row for each: the step's best and median seconds (with the device idle before and
// after), its arithmetic, the rate of that, the best rate at which this device multiplies matrices
// of that type (measured in the same run), the fraction of it that the step reaches, and the most
// memory: of tensors on the card, or of the process. With --operators, where one more step's time
// goes.
#include "core/base/Machine.h"
#include "core/nn/UNet2DConditionModel.h"
#include "core/tensor/Noise.h"
#include "tests/bench/step/DeviceMemory.h"
#include "tests/bench/step/OperatorTimes.h"

#include <ATen/ATen.h>
#include <ATen/record_function.h>
#include <torch/cuda.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

using namespace moodloom;

namespace {

struct Options
{
    at::Device device = at::kCPU;
    at::ScalarType dtype = at::kFloat;
    std::vector<std::string> models;
    std::vector<bool> channelsLast;
    int size = 0, steps = 0, references = 0; // 0: of the model; of the device; none
    bool operators = false;
};

const char *nameOf(at::ScalarType dtype)
{
    return dtype == at::kHalf ? "fp16" : dtype == at::kBFloat16 ? "bf16" : "fp32";
}

[[noreturn]] void refuse(const std::string &text)
{
    std::fprintf(stderr, "%s\n", text.c_str());
    std::exit(2);
}

Options parse(int argc, char **argv)
{
    const char *environment = std::getenv("MOODLOOM_DEVICE");
    std::string device = environment && *environment ? environment : "cpu", dtype, layout;
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        if (i + 1 == argc)
            refuse(name + " needs a value; the options are at the head of the source");
        const char *value = argv[++i];
        if (name == "--device")
            device = value;
        else if (name == "--dtype")
            dtype = value;
        else if (name == "--operators")
            options.operators = std::string_view(value) == "yes";
        else if (name == "--layout")
            layout = value;
        else if (name == "--model")
            options.models.push_back(value);
        else if (name == "--size")
            options.size = std::atoi(value);
        else if (name == "--steps")
            options.steps = std::max(1, std::atoi(value));
        else if (name == "--references")
            options.references = std::atoi(value);
        else
            refuse("no option " + name);
    }
    const bool cuda = device == "cuda";
    if (!cuda && device != "cpu")
        refuse("no device " + device + ": choose cpu or cuda");
    if (cuda && !torch::cuda::is_available())
        refuse("libtorch sees no graphics card");
    options.device = cuda ? at::Device(at::kCUDA, 0) : at::Device(at::kCPU);
    dtype = dtype.empty() ? (cuda ? "fp16" : "fp32") : dtype;
    if (dtype != "fp32" && dtype != "bf16" && dtype != "fp16")
        refuse("no number format " + dtype);
    options.dtype = dtype == "fp16" ? at::kHalf : dtype == "bf16" ? at::kBFloat16 : at::kFloat;
    layout = !layout.empty() ? layout : cuda ? "both" : dtype == "bf16" ? "nhwc" : "nchw";
    if (layout != "nhwc")
        options.channelsLast.push_back(false);
    if (layout != "nchw")
        options.channelsLast.push_back(true);
    if (options.models.empty())
        options.models =
            cuda ? std::vector<std::string>{"sd15", "sdxl"} : std::vector<std::string>{"sd15"};
    if (options.steps == 0)
        options.steps = cuda ? 20 : 3;
    return options;
}

nn::UNetConfig configOf(const std::string &model)
{
    nn::UNetConfig c; // Stable Diffusion 1.5
    if (model == "small") {
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
    } else if (model == "sdxl") {
        c.sampleSize = 128;
        c.channels = {320, 640, 1280};
        c.downAttention = {false, true, true};
        c.upAttention = {true, true, false};
        c.layers = {2, 2, 2};
        c.heads = {5, 10, 20};
        c.contextDims = {2048, 2048, 2048};
        c.downDepths = {{1, 1}, {2, 2}, {10, 10}};
        c.upDepths = {{10, 10, 10}, {2, 2, 2}, {1, 1, 1}};
        c.middleDepth = 10;
        c.linearProjection = true;
        c.added = nn::AddedEmbedding::TextTime;
        c.additionTimeDim = 256;
        c.addedInputDim = 1280 + 6 * 256;
    } else if (model != "sd15") {
        refuse("no model " + model + ": choose small, sd15 or sdxl");
    }
    return c;
}

// Random weights, made where and as they are used: uniform in +-1/sqrt(fan in), norms as they
// begin.
void fill(torch::nn::Module &network, const Options &options, bool channelsLast)
{
    for (auto &parameter : network.named_parameters()) {
        Tensor &weight = parameter.value();
        Tensor made =
            at::empty(weight.sizes(), at::TensorOptions(options.device).dtype(options.dtype));
        if (weight.dim() > 1) {
            const double bound = 1 / std::sqrt(double(weight.numel()) / double(weight.size(0)));
            made.uniform_(-bound, bound);
        } else {
            made.fill_(parameter.key().ends_with("weight") ? 1 : 0);
        }
        if (channelsLast && made.dim() == 4)
            made = made.contiguous(at::MemoryFormat::ChannelsLast);
        weight.set_data(made);
    }
}

// Counts the multiplications and additions of all convolutions, matrix products and fused
// attentions while it lives.
class Arithmetic
{
public:
    Arithmetic()
    {
        s_operations = 0;
        m_handle = at::addGlobalCallback(at::RecordFunctionCallback(enter, leave)
                                             .needsInputs(true)
                                             .needsOutputs(true)
                                             .scopes({at::RecordScope::FUNCTION}));
    }
    ~Arithmetic() { at::removeCallback(m_handle); }
    Arithmetic(const Arithmetic &) = delete;
    Arithmetic &operator=(const Arithmetic &) = delete;

    double operations() const { return double(s_operations); }

private:
    // What is known at a call's start, where alone its inputs are there.
    struct Call : at::ObserverContext
    {
        bool attention = false;
        int64_t eachOutput = 0; // multiplications for each number of the output
    };

    static bool isAttention(std::string_view name)
    {
        return name == "aten::scaled_dot_product_attention" || name == "moodloom::attention";
    }
    static std::unique_ptr<at::ObserverContext> enter(const at::RecordFunction &call)
    {
        const std::string_view name(call.name());
        const auto tensor = [inputs = call.inputs()](size_t i) { return inputs[i].toTensor(); };
        auto begun = std::make_unique<Call>();
        if (s_insideAttention > 0) {
            // counted with it, whatever it is made of
        } else if (isAttention(name)) {
            const Tensor q = tensor(0), k = tensor(1), v = tensor(2);
            s_operations += 2 * q.numel() / q.size(-1) * k.size(-2) * (q.size(-1) + v.size(-1));
        } else if (name == "aten::convolution") {
            begun->eachOutput = tensor(1).numel() / tensor(1).size(0);
        } else if (name == "moodloom::convolution") { // as many outputs as pixels; by definition
            s_operations += 2 * tensor(0).numel() / tensor(0).size(1) * tensor(1).numel();
        } else if (name == "aten::mm" || name == "aten::bmm") {
            s_operations += 2 * tensor(0).numel() * tensor(1).size(-1);
        } else if (name == "aten::addmm" || name == "aten::baddbmm") {
            s_operations += 2 * tensor(1).numel() * tensor(2).size(-1);
        }
        begun->attention = isAttention(name);
        s_insideAttention += begun->attention;
        return begun;
    }
    static void leave(const at::RecordFunction &call, at::ObserverContext *context)
    {
        const auto *begun = static_cast<const Call *>(context);
        s_insideAttention -= begun->attention;
        if (begun->eachOutput > 0)
            s_operations += 2 * call.outputs()[0].toTensor().numel() * begun->eachOutput;
    }

    inline static std::atomic<int64_t> s_operations = 0;
    inline static thread_local int s_insideAttention = 0;
    at::CallbackHandle m_handle;
};

void wait(const at::Device &device)
{
    if (device.is_cuda())
        torch::cuda::synchronize();
}

// Of the best of `times`, each `repeats` times in a row.
template <class Task>
double best(const at::Device &device, int times, int repeats, const Task &task)
{
    double least = 1e300;
    for (int i = 0; i < times; ++i) {
        wait(device);
        const auto start = std::chrono::steady_clock::now();
        for (int n = 0; n < repeats; ++n)
            task();
        wait(device);
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        least = std::min(least, taken.count() / repeats);
    }
    return least;
}

// Operations a second: the better of a convolution and a matrix product as a step has them, larger
// ones on the graphics card, which small ones do not fill.
double matrixRate(const at::Device &device, at::ScalarType dtype)
{
    const bool large = device.is_cuda();
    const auto random = [&](std::vector<int64_t> shape) {
        return at::randn(shape, at::TensorOptions(device)).to(dtype);
    };
    const int64_t count = large ? 8192 : 1280, repeats = large ? 10 : 1;
    const Tensor picture =
        random({large ? 16 : 2, 320, 64, 64})
            .contiguous(large ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous);
    const Tensor filters =
        random({320, 320, 3, 3})
            .contiguous(large ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous);
    const double convolution =
        best(device, 5, int(repeats), [&] { at::conv2d(picture, filters, {}, 1, 1); });
    const Tensor rows = random({8192, count}), columns = random({count, count});
    const double product = best(device, 5, int(repeats), [&] { at::mm(rows, columns); });
    return std::max(2.0 * double(picture.numel()) * 320 * 9 / convolution,
                    2.0 * 8192 * double(count) * double(count) / product);
}

struct Row
{
    double bestSeconds = 0, medianSeconds = 0, operations = 0, peak = 0;
    int size = 0;
};

Row measure(const Options &options, const std::string &model, bool channelsLast)
{
    const nn::UNetConfig config = configOf(model);
    const at::Device device = options.device;
    const auto filled = [&](const auto &network) {
        fill(*network, options, channelsLast);
        network->eval();
        return network;
    };
    const auto noise = [&](std::vector<int64_t> shape, uint64_t seed) {
        return tensor::normalNoise(shape, seed).to(device, options.dtype);
    };
    const auto unet = [&] {
        const nn::UninitializedWeights unset;
        return filled(std::make_shared<nn::UNet2DConditionModel>(config));
    }();
    nn::UNetConditioning conditioning;
    conditioning.text = noise({2, 77, config.contextDims.front()}, 1);
    if (config.added == nn::AddedEmbedding::TextTime) {
        conditioning.textEmbeds = noise({2, 1280}, 4);
        conditioning.timeIds = at::full({2, 6}, 1024, at::TensorOptions(device).dtype(at::kFloat));
    }
    if (options.references > 0) {
        const nn::UninitializedWeights unset;
        const auto adapter = filled(std::make_shared<nn::IpAdapter>(
            nn::IpAdapterConfig::forSites(nn::IpAdapterKind::Plus, 1280, unet->sites())));
        nn::ReferenceConditioning reference;
        reference.tokens = adapter->imageTokens(noise({2, options.references, 257, 1280}, 2));
        reference.adapter = adapter;
        conditioning.references = {reference};
    }
    const auto prepared = unet->prepare(conditioning);
    Row row;
    row.size = options.size > 0 ? options.size : model == "sdxl" ? 1024 : 512;
    const int64_t edge = row.size / (model == "small" ? 16 : 8);
    Tensor sample = noise({2, config.inChannels, edge, edge}, 3);
    if (channelsLast)
        sample = sample.contiguous(at::MemoryFormat::ChannelsLast);
    const Tensor timestep = at::full({1}, 500.0, at::TensorOptions(device).dtype(at::kFloat));
    const auto step = [&] { unet->forward(sample, timestep, prepared); };

    {
        const Arithmetic arithmetic;
        step();
        row.operations = arithmetic.operations();
    }
    if (device.is_cuda())
        step();
    bench::forgetPeak(device); // what loading and choosing took
    std::vector<double> seconds;
    for (int i = 0; i < options.steps; ++i)
        seconds.push_back(best(device, 1, 1, step));
    std::sort(seconds.begin(), seconds.end());
    row.bestSeconds = seconds.front();
    row.medianSeconds = seconds[seconds.size() / 2];
    row.peak = bench::peakGiB(device);
    if (options.operators) {
        const bench::OperatorTimes times;
        times.print(stdout, best(device, 1, 1, step));
    }
    return row;
}

} // namespace

int main(int argc, char **argv)
{
    prepareProcess(argv);
    useComputeThreads();
    const at::NoGradGuard noGrad;
    const Options options = parse(argc, argv);
    const bool cuda = options.device.is_cuda();
    if (cuda)
        at::globalContext().setBenchmarkCuDNN(true); // one size: the search pays at once
    const double rate = matrixRate(options.device, options.dtype);
    std::printf(
        "on %s, libtorch %d.%d, %d threads, batch 2, %d references; matrices at %.2f TFLOP/s "
        "in %s\n",
        options.device.str().c_str(), TORCH_VERSION_MAJOR, TORCH_VERSION_MINOR, computeThreads(),
        options.references, rate / 1e12, nameOf(options.dtype));
    std::printf("%-6s %5s %5s %6s %9s %9s %8s %9s %8s %9s\n", "model", "size", "dtype", "layout",
                "best s", "median s", "TFLOP", "TFLOP/s", "fraction", "peak GiB");
    for (const std::string &model : options.models) {
        for (const bool channelsLast : options.channelsLast) {
            const Row row = measure(options, model, channelsLast);
            const double reached = row.operations / row.bestSeconds;
            std::printf("%-6s %5d %5s %6s %9.4f %9.4f %8.3f %9.2f %8.2f %9.2f\n", model.c_str(),
                        row.size, nameOf(options.dtype), channelsLast ? "nhwc" : "nchw",
                        row.bestSeconds, row.medianSeconds, row.operations / 1e12, reached / 1e12,
                        reached / rate, row.peak);
            std::fflush(stdout);
        }
    }
    return 0;
}
