// Reads the pickle inside a PyTorch archive without executing anything: a machine that knows plain
// values, dictionaries, and the few globals by which torch.save describes tensors. Any other global
// is refused by its name, so nothing that the file asks for can ever run.
//
// Pure function over bytes that may be anything; safe from any thread. Python's pickle protocols 2
// to 5, as far as torch.save (and libtorch's own writer) use them.
#pragma once

#include "core/base/Result.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace moodloom::tensor {

// A view of numbers in one of the archive's storages.
struct PickledTensor
{
    std::string storage;                 // the member below "data/"
    std::string dtype;                   // "F32", ... as safetensors calls them
    int64_t offset = 0;                  // in elements
    std::vector<int64_t> shape, strides; // in elements, equally many
};

struct PickledTensors
{
    // By their path of keys, joined by dots: "state_dict.conv.weight", "layers.0.weight".
    std::map<std::string, PickledTensor> tensors;
    std::map<std::string, std::string> scalars; // numbers and texts beside them, likewise
};

// Errors: Unsupported (a global that is not known, naming it and the way to convert; an opcode that
// no tensor needs), Corrupt.
Result<PickledTensors> readPickle(std::span<const std::byte> bytes, const std::string &path);

} // namespace moodloom::tensor
