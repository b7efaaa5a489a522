#include "core/training/LatentPool.h"

#include "core/base/Machine.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace moodloom::training {
namespace {

template <class Function> LatentRows each(const LatentRows &rows, Function function)
{
    return {function(rows.latents), function(rows.ids), function(rows.families), function(rows.states),
            function(rows.embeds)};
}

} // namespace

LatentPool::LatentPool(ScenePool &scenes, std::shared_ptr<nn::AutoencoderKL> autoencoder,
                       std::shared_ptr<nn::ClipVisionModel> vision, Options options)
    : m_scenes(scenes), m_autoencoder(std::move(autoencoder)), m_vision(std::move(vision)),
      m_options(options)
{
    m_thread = std::thread([this] { fill(); });
}

LatentPool::~LatentPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_quit = true;
    }
    m_changed.notify_all();
    m_scenes.stop(); // the thread may wait for scenes
    m_thread.join();
}

void LatentPool::fill()
{
    useComputeThreads(1);
    const at::NoGradGuard noGrad;
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] {
                return m_quit || m_options.reuse <= 0 || m_written < m_options.minimum ||
                       double(m_written) < double(m_options.minimum) + double(m_picked) / m_options.reuse;
            });
            if (m_quit)
                return;
        }
        const SceneRows scenes = m_scenes.next(m_options.chunk);
        if (!scenes.pictures.defined())
            return;
        const LatentRows rows = encoded(scenes);
        {
            const std::lock_guard lock(m_mutex);
            if (!m_ring.latents.defined())
                m_ring = each(rows, [this](const at::Tensor &t) {
                    auto shape = t.sizes().vec();
                    shape[0] = m_options.capacity;
                    return at::empty(shape, t.options());
                });
            const int64_t from = m_written % m_options.capacity;
            const auto copy = [&](at::Tensor &ring, const at::Tensor &part) {
                ring.narrow(0, from, m_options.chunk).copy_(part);
            };
            copy(m_ring.latents, rows.latents);
            copy(m_ring.ids, rows.ids);
            copy(m_ring.families, rows.families);
            copy(m_ring.states, rows.states);
            copy(m_ring.embeds, rows.embeds);
            m_written += m_options.chunk;
        }
        m_changed.notify_all();
    }
}

LatentRows LatentPool::encoded(const SceneRows &scenes) const
{
    const int64_t n = scenes.size();
    const at::Tensor pictures = unpacked(scenes.pictures).to(m_options.dtype);
    const at::Tensor references = unpacked(scenes.references).flatten(0, 1).to(m_options.dtype);
    LatentRows rows;
    rows.latents = m_autoencoder->toModel(m_autoencoder->encode(pictures).mean).to(at::kHalf);
    const auto seen = m_vision->forward(references);
    const at::Tensor states = seen.hiddenStates[seen.hiddenStates.size() - 2].to(at::kBFloat16);
    const at::Tensor embeds = seen.imageEmbeds.to(at::kFloat);
    rows.ids = scenes.ids;
    rows.families = scenes.families;
    rows.states = states.view({n, referenceSlots, states.size(1), states.size(2)});
    rows.embeds = (embeds / embeds.norm(2, -1, true)).view({n, referenceSlots, -1});
    return rows;
}

LatentRows LatentPool::pick(int64_t count)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_written >= std::min(m_options.minimum, m_options.capacity); });
    const int64_t there = std::min(m_written, m_options.capacity);
    const at::Tensor rows = at::randint(there, {count}, m_ring.ids.options().dtype(at::kLong));
    m_picked += count;
    const LatentRows picked = each(m_ring, [&](const at::Tensor &t) { return t.index_select(0, rows); });
    lock.unlock();
    m_changed.notify_all();
    return picked;
}

int64_t LatentPool::size() const
{
    const std::lock_guard lock(m_mutex);
    return std::min(m_written, m_options.capacity);
}

} // namespace moodloom::training
