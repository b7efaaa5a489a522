#include "core/training/SceneCache.h"

#include "core/base/Machine.h"
#include "core/training/Batch.h"
#include "core/training/BuiltInShape.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace moodloom::training {
namespace {

constexpr int scenesAtOnce = 16;

} // namespace

SceneCache::SceneCache(const SceneSource &source, std::shared_ptr<nn::AutoencoderKL> autoencoder,
                       std::shared_ptr<nn::ClipVisionModel> vision, const models::Tokenizer &tokenizer,
                       Options options)
    : m_stream(source, options.drawing), m_autoencoder(std::move(autoencoder)), m_vision(std::move(vision)),
      m_tokenizer(tokenizer), m_options(options), m_position(options.drawing.first)
{
    m_thread = std::thread([this] { fill(); });
}

SceneCache::~SceneCache()
{
    {
        const std::lock_guard lock(m_mutex);
        m_quit = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void SceneCache::fill()
{
    useComputeThreads(1);
    const at::NoGradGuard noGrad;
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] {
                return m_quit || m_encoded < m_options.minimum ||
                       double(m_encoded) < double(m_options.minimum) + double(m_picked) / m_options.reuse;
            });
            if (m_quit)
                return;
        }
        const auto scenes = m_stream.next(scenesAtOnce);
        encode(scenes);
        m_position = m_stream.position();
    }
}

void SceneCache::encode(const std::vector<TrainingScene> &scenes)
{
    std::vector<const Picture *> pictures, references;
    for (const TrainingScene &scene : scenes) {
        pictures.push_back(&scene.picture);
        for (const SceneEntity &entity : scene.entities)
            references.push_back(&entity.reference);
    }
    const at::Tensor latents =
        m_autoencoder->toModel(m_autoencoder->encode(toTensor(pictures)).mean).to(at::kHalf);
    const auto seen = m_vision->forward(toTensor(references));
    const at::Tensor states = seen.hiddenStates[seen.hiddenStates.size() - 2].to(at::kBFloat16);
    const at::Tensor embeds = seen.imageEmbeds / seen.imageEmbeds.norm(2, -1, true);
    const auto ids = [this](const std::string &text) {
        auto whole = m_tokenizer.encodeWhole(text);
        return whole.size() <= size_t(textLength) ? whole : m_tokenizer.encodePadded(text, textLength);
    };
    std::vector<std::shared_ptr<const CachedScene>> encoded;
    int64_t reference = 0;
    for (size_t i = 0; i < scenes.size(); ++i) {
        auto scene = std::make_shared<CachedScene>();
        scene->latents = latents[int64_t(i)].clone();
        scene->english = ids(scenes[i].captionEn);
        scene->chinese = ids(scenes[i].captionZh);
        scene->plainEnglish = ids(scenes[i].plainEn);
        scene->plainChinese = ids(scenes[i].plainZh);
        for (const SceneEntity &entity : scenes[i].entities) {
            scene->references.push_back(
                {entity.family, states[reference].clone(), embeds[reference].clone()});
            ++reference;
        }
        encoded.push_back(std::move(scene));
    }
    const std::lock_guard lock(m_mutex);
    for (auto &scene : encoded) {
        if (m_scenes.size() < m_options.capacity)
            m_scenes.push_back(std::move(scene));
        else
            m_scenes[m_encoded % m_options.capacity] = std::move(scene);
        ++m_encoded;
    }
    m_changed.notify_all();
}

std::vector<std::shared_ptr<const CachedScene>> SceneCache::pick(size_t count, std::mt19937_64 &random)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_quit || m_encoded >= m_options.minimum; });
    std::vector<std::shared_ptr<const CachedScene>> picked;
    for (size_t i = 0; i < count && !m_scenes.empty(); ++i)
        picked.push_back(m_scenes[random() % m_scenes.size()]);
    m_picked += picked.size();
    m_changed.notify_all();
    return picked;
}

size_t SceneCache::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_scenes.size();
}

} // namespace moodloom::training
