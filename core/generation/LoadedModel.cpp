#include "core/generation/LoadedModel.h"

#include "core/base/Memory.h"
#include "core/base/Paths.h"
#include "core/generation/Material.h"
#include "core/generation/Pictures.h"
#include "core/models/Lora.h"

#include <QElapsedTimer>

#include <algorithm>
#include <atomic>

namespace moodloom::generation {
namespace {

constexpr qint64 kLoadingPause = 50; // ms between two messages of how far loading is

std::atomic<uint64_t> held = 0;

tensor::Precision precisionOf(models::PaintFormat format)
{
    switch (format) {
    case models::PaintFormat::Fp32:
        return tensor::Precision::Full;
    case models::PaintFormat::Bf16:
        return tensor::Precision::Fast;
    case models::PaintFormat::Fp16:
        return tensor::Precision::Half;
    }
    return tensor::Precision::Full;
}

} // namespace

uint64_t LoadedModel::heldMemory()
{
    return held;
}

void LoadedModel::tellHeld() const
{
    const uint64_t own = m_pipeline ? ownMemory() : 0;
    held = own - std::min(own, m_ownBefore);
}

Result<void> LoadedModel::open(const Recipe &recipe, const models::MemoryPlan &plan,
                               std::stop_token stop, const std::function<void()> &opened)
{
    const PaintFiles wanted = filesOf(recipe, plan);
    if (m_pipeline && m_files == wanted)
        return {};
    m_controlNets.clear();
    if (m_pipeline) {
        m_pipeline.reset();
        returnFreedMemory();
    }
    m_ownBefore = ownMemory();
    models::PipelineOptions options;
    options.device =
        wanted.device == models::PaintDevice::Card ? tensor::bestDevice() : at::Device(at::kCPU);
    options.precision = precisionOf(wanted.format);
    options.weightsInFiles = wanted.weightsInFiles;
    options.lazy = true;
    options.tokenizer = tokenizerFolder().toStdString();
    options.adapters = wanted.adapters;
    options.imageEncoder = wanted.imageEncoder;
    options.stop = stop;
    auto loaded = models::loadPipeline(wanted.model, options);
    if (!loaded)
        return fail(loaded.error());
    m_pipeline = std::move(*loaded);
    m_files = wanted;
    opened();
    return {};
}

Result<void> LoadedModel::load(const Recipe &recipe, const models::MemoryPlan &plan,
                               std::stop_token stop, const Progress &progress)
{
    using models::Thrift;
    if (auto merged = models::setLoras(*m_pipeline, lorasOf(recipe), stop); !merged)
        return merged;
    if (plan.thrift == Thrift::None) {
        const auto all = {Part::Text, Part::Vision, Part::Vae, Part::UNet};
        if (auto there = bring(all, stop, progress); !there)
            return there;
        return loadControlNets(recipe, stop);
    }
    sendAway({Part::Text, Part::Vision});
    if (plan.thrift != Thrift::Encoders) {
        m_controlNets.clear();
        sendAway({Part::UNet, Part::Vae});
    }
    return {};
}

Result<void> LoadedModel::bring(std::initializer_list<Part> parts, std::stop_token stop,
                                const Progress &progress)
{
    int64_t all = 0, done = 0;
    for (const Part part : parts)
        all += m_pipeline->missing(part);
    if (all == 0)
        return {};
    QElapsedTimer told; // not for each of some hundred tensors
    const auto tell = [&](int64_t loaded) {
        if (told.isValid() && told.elapsed() < kLoadingPause && loaded < all)
            return;
        told.start();
        progress(double(loaded) / double(all));
    };
    for (const Part part : parts) {
        const int64_t missing = m_pipeline->missing(part);
        const auto share = [&](double of) { tell(done + int64_t(of * double(missing))); };
        if (auto there = m_pipeline->bring(part, stop, share); !there)
            return there;
        done += missing;
    }
    return {};
}

void LoadedModel::sendAway(std::initializer_list<Part> parts)
{
    for (const Part part : parts)
        m_pipeline->sendAway(part);
}

Result<void> LoadedModel::loadControlNets(const Recipe &recipe, std::stop_token stop)
{
    std::map<std::string, std::shared_ptr<nn::ControlNetModel>> wanted;
    for (const RecipeControl &control : recipe.controls) {
        const std::string path = control.network.toStdString();
        if (control.scale <= 0 || wanted.count(path))
            continue;
        if (const auto known = m_controlNets.find(path); known != m_controlNets.end()) {
            wanted.insert(*known);
            continue;
        }
        auto loaded = models::loadControlNet(path, *m_pipeline, stop);
        if (!loaded)
            return fail(loaded.error());
        wanted[path] = *std::move(loaded);
    }
    m_controlNets = std::move(wanted);
    return {};
}

Result<std::vector<models::ControlRequest>> LoadedModel::controlsOf(const Recipe &recipe,
                                                                    QVector<QImage> &pictures) const
{
    std::vector<models::ControlRequest> controls;
    for (const RecipeControl &control : recipe.controls) {
        if (control.scale <= 0)
            continue;
        auto picture = readCovering(control.picture, recipe.size);
        if (!picture)
            return fail(picture.error());
        pictures.append(*picture);
        controls.push_back({m_controlNets.at(control.network.toStdString()),
                            viewOf(pictures.last()), control.scale});
    }
    return controls;
}

void LoadedModel::giveBack()
{
    m_controlNets.clear();
    if (m_pipeline)
        sendAway({Part::Text, Part::Vision, Part::UNet, Part::Vae});
    returnFreedMemory();
    if (m_pipeline)
        tensor::returnDeviceMemory(m_pipeline->device);
}

void LoadedModel::close()
{
    m_controlNets.clear();
    m_pipeline.reset();
    returnFreedMemory();
    tellHeld();
}

} // namespace moodloom::generation
