#include "core/tensor/SafeTensors.h"

#include "core/base/SafeFile.h"
#include "core/tensor/Device.h"
#include "core/tensor/FileMapping.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

namespace moodloom::tensor {

namespace {

using nlohmann::json;

// The reference implementation's limit; a larger header is an attack or another file.
constexpr uint64_t maxHeaderBytes = 100'000'000;

struct Dtype
{
    const char *name;
    int bytes;
    at::ScalarType type; // the type in memory; Undefined = converted by widen()
};

constexpr Dtype dtypes[] = {
    {"BOOL", 1, at::kBool},
    {"U8", 1, at::kByte},
    {"I8", 1, at::kChar},
    {"I16", 2, at::kShort},
    {"I32", 4, at::kInt},
    {"I64", 8, at::kLong},
    {"F16", 2, at::kHalf},
    {"BF16", 2, at::kBFloat16},
    {"F32", 4, at::kFloat},
    {"F64", 8, at::kDouble},
    {"U16", 2, at::ScalarType::Undefined},
    {"U32", 4, at::ScalarType::Undefined},
    {"U64", 8, at::kLong},
    {"F8_E4M3", 1, at::ScalarType::Undefined},
    {"F8_E5M2", 1, at::ScalarType::Undefined},
};

const Dtype *dtypeNamed(const std::string &name)
{
    const auto *found = std::find_if(std::begin(dtypes), std::end(dtypes),
                                     [&](const Dtype &d) { return name == d.name; });
    return found == std::end(dtypes) ? nullptr : found;
}

// An 8-bit float with `exponentBits`: E4M3 has no infinities, E5M2 follows IEEE 754.
float smallFloat(uint8_t bits, int exponentBits)
{
    const int mantissaBits = 7 - exponentBits, bias = (1 << (exponentBits - 1)) - 1;
    const int exponent = (bits & 0x7f) >> mantissaBits;
    const int mantissa = bits & ((1 << mantissaBits) - 1);
    const int top = (1 << exponentBits) - 1;
    float value;
    if (exponentBits == 4 && (bits & 0x7f) == 0x7f)
        value = std::numeric_limits<float>::quiet_NaN();
    else if (exponentBits == 5 && exponent == top)
        value = mantissa ? std::numeric_limits<float>::quiet_NaN()
                         : std::numeric_limits<float>::infinity();
    else if (exponent == 0)
        value = std::ldexp(float(mantissa), 1 - bias - mantissaBits);
    else
        value = std::ldexp(float((1 << mantissaBits) + mantissa), exponent - bias - mantissaBits);
    return bits & 0x80 ? -value : value;
}

template <class From, class To, class Convert>
Tensor widen(const std::byte *data, const TensorInfo &info, at::ScalarType type, Convert convert)
{
    Tensor out = at::empty(info.shape, type);
    To *to = out.data_ptr<To>();
    for (int64_t i = 0, n = info.elements(); i < n; ++i) {
        From value;
        std::memcpy(&value, data + size_t(i) * sizeof(From), sizeof(From));
        to[i] = convert(value);
    }
    return out;
}

std::string expected(const std::string &tensor, const std::string &text)
{
    return "tensor \"" + tensor + "\": " + text;
}

// One tensor's entry, checked on its own. `available` is the number of data bytes in the file.
Result<TensorInfo> parseEntry(const std::string &path, const std::string &name, const json &entry,
                              uint64_t available)
{
    const auto corrupt = [&](const std::string &text) {
        return fail(ErrorCode::Corrupt, path, expected(name, text));
    };
    if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string())
        return corrupt("its entry has no dtype");
    TensorInfo info;
    info.dtype = entry["dtype"].get<std::string>();
    const Dtype *dtype = dtypeNamed(info.dtype);
    if (!dtype)
        return fail(ErrorCode::Unsupported, path,
                    expected(name, "the number format " + info.dtype + " is not known"));
    if (!entry.contains("shape") || !entry["shape"].is_array())
        return corrupt("its entry has no shape");
    // A product that overflows is caught by dividing; a zero anywhere makes the tensor empty.
    uint64_t elements = 1;
    for (const json &extent : entry["shape"]) {
        if (!extent.is_number_unsigned() || extent.get<uint64_t>() > uint64_t(INT64_MAX))
            return corrupt("its shape has an entry that is no size");
        const uint64_t size = extent.get<uint64_t>();
        if (size != 0 && elements > uint64_t(INT64_MAX) / 16 / size)
            return corrupt("its shape is larger than any memory");
        elements *= size;
        info.shape.push_back(int64_t(size));
    }
    if (info.shape.size() > 16)
        return corrupt("it has more than 16 dimensions");
    if (!entry.contains("data_offsets") || !entry["data_offsets"].is_array() ||
        entry["data_offsets"].size() != 2 || !entry["data_offsets"][0].is_number_unsigned() ||
        !entry["data_offsets"][1].is_number_unsigned())
        return corrupt("its entry has no pair of data_offsets");
    const auto begin = entry["data_offsets"][0].get<uint64_t>();
    const auto end = entry["data_offsets"][1].get<uint64_t>();
    info.bytes = elements * uint64_t(dtype->bytes);
    if (begin > end || end - begin != info.bytes)
        return corrupt("expected " + std::to_string(info.bytes) + " bytes for " + info.dtype + " " +
                       shapeText(info.shape) + ", found the range " + std::to_string(begin) +
                       " to " + std::to_string(end));
    if (end > available)
        return fail(ErrorCode::Corrupt, path,
                    "it was cut off, get it again: tensor \"" + name + "\" needs bytes up to " +
                        std::to_string(end) + ", the file ends at " + std::to_string(available));
    info.offset = begin;
    return info;
}

// Names of dtypes for writing.
const char *formatName(at::ScalarType type)
{
    for (const Dtype &dtype : dtypes)
        if (dtype.type == type)
            return dtype.name;
    return nullptr;
}

} // namespace

int64_t TensorInfo::elements() const
{
    int64_t n = 1;
    for (int64_t size : shape)
        n *= size;
    return n;
}

SafeTensors::SafeTensors(std::string path, std::shared_ptr<FileMapping> mapping,
                         std::map<std::string, TensorInfo> tensors,
                         std::map<std::string, std::string> metadata)
    : m_path(std::move(path)), m_mapping(std::move(mapping)), m_tensors(std::move(tensors)),
      m_metadata(std::move(metadata))
{
}

Result<SafeTensors> SafeTensors::open(const std::string &path)
{
    auto opened = FileMapping::open(path);
    if (!opened)
        return fail(opened.error());
    const std::shared_ptr<FileMapping> mapping = *std::move(opened);
    const size_t size = mapping->size();
    if (size < 8)
        return fail(ErrorCode::Corrupt, path,
                    "has " + std::to_string(size) +
                        " bytes, a safetensors file has at least 8; get it again");

    const auto *bytes = reinterpret_cast<const unsigned char *>(mapping->data());
    uint64_t headerBytes = 0;
    for (int i = 7; i >= 0; --i)
        headerBytes = headerBytes << 8 | bytes[i];
    if (headerBytes > maxHeaderBytes || headerBytes > size - 8)
        return fail(ErrorCode::Corrupt, path,
                    "it was cut off or is no safetensors file, get it again: its header should "
                    "have " +
                        std::to_string(headerBytes) + " bytes, the file has " +
                        std::to_string(size));

    const json header = json::parse(bytes + 8, bytes + 8 + headerBytes, nullptr, false);
    if (header.is_discarded())
        return fail(ErrorCode::Corrupt, path, "its header is not valid JSON; get the file again");
    if (!header.is_object())
        return fail(ErrorCode::Corrupt, path, "its header is not a JSON object");

    SafeTensors file;
    file.m_path = path;
    const uint64_t dataStart = 8 + headerBytes, available = size - dataStart;
    for (const auto &[name, entry] : header.items()) {
        if (name == "__metadata__") {
            if (!entry.is_object())
                return fail(ErrorCode::Corrupt, path, "its __metadata__ is not a JSON object");
            for (const auto &[key, value] : entry.items())
                if (value.is_string())
                    file.m_metadata[key] = value.get<std::string>();
            continue;
        }
        auto info = parseEntry(path, name, entry, available);
        if (!info)
            return fail(info.error());
        file.m_tensors.emplace(name, *std::move(info));
    }

    // The ranges must tile the data without overlap (gaps are harmless: padding of other writers).
    std::vector<std::pair<const std::string *, TensorInfo *>> byOffset;
    for (auto &[name, info] : file.m_tensors)
        byOffset.emplace_back(&name, &info);
    std::stable_sort(byOffset.begin(), byOffset.end(), [](const auto &a, const auto &b) {
        return std::pair(a.second->offset, a.second->bytes) <
               std::pair(b.second->offset, b.second->bytes);
    });
    uint64_t reached = 0;
    for (auto &[name, info] : byOffset) {
        if (info->offset < reached)
            return fail(ErrorCode::Corrupt, path,
                        expected(*name, "its bytes overlap those of another tensor"));
        reached = info->offset + info->bytes;
        info->offset += dataStart;
    }
    file.m_mapping = std::move(mapping);
    return file;
}

Result<Tensor> SafeTensors::tensor(const std::string &name) const
{
    const auto found = m_tensors.find(name);
    if (found == m_tensors.end())
        return fail(ErrorCode::NotFound, m_path, "has no tensor \"" + name + "\"");
    const TensorInfo &info = found->second;
    auto *data = m_mapping->data() + info.offset;
    if (info.dtype == "U16")
        return widen<uint16_t, int32_t>(data, info, at::kInt,
                                        [](uint16_t v) { return int32_t(v); });
    if (info.dtype == "U32")
        return widen<uint32_t, int64_t>(data, info, at::kLong,
                                        [](uint32_t v) { return int64_t(v); });
    if (info.dtype == "F8_E4M3" || info.dtype == "F8_E5M2") {
        const int exponentBits = info.dtype == "F8_E4M3" ? 4 : 5;
        return widen<uint8_t, float>(data, info, at::kFloat,
                                     [=](uint8_t v) { return smallFloat(v, exponentBits); });
    }
    const Dtype *dtype = dtypeNamed(info.dtype);
    if (info.bytes == 0)
        return at::empty(info.shape, dtype->type);
    Tensor span; // as it lies there
    if (reinterpret_cast<uintptr_t>(data) % size_t(dtype->bytes) == 0) {
        span = at::from_blob(
            data, {int64_t(info.bytes) / dtype->bytes}, [mapping = m_mapping](void *) {},
            dtype->type);
    } else {
        span = at::empty({int64_t(info.bytes) / dtype->bytes}, dtype->type);
        std::memcpy(span.data_ptr(), data, info.bytes);
    }
    return info.strides.empty() ? span.view(info.shape) : span.as_strided(info.shape, info.strides);
}

void SafeTensors::forget(const std::string &name) const
{
    const TensorInfo &info = m_tensors.at(name);
    m_mapping->forget(info.offset, info.bytes);
}

Result<void> saveSafeTensors(const std::string &path, const std::map<std::string, Tensor> &tensors,
                             const std::map<std::string, std::string> &metadata)
{
    json header = json::object(); // keys come out sorted
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    // Wide numbers first, then by name: every tensor is aligned to its own number size.
    std::vector<std::pair<std::string, Tensor>> order(tensors.begin(), tensors.end());
    std::stable_sort(order.begin(), order.end(), [](const auto &a, const auto &b) {
        return a.second.element_size() > b.second.element_size();
    });
    uint64_t offset = 0;
    for (const auto &[name, tensor] : order) {
        const char *dtype = formatName(tensor.scalar_type());
        if (!dtype)
            return fail(ErrorCode::Unsupported, path,
                        expected(name, "the format has no " + dtypeName(tensor.scalar_type())));
        const auto bytes = uint64_t(tensor.numel()) * tensor.element_size();
        header[name] = {{"dtype", dtype},
                        {"shape", tensor.sizes().vec()},
                        {"data_offsets", {offset, offset + bytes}}};
        offset += bytes;
    }
    std::string text = header.dump();
    text.resize((text.size() + 8 + 63) / 64 * 64 - 8, ' ');

    return writeFileSafely(path, [&](const ByteSink &sink) -> Result<void> {
        std::array<std::byte, 8> length{};
        for (size_t i = 0; i < 8; ++i)
            length[i] = std::byte(text.size() >> (8 * i) & 0xff);
        if (!sink(length) || !sink(std::as_bytes(std::span(text))))
            return {};
        for (const auto &[name, tensor] : order) {
            const Tensor plain = tensor.detach().to(at::kCPU).contiguous();
            const auto *data = static_cast<const std::byte *>(plain.data_ptr());
            if (plain.numel() > 0 && !sink({data, size_t(plain.numel()) * plain.element_size()}))
                return {};
        }
        return {};
    });
}

} // namespace moodloom::tensor
