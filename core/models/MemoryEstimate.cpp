#include "core/models/MemoryEstimate.h"

#include "core/models/LoraFile.h"
#include "core/models/ModelSource.h"
#include "core/tensor/PickleFile.h"

#include <algorithm>
#include <filesystem>

namespace moodloom::models {

namespace {

namespace fs = std::filesystem;

// What libtorch, OpenMP and oneDNN hold besides tensors once they have worked: compiled kernels,
// scratch memory, what malloc cannot use again.
constexpr uint64_t kLibraries = 160'000'000;
constexpr uint64_t kSmallUNet = uint64_t(128) << 20; // its weights
constexpr int64_t kLargestWhole = 1024 * 1024; // pixels that the first plan decodes as a whole
constexpr uint64_t kQuickDecoder = 5'000'000;  // weights; smaller ones decode the previews
constexpr int64_t kAttentionTile = 256;        // see core/tensor/Attention.cpp

uint64_t bytesIn(PaintFormat format)
{
    return format == PaintFormat::Fp32 ? 4 : 2;
}

int64_t halved(int64_t size, size_t times)
{
    for (size_t i = 0; i < times; ++i)
        size = (size + 1) / 2;
    return size;
}

// Numbers that are alive at once in a residual block, for each pixel: before the first convolution
// its input, the norm's output and the activation's, and oneDNN's copies; before the second the
// block's input, too.
uint64_t residualWidth(uint64_t in, uint64_t out)
{
    return std::max(4 * in + 2 * out, in + 6 * out);
}

// The same in bytes where numbers have `number` bytes and norms are in fp32.
uint64_t residualBytes(uint64_t in, uint64_t out, uint64_t number)
{
    const uint64_t norms = number == 4 ? 0 : 2 * 4 * std::max(in, out);
    return residualWidth(in, out) * number + norms;
}

} // namespace

uint64_t decodingBytes(const nn::AutoencoderConfig &vae, int64_t width, int64_t height)
{
    const size_t levels = vae.channels.size();
    uint64_t most = 0;
    for (size_t level = 0; level < levels; ++level) {
        const auto pixels = uint64_t(halved(width / vae.patchSize, level)) *
                            uint64_t(halved(height / vae.patchSize, level));
        const auto out = uint64_t(vae.channels[level]);
        const auto in = uint64_t(vae.channels[std::min(level + 1, levels - 1)]);
        // What comes up is enlarged first: input, output, and oneDNN's copies of both.
        const uint64_t enlarging = level + 1 < levels ? 4 * in : 0;
        most = std::max(most, pixels * 4 * std::max(residualWidth(in, out), enlarging));
    }
    // The picture and its way to bytes.
    return most + uint64_t(width) * uint64_t(height) * 3 * 4 * 3;
}

uint64_t encodingBytes(const nn::AutoencoderConfig &vae, int64_t width, int64_t height)
{
    uint64_t most = 0;
    for (size_t level = 0; level < vae.channels.size(); ++level) {
        const auto pixels = uint64_t(halved(width / vae.patchSize, level)) *
                            uint64_t(halved(height / vae.patchSize, level));
        const auto in = uint64_t(vae.channels[level == 0 ? 0 : level - 1]);
        most = std::max(most, pixels * 4 * residualWidth(in, uint64_t(vae.channels[level])));
    }
    return most + uint64_t(width) * uint64_t(height) * 3 * 4 * 3;
}

uint64_t skipBytes(const nn::UNetConfig &unet, int64_t batch, int64_t height, int64_t width,
                   uint64_t number)
{
    uint64_t numbers = uint64_t(unet.channels.front() * height * width);
    for (size_t level = 0; level < unet.channels.size(); ++level) {
        const auto pixels = uint64_t(halved(height, level) * halved(width, level));
        numbers += pixels * uint64_t(unet.channels[level] * unet.layers[level]);
        if (level + 1 < unet.channels.size())
            numbers += uint64_t(halved(height, level + 1) * halved(width, level + 1)) *
                       uint64_t(unet.channels[level]);
    }
    return numbers * uint64_t(batch) * number;
}

uint64_t denoisingBytes(const nn::UNetConfig &unet, int64_t batch, int64_t height, int64_t width,
                        uint64_t number)
{
    uint64_t most = 0;
    for (size_t level = 0; level < unet.channels.size(); ++level) {
        const auto pixels =
            uint64_t(batch) * uint64_t(halved(height, level) * halved(width, level));
        const auto own = uint64_t(unet.channels[level]);
        const auto above = uint64_t(unet.channels[std::min(level + 1, unet.channels.size() - 1)]);
        uint64_t working = residualBytes(above + own, own, number);
        if (unet.downAttention[level]) // the feed-forward layer: its gate is eight times as wide
            working = std::max(working, (18 * number + 8) * own);
        most = std::max(most, pixels * working);
    }
    return most + skipBytes(unet, batch, height, width, number);
}

void MemoryEstimate::Weights::add(const Weights &other)
{
    elements += other.elements;
    largest = std::max(largest, other.largest);
    stored += other.stored;
}

namespace {

uint64_t elementsOf(const std::vector<int64_t> &shape)
{
    uint64_t elements = 1;
    for (const int64_t extent : shape)
        elements *= uint64_t(extent);
    return elements;
}

} // namespace

Result<MemoryEstimate::Weights> MemoryEstimate::weightsOf(const std::string &path)
{
    std::error_code error;
    auto files = fs::is_directory(path, error) ? openWeights(path)
                                               : [&]() -> Result<std::vector<tensor::SafeTensors>> {
        auto file = tensor::openTensorFile(path);
        if (!file)
            return fail(file.error());
        return std::vector<tensor::SafeTensors>{*std::move(file)};
    }();
    if (!files)
        return fail(files.error());
    Weights weights;
    for (const tensor::SafeTensors &file : *files)
        for (const auto &[name, info] : file.tensors()) {
            const auto elements = uint64_t(info.elements());
            weights.add({elements, elements, info.bytes});
        }
    return weights;
}

Result<MemoryEstimate> MemoryEstimate::read(const MemoryRequest &request)
{
    const auto opened = openModelSource(request.model, request.model); // its tokenizer is not read
    if (!opened)
        return fail(opened.error());
    const ModelSource &source = **opened;
    MemoryEstimate estimate;
    estimate.m_request = request;
    const auto unet = source.config("unet");
    const auto vae = source.config("vae");
    if (!unet || !vae)
        return fail(!unet ? unet.error() : vae.error());
    const auto unetConfig = nn::UNetConfig::fromJson(*unet, source.configName("unet"));
    const auto vaeConfig = nn::AutoencoderConfig::fromJson(*vae, source.configName("vae"));
    if (!unetConfig || !vaeConfig)
        return fail(!unetConfig ? unetConfig.error() : vaeConfig.error());
    estimate.m_unet = *unetConfig;
    estimate.m_vae = *vaeConfig;
    for (const char *name : {"text_encoder", "text_encoder_2", "unet", "vae", "image_encoder"}) {
        if (!source.has(name))
            continue;
        const auto tensors = source.tensors(name);
        if (!tensors)
            return fail(tensors.error());
        Weights weights;
        for (const auto &[key, entry] : tensors->tensors) {
            const tensor::TensorInfo &info = entry.file->tensors().at(entry.name);
            const uint64_t elements = elementsOf(entry.shape());
            const auto whole = uint64_t(std::max<int64_t>(1, info.elements()));
            weights.add({elements, elements, info.bytes / whole * elements});
        }
        estimate.m_parts[name] = weights;
    }
    if (!request.imageEncoder.empty())
        if (const auto encoder = weightsOf(request.imageEncoder))
            estimate.m_parts["image_encoder"] = *encoder;
    const bool sees = estimate.m_parts.count("image_encoder") > 0;
    std::vector<std::string> adapters;
    for (const std::string &name : request.adapters)
        adapters.push_back(source.adapterPath(name));
    if (adapters.empty() && sees) { // one of them, the largest
        uint64_t most = 0;
        for (const std::string &path : source.adapterFiles())
            if (const auto weights = weightsOf(path); weights && weights->elements > most) {
                most = weights->elements;
                adapters = {path};
            }
    }
    for (const std::string &path : adapters)
        if (const auto weights = weightsOf(path))
            estimate.m_adapters.add(*weights);
    for (const std::string &path : request.controlNets)
        if (const auto weights = weightsOf(path)) {
            estimate.m_controls.add(*weights);
            ++estimate.m_controlCount;
        }
    for (const std::string &path : request.loras)
        if (const auto lora = LoraFile::open(path))
            for (const auto &[name, module] : lora->modules())
                if (module.up && module.down) // [out,r], [r,in(,k,k)]
                    estimate.m_merged += uint64_t(module.up->shape()[0]) *
                                         (elementsOf(module.down->shape()) /
                                          std::max<uint64_t>(1, uint64_t(module.rank())));
    if (!request.previewDecoder.empty())
        if (const auto weights = weightsOf(request.previewDecoder)) {
            estimate.m_preview = *weights;
            estimate.m_previewWidth = 64; // as all released ones
        }
    return estimate;
}

uint64_t MemoryEstimate::stepBytes(uint64_t number) const
{
    const int64_t factor = m_vae.factor(), batch = m_request.guided ? 2 : 1;
    const int64_t height = m_request.height / factor, width = m_request.width / factor;
    uint64_t bytes = denoisingBytes(m_unet, batch, height, width, number);
    // Residuals of all ControlNets, and those of the one that runs before they are added.
    if (m_controlCount > 0)
        bytes += 2 * skipBytes(m_unet, batch, height, width, number);
    return bytes;
}

// Keys and values of the text and the references at every attention.
uint64_t MemoryEstimate::textBytes() const
{
    const int64_t tokens = 77 + int64_t(m_request.references) * 257;
    int64_t widths = 0;
    for (size_t level = 0; level < m_unet.channels.size(); ++level)
        for (const auto *depths : {&m_unet.downDepths, &m_unet.upDepths}) {
            const size_t block =
                depths == &m_unet.upDepths ? m_unet.channels.size() - 1 - level : level;
            if (m_unet.downAttention[level] && block < depths->size())
                for (const int64_t depth : (*depths)[block])
                    widths += depth * m_unet.channels[level];
        }
    return uint64_t(tokens * widths) * 2 * (m_request.guided ? 2 : 1) * 4;
}

MemoryPlan MemoryEstimate::plan(const MemoryDevice &device, Thrift thrift) const
{
    MemoryEstimate sized = *this;
    MemoryRequest &request = sized.m_request;
    if (request.width <= 0 || request.height <= 0)
        request.width = request.height = int(m_unet.sampleSize * m_vae.factor());

    MemoryPlan plan;
    plan.device = device.device;
    plan.thrift = thrift;
    // On a card a small network is held up by its launches, not by its numbers.
    const bool small = m_parts.at("unet").stored < kSmallUNet;
    plan.format = small && plan.device == PaintDevice::Card ? PaintFormat::Fp32 : device.fastest;
#if TORCH_VERSION_MAJOR < 2
    if (plan.device == PaintDevice::Cpu)
        plan.attentionTile = kAttentionTile;
#endif
    const int64_t pixels = int64_t(request.width) * request.height;
    const int64_t trained = std::max<int64_t>(4 * m_vae.factor(), m_vae.sampleSize);
    if (thrift != Thrift::None || pixels > kLargestWhole)
        plan.vaeTile = thrift == Thrift::None       ? trained
                       : thrift == Thrift::Encoders ? std::min<int64_t>(512, trained)
                                                    : std::min<int64_t>(256, trained);
    if (request.width <= plan.vaeTile && request.height <= plan.vaeTile)
        plan.vaeTile = 0; // it is one tile
    plan.decodesPreviews = sized.m_previewWidth > 0 && thrift == Thrift::None;

    const auto part = [&](const char *name) {
        const auto found = m_parts.find(name);
        return found == m_parts.end() ? Weights() : found->second;
    };
    const uint64_t number = bytesIn(plan.format);
    const uint64_t encoders = 4 * (part("text_encoder").elements + part("text_encoder_2").elements +
                                   part("image_encoder").elements);
    const uint64_t vae = 4 * part("vae").elements;
    uint64_t denoiser = number * (part("unet").elements + m_adapters.elements);
    uint64_t controls = number * m_controls.elements;
    // What loading converts at a time: as it is in the file, in fp32 where a LoRA is merged, ready.
    const uint64_t converting =
        std::max({part("unet").largest, part("text_encoder").largest, m_controls.largest}) *
        (m_merged > 0 ? 16 : 8);
    uint64_t using_ = 0;
    if (thrift == Thrift::Files) {
        plan.inFiles = part("unet").stored + m_adapters.stored;
        denoiser = number * m_merged;
        using_ = part("unet").largest * number * 2; // one layer, converted
    }
    uint64_t preview = 0;
    if (plan.decodesPreviews)
        preview = 4 * m_preview.elements + uint64_t(pixels) * uint64_t(m_previewWidth) * 4 * 4;

    const int64_t tileWidth =
        plan.vaeTile ? std::min<int64_t>(plan.vaeTile, request.width) : request.width;
    const int64_t tileHeight =
        plan.vaeTile ? std::min<int64_t>(plan.vaeTile, request.height) : request.height;
    // Tiles that are done stay until they are blended: the picture, and a row of tiles.
    const uint64_t tiles = plan.vaeTile ? uint64_t(pixels) * 3 * 4 * 2 : 0;
    const uint64_t decoding = decodingBytes(m_vae, tileWidth, tileHeight) + tiles;
    const uint64_t encoding =
        request.paintsOver ? encodingBytes(m_vae, tileWidth, tileHeight) + tiles : 0;
    const uint64_t words = 40'000'000 + (request.references > 0 ? 60'000'000 : 0); // activations
    uint64_t stepping = sized.stepBytes(number) + sized.textBytes() + using_ + preview;

    if (part("vae").elements < kQuickDecoder && thrift <= Thrift::Encoders)
        stepping = std::max(stepping, decoding); // between the steps

    const uint64_t all = encoders + denoiser + controls + vae;
    switch (thrift) {
    case Thrift::None:
        plan.load = all + converting;
        plan.encode = all + std::max(words, encoding);
        plan.steps = all + stepping;
        plan.decode = all + decoding;
        break;
    case Thrift::Encoders: // the next picture's texts are encoded beside the U-Net
        plan.load = denoiser + controls + vae + converting;
        plan.encode = denoiser + controls + vae + std::max(encoders + words, encoding);
        plan.steps = denoiser + controls + vae + stepping;
        plan.decode = denoiser + controls + vae + decoding;
        break;
    case Thrift::Parts:
    case Thrift::Files:
        plan.load = std::max({encoders, denoiser + controls, vae}) + converting;
        plan.encode = std::max(encoders + words, vae + encoding);
        plan.steps = denoiser + controls + stepping;
        plan.decode = vae + decoding;
        break;
    }
    for (uint64_t *stage : {&plan.load, &plan.encode, &plan.steps, &plan.decode})
        *stage += kLibraries;
    return plan;
}

} // namespace moodloom::models
