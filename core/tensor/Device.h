// Where and in which precision a network runs.
//
// Pure functions; safe from any thread.
#pragma once

#include "core/base/Result.h"
#include "core/tensor/Compat.h"

#include <string>

namespace moodloom::tensor {

// Full is what every machine can do. Fast is bf16 weights and activations with norms and softmax in
// fp32: on the graphics card, and on CPUs with AVX512_BF16.
enum class Precision { Full, Fast };

// The graphics card where libtorch sees one, else the CPU.
at::Device bestDevice();

// Whether Precision::Fast is really faster than Full there.
bool fastPrecisionPays(const at::Device &device);

// On graphics cards: products of fp32 may use the matrix units' short mantissas. For training; painting
// stays exact. Process-wide. (Letting cuDNN try its kernels gained nothing for the built-in model.)
void prepareForTraining();

at::ScalarType dtypeFor(Precision precision);

// "float32", "bfloat16", "float16", ... as in config files.
std::string dtypeName(at::ScalarType dtype);

// "[2, 4, 16, 16]", for messages.
std::string shapeText(at::IntArrayRef shape);

} // namespace moodloom::tensor
