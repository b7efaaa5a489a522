// The precompiled header of every module that includes libtorch.
//
// Torch's headers dominate the build time; what is listed here is read once.
#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include <memory>
#include <string>
#include <vector>
