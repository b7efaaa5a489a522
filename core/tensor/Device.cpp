#include "core/tensor/Device.h"

#include "core/base/Machine.h"

#include <ATen/Context.h>
#include <torch/cuda.h>

namespace moodloom::tensor {

at::Device bestDevice()
{
    return torch::cuda::is_available() ? at::Device(at::kCUDA) : at::Device(at::kCPU);
}

bool fastPrecisionPays(const at::Device &device)
{
    return device.is_cuda() || cpuHasBf16();
}

void prepareForTraining()
{
    auto &context = at::globalContext();
    context.setAllowTF32CuBLAS(true);
    context.setAllowTF32CuDNN(true);
}

at::ScalarType dtypeFor(Precision precision)
{
    return precision == Precision::Fast ? at::kBFloat16 : at::kFloat;
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
