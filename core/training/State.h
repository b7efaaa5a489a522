// A stage of training put away and taken up again: weights, optimiser, average and counters in one
// safetensors file, written safely.
#pragma once

#include "core/base/Result.h"
#include "core/tensor/Compat.h"

#include <map>
#include <string>

namespace moodloom::training {

struct State
{
    std::map<std::string, at::Tensor> weights, optimizer, average;
    int64_t step = 0;
    int64_t samples = 0;
    uint64_t scene = 0;  // SceneStream::position()
    double seconds = 0;  // of training in all
};

// Errors: DiskFull, Unreadable; the old file stays.
Result<void> saveState(const std::string &path, const State &state);
// Errors: NotFound (start afresh), Corrupt.
Result<State> loadState(const std::string &path);

} // namespace moodloom::training
