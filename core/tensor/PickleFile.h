// PyTorch's own files (.ckpt, .pt, .pth, .bin): a ZIP archive of raw numbers with a pickle that
// describes them. Nothing in them is executed, see PickleReader.h.
//
// Safe from any thread.
#pragma once

#include "core/tensor/SafeTensors.h"

namespace moodloom::tensor {

// Whether the content starts like a ZIP archive, or like a bare pickle or tar file of old PyTorch.
bool looksLikePickle(const std::string &path);

// Tensors by their path of keys; a checkpoint's outer "state_dict" is left out. Numbers and texts
// beside them are the metadata. Errors: NotFound, Unreadable, Corrupt; Unsupported (with the way to
// convert: code inside, an archive of old PyTorch, compressed numbers).
Result<SafeTensors> openPickle(const std::string &path);

// A safetensors file or a PyTorch archive, by its content.
Result<SafeTensors> openTensorFile(const std::string &path);

} // namespace moodloom::tensor
