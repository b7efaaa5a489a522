#include "core/tensor/PickleFile.h"

#include "core/tensor/FileMapping.h"
#include "core/tensor/PickleReader.h"
#include "core/tensor/ZipArchive.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace moodloom::tensor {

namespace {

constexpr const char *convertAdvice =
    "convert it to safetensors, where you trust it (the checkpoint merger of A1111 and ComfyUI's "
    "\"Save Checkpoint\" write that)";

enum class Content { Other, Zip, OldPickle, Tar };

Content contentOf(std::span<const std::byte> bytes)
{
    const auto starts = [&](size_t at, std::string_view text) {
        return bytes.size() >= at + text.size() &&
               std::memcmp(bytes.data() + at, text.data(), text.size()) == 0;
    };
    if (starts(8, "{")) // a safetensors header; its length may look like anything
        return Content::Other;
    if (starts(0, "PK\x03\x04"))
        return Content::Zip;
    if (starts(0, "\x80\x02"))
        return Content::OldPickle;
    return starts(257, "ustar") ? Content::Tar : Content::Other;
}

int64_t bytesOf(const std::string &dtype)
{
    if (dtype == "F64" || dtype == "I64")
        return 8;
    if (dtype == "F32" || dtype == "I32")
        return 4;
    return dtype == "F16" || dtype == "BF16" || dtype == "I16" ? 2 : 1;
}

// Where a view of a storage lies, or nothing where it reaches beyond it.
std::optional<TensorInfo> place(const PickledTensor &tensor, const ZipMember &storage)
{
    TensorInfo info;
    info.dtype = tensor.dtype;
    info.shape = tensor.shape;
    const auto limit = uint64_t(std::numeric_limits<int64_t>::max()) / 64;
    uint64_t last = 0, elements = 1; // the last element's distance from the first
    int64_t rowAfterRow = 1;
    bool plain = true;
    for (size_t i = tensor.shape.size(); i-- > 0;) {
        const auto size = uint64_t(tensor.shape[i]), stride = uint64_t(tensor.strides[i]);
        if (size != 0 && elements > limit / size)
            return {};
        elements *= size;
        if (size > 1) {
            if (stride != 0 && size - 1 > limit / stride)
                return {};
            last += (size - 1) * stride;
            if (last > limit)
                return {};
            plain = plain && tensor.strides[i] == rowAfterRow;
        }
        rowAfterRow = int64_t(elements);
    }
    const auto width = uint64_t(bytesOf(tensor.dtype));
    const auto first = uint64_t(tensor.offset);
    if (elements == 0)
        return info;
    if (first > limit || (first + last + 1) * width > storage.size)
        return {};
    info.offset = storage.offset + first * width;
    info.bytes = (last + 1) * width;
    if (!plain)
        info.strides = tensor.strides;
    return info;
}

// Names without the "state_dict." that holds all of a checkpoint's weights.
std::string shortName(const std::string &name)
{
    const std::string outer = "state_dict.";
    return name.starts_with(outer) ? name.substr(outer.size()) : name;
}

Result<SafeTensors> readArchive(const std::string &path,
                                const std::shared_ptr<FileMapping> &mapping)
{
    const std::span<const std::byte> bytes(mapping->data(), mapping->size());
    const auto members = readZipDirectory(bytes, path);
    if (!members)
        return fail(members.error());
    const std::string wanted = "/data.pkl";
    const auto pickle = std::find_if(members->begin(), members->end(), [&](const auto &member) {
        const std::string &name = member.first;
        return name.size() > wanted.size() && name.find('/') == name.size() - wanted.size() &&
               name.ends_with(wanted);
    });
    if (pickle == members->end())
        return fail(ErrorCode::Unsupported, path,
                    "is a ZIP archive, but not of PyTorch (it has no data.pkl)");
    if (!pickle->second.stored)
        return fail(ErrorCode::Unsupported, path,
                    std::string("its contents are compressed; ") + convertAdvice);
    const std::string root = pickle->first.substr(0, pickle->first.size() - wanted.size());
    if (const auto order = members->find(root + "/byteorder");
        order != members->end() && order->second.stored && order->second.size == 3 &&
        std::memcmp(bytes.data() + order->second.offset, "big", 3) == 0)
        return fail(ErrorCode::Unsupported, path,
                    std::string("was written on a big-endian machine; ") + convertAdvice);
    const auto content =
        readPickle(bytes.subspan(pickle->second.offset, pickle->second.size), path);
    if (!content)
        return fail(content.error());
    std::map<std::string, TensorInfo> tensors;
    for (const auto &[name, tensor] : content->tensors) {
        const auto storage = members->find(root + "/data/" + tensor.storage);
        if (storage == members->end())
            return fail(ErrorCode::Corrupt, path,
                        "tensor \"" + name + "\": its numbers are not in the file");
        if (!storage->second.stored)
            return fail(ErrorCode::Unsupported, path,
                        std::string("its contents are compressed; ") + convertAdvice);
        const auto info = place(tensor, storage->second);
        if (!info)
            return fail(ErrorCode::Corrupt, path,
                        "tensor \"" + name + "\" reaches beyond its numbers; get the file again");
        tensors[shortName(name)] = *info;
    }
    std::map<std::string, std::string> metadata;
    for (const auto &[name, text] : content->scalars)
        metadata[shortName(name)] = text;
    return SafeTensors(path, mapping, std::move(tensors), std::move(metadata));
}

} // namespace

bool looksLikePickle(const std::string &path)
{
    const auto mapping = FileMapping::open(path);
    return mapping && contentOf({(*mapping)->data(), (*mapping)->size()}) != Content::Other;
}

Result<SafeTensors> openPickle(const std::string &path)
{
    const auto mapping = FileMapping::open(path);
    if (!mapping)
        return fail(mapping.error());
    switch (contentOf({(*mapping)->data(), (*mapping)->size()})) {
    case Content::Zip:
        return readArchive(path, *mapping);
    case Content::OldPickle:
        return fail(ErrorCode::Unsupported, path,
                    std::string("is a pickle of PyTorch before 1.6, which is never opened here; ") +
                        convertAdvice);
    case Content::Tar:
        return fail(
            ErrorCode::Unsupported, path,
            std::string("is a tar file of PyTorch before 0.2, which is never opened here; ") +
                convertAdvice);
    case Content::Other:
        break;
    }
    return fail(ErrorCode::Unsupported, path, "is no file of PyTorch");
}

Result<SafeTensors> openTensorFile(const std::string &path)
{
    return looksLikePickle(path) ? openPickle(path) : SafeTensors::open(path);
}

} // namespace moodloom::tensor
