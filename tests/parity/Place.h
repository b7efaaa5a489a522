// Where the cases run, and in which number format the networks compute.
//
// MOODLOOM_DEVICE chooses: cpu (without it, too) or cuda. Pure functions, but for the switches of
// libtorch that deviceOfTests() sets.
#pragma once

#include "core/base/Result.h"
#include "core/tensor/Device.h"

#include <ATen/Context.h>

#include <cstdlib>
#include <string>

namespace moodloom::parity {

struct Place
{
    at::Device device = at::kCPU;
    at::ScalarType dtype = at::kFloat;
    bool half() const { return dtype == at::kHalf; }
};

// On the graphics card the reference's float32 is meant as it is: no products in TF32 (10 bits of
// mantissa), the same algorithms every time. Errors: Unsupported (no such device here), Invalid.
inline Result<at::Device> deviceOfTests()
{
    const char *chosen = std::getenv("MOODLOOM_DEVICE");
    const std::string name = chosen && *chosen ? chosen : "cpu";
    if (name == "cpu")
        return at::Device(at::kCPU);
    if (name != "cuda")
        return fail(ErrorCode::Invalid, "MOODLOOM_DEVICE", "is " + name + ": choose cpu or cuda");
    const at::Device device = tensor::bestDevice();
    if (!device.is_cuda())
        return fail(ErrorCode::Unsupported, "MOODLOOM_DEVICE",
                    "is cuda, but libtorch sees no graphics card");
    at::globalContext().setAllowTF32CuBLAS(false);
    at::globalContext().setAllowTF32CuDNN(false);
    at::globalContext().setBenchmarkCuDNN(false);
    at::globalContext().setDeterministicCuDNN(true);
    return device;
}

} // namespace moodloom::parity
