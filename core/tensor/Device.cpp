#include "core/tensor/Device.h"

#include "core/base/Machine.h"

#include <ATen/Context.h>
#include <torch/cuda.h>

#include <dlfcn.h>

// Since 2.9 every device's allocator has one interface that needs no CUDA headers.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 9)
#include <c10/core/CachingDeviceAllocator.h>
#define MOODLOOM_HAS_DEVICE_ALLOCATORS 1
#endif

namespace moodloom::tensor {

at::Device bestDevice()
{
    return torch::cuda::is_available() ? at::Device(at::kCUDA) : at::Device(at::kCPU);
}

Precision fastestPrecision(const at::Device &device)
{
    return device.is_cuda() ? Precision::Half : cpuHasBf16() ? Precision::Fast : Precision::Full;
}

uint64_t availableDeviceMemory(const at::Device &device)
{
    if (!device.is_cuda())
        return 0;
    // libtorch brings CUDA's runtime without its headers.
    using Tell = int (*)(size_t *, size_t *);
    const auto tell = reinterpret_cast<Tell>(dlsym(RTLD_DEFAULT, "cudaMemGetInfo"));
    size_t available = 0, whole = 0;
    return tell && tell(&available, &whole) == 0 ? available : 0;
}

void returnDeviceMemory([[maybe_unused]] const at::Device &device)
{
#ifdef MOODLOOM_HAS_DEVICE_ALLOCATORS
    if (device.is_cuda())
        if (auto *allocator = c10::getDeviceAllocator(device.type()); allocator->initialized())
            allocator->emptyCache();
#endif
}

void prepareForTraining()
{
    auto &context = at::globalContext();
    context.setAllowTF32CuBLAS(true);
    context.setAllowTF32CuDNN(true);
}

at::ScalarType dtypeFor(Precision precision)
{
    switch (precision) {
    case Precision::Full:
        return at::kFloat;
    case Precision::Fast:
        return at::kBFloat16;
    case Precision::Half:
        return at::kHalf;
    }
    return at::kFloat;
}

std::string dtypeName(at::ScalarType dtype)
{
    switch (dtype) {
    case at::kFloat:
        return "float32";
    case at::kDouble:
        return "float64";
    case at::kHalf:
        return "float16";
    case at::kBFloat16:
        return "bfloat16";
    case at::kLong:
        return "int64";
    case at::kInt:
        return "int32";
    case at::kShort:
        return "int16";
    case at::kChar:
        return "int8";
    case at::kByte:
        return "uint8";
    case at::kBool:
        return "bool";
    default:
        return c10::toString(dtype);
    }
}

std::string shapeText(at::IntArrayRef shape)
{
    std::string text = "[";
    for (size_t i = 0; i < shape.size(); ++i)
        text += (i ? ", " : "") + std::to_string(shape[i]);
    return text + "]";
}

} // namespace moodloom::tensor
