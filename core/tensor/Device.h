// Where and in which precision a network runs.
//
// Pure functions; safe from any thread.
#pragma once

#include "core/base/Result.h"
#include "core/tensor/Compat.h"

#include <cstdint>
#include <string>

namespace moodloom::tensor {

// Full is what every machine can do. The others are weights and activations in 16 bits with norms
// and softmax in fp32: Fast is bf16, for CPUs with AVX512_BF16; Half is fp16, for graphics cards.
enum class Precision { Full, Fast, Half };

// The graphics card where libtorch sees one, else the CPU.
at::Device bestDevice();

// The precision in which the device is fastest.
Precision fastestPrecision(const at::Device &device);

// Bytes of the card's own memory that can be had now; 0 where the driver does not tell. What is
// freed goes back to the driver with returnDeviceMemory() (libtorch 2.9 and later).
uint64_t availableDeviceMemory(const at::Device &device);
void returnDeviceMemory(const at::Device &device);

// On graphics cards: products of fp32 may use the matrix units' short mantissas. For training; painting
// stays exact. Process-wide. (Letting cuDNN try its kernels gained nothing for the built-in model.)
void prepareForTraining();

at::ScalarType dtypeFor(Precision precision);

// "float32", "bfloat16", "float16", ... as in config files.
std::string dtypeName(at::ScalarType dtype);

// "[2, 4, 16, 16]", for messages.
std::string shapeText(at::IntArrayRef shape);

} // namespace moodloom::tensor
