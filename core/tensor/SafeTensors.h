// The safetensors file format: an 8-byte little-endian header length, a JSON header that names
// every tensor with dtype, shape and byte range, then the bytes.
//
// Reading maps the file: opening costs the header only, a tensor's pages come when it is used. The
// header is checked completely before anything else is believed. A SafeTensors value is cheap to
// copy and safe to read from several threads; tensors keep the mapping alive by themselves. The
// mapping is private: writing into a tensor never reaches the file.
#pragma once

#include "core/base/Result.h"
#include "core/tensor/Compat.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace moodloom::tensor {

struct TensorInfo
{
    std::string dtype; // as in the file: "F32", "BF16", ...
    std::vector<int64_t> shape;
    uint64_t offset = 0;            // from the start of the file
    uint64_t bytes = 0;             // that it spans there
    std::vector<int64_t> strides{}; // in elements; empty = row after row (always, in safetensors)
    int64_t elements() const;
};

class FileMapping;

class SafeTensors
{
public:
    // Errors: NotFound, Unreadable, Corrupt (with the tensor and what was expected), Unsupported (a
    // dtype that the format does not know).
    static Result<SafeTensors> open(const std::string &path);

    const std::string &path() const { return m_path; }
    const std::map<std::string, TensorInfo> &tensors() const { return m_tensors; }
    const std::map<std::string, std::string> &metadata() const { return m_metadata; }
    bool contains(const std::string &name) const { return m_tensors.count(name) > 0; }

    // A view of the file, or a copy where libtorch lacks the dtype (U16 and U32 widen to the next
    // signed type, U64 reads as I64, 8-bit floats widen to F32). Errors: NotFound.
    Result<Tensor> tensor(const std::string &name) const;
    // What tensor() has brought into memory may leave it, see FileMapping::forget(). Requires: the
    // tensor is there, and nothing was written into a view of it.
    void forget(const std::string &name) const;

    // For readers of other formats whose tensors lie in a file as they are (PickleFile.h).
    // Requires: every tensor, with its strides, is inside the mapping, in a dtype that open()
    // knows.
    SafeTensors(std::string path, std::shared_ptr<FileMapping> mapping,
                std::map<std::string, TensorInfo> tensors,
                std::map<std::string, std::string> metadata);
    SafeTensors() = default;

private:
    std::string m_path;
    std::shared_ptr<FileMapping> m_mapping;
    std::map<std::string, TensorInfo> m_tensors;
    std::map<std::string, std::string> m_metadata;
};

// Writes the tensors, widest numbers first and then by name, so that equal content gives equal
// bytes and every tensor is aligned (the data begin at a multiple of 64). The old file stays where
// writing fails. Errors: DiskFull, Unreadable, Unsupported (a dtype the format lacks).
Result<void> saveSafeTensors(const std::string &path, const std::map<std::string, Tensor> &tensors,
                             const std::map<std::string, std::string> &metadata = {});

} // namespace moodloom::tensor
