#include "core/training/ScenePool.h"

#include "core/base/Machine.h"
#include "core/tensor/Upload.h"
#include "core/training/BuiltInShape.h"
#include "core/training/SceneStream.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstring>

namespace moodloom::training {
namespace {

// [N,size,size,3] bytes of one picture at `row`. Requires: the picture has that size.
void put(const Picture &picture, at::Tensor &rows, int64_t row)
{
    const int64_t bytes = rows[row].numel();
    TORCH_CHECK(int64_t(picture.rgb.size()) == bytes, "pictures of different sizes");
    std::memcpy(rows.data_ptr<uint8_t>() + row * bytes, picture.rgb.data(), size_t(bytes));
}

at::Tensor channelsFirst(const at::Tensor &rows) // [N,H,W,3] -> [N,3,H,W]
{
    return rows.permute({0, 3, 1, 2}).contiguous();
}

template <class Function> SceneRows each(const SceneRows &rows, Function function)
{
    return {function(rows.pictures), function(rows.references), function(rows.families),
            rows.ids.defined() ? function(rows.ids) : at::Tensor()};
}

} // namespace

at::Tensor unpacked(const at::Tensor &bytes)
{
    return bytes.to(at::kFloat).div_(127.5).sub_(1.0);
}

SceneRows drawRows(const SceneSource &source, const models::Tokenizer *tokenizer, uint64_t runSeed,
                   uint64_t first, int64_t n, const SceneSizes &sizes)
{
    const int64_t size = sizes.picture, small = sizes.reference;
    at::Tensor pictures = at::empty({n, size, size, 3}, at::kByte);
    at::Tensor references = at::zeros({n * referenceSlots, small, small, 3}, at::kByte);
    at::Tensor families = at::full({n, referenceSlots}, -1, at::kInt);
    at::Tensor ids;
    if (tokenizer)
        ids = at::empty({n, captionKinds, textLength}, at::kInt);
    for (int64_t i = 0; i < n; ++i) {
        const TrainingScene scene =
            source.scene(sceneSeed(runSeed, first + uint64_t(i)), sizes.picture, sizes.reference);
        put(scene.picture, pictures, i);
        std::vector<const SceneEntity *> things;
        for (const SceneEntity &entity : scene.entities)
            if (entity.reference.width > 0)
                things.push_back(&entity);
        std::stable_sort(things.begin(), things.end(), [](const SceneEntity *a, const SceneEntity *b) {
            return a->box[2] * a->box[3] > b->box[2] * b->box[3];
        });
        for (int64_t slot = 0; slot < std::min<int64_t>(referenceSlots, int64_t(things.size())); ++slot) {
            put(things[size_t(slot)]->reference, references, i * referenceSlots + slot);
            families[i][slot] = things[size_t(slot)]->family;
        }
        if (!tokenizer)
            continue;
        const std::string *const texts[captionKinds] = {&scene.captionEn, &scene.captionZh, &scene.plainEn,
                                                        &scene.plainZh};
        for (int64_t kind = 0; kind < captionKinds; ++kind) {
            const auto padded = tokenizer->encodePadded(*texts[kind], textLength);
            std::copy(padded.begin(), padded.end(),
                      ids.data_ptr<int32_t>() + (i * captionKinds + kind) * textLength);
        }
    }
    return {channelsFirst(pictures),
            channelsFirst(references).view({n, referenceSlots, 3, small, small}), families, ids};
}

ScenePool::ScenePool(const SceneSource &source, const models::Tokenizer *tokenizer, Options options)
    : m_source(source), m_tokenizer(tokenizer), m_options(options)
{
    for (int i = 0; i < std::max(1, options.threads); ++i)
        m_threads.emplace_back([this] { draw(); });
}

ScenePool::~ScenePool()
{
    stop();
    for (std::thread &thread : m_threads)
        thread.join();
}

void ScenePool::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_quit = true;
    }
    m_changed.notify_all();
}

bool ScenePool::mayDraw() const
{
    if (m_reading && m_claimed + m_options.chunk > m_read + m_options.capacity)
        return false;
    const int64_t ahead = std::min(m_options.minimum, m_options.capacity);
    return m_reading || m_options.reuse <= 0 || m_claimed < ahead ||
           double(m_claimed) < double(ahead) + double(m_picked) / m_options.reuse;
}

void ScenePool::draw()
{
    useComputeThreads(1);
    yieldToInterface(); // whoever feeds the device comes first
    for (;;) {
        int64_t place = 0;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_quit || mayDraw(); });
            if (m_quit)
                return;
            place = m_claimed;
            m_claimed += m_options.chunk;
        }
        const SceneRows rows = each(
            drawRows(m_source, m_tokenizer, m_options.seed, m_options.first + uint64_t(place), m_options.chunk,
                     m_options.sizes),
            [this](const at::Tensor &t) { return tensor::upload(t, m_options.device); });
        std::unique_lock lock(m_mutex);
        // In order, so that what is written is always without gaps.
        m_changed.wait(lock, [&] { return m_quit || m_written == place; });
        if (m_quit)
            return;
        if (!m_ring.pictures.defined())
            m_ring = each(rows, [this](const at::Tensor &t) {
                auto shape = t.sizes().vec();
                shape[0] = m_options.capacity;
                return at::empty(shape, t.options());
            });
        const int64_t from = place % m_options.capacity;
        const auto copy = [&](at::Tensor &ring, const at::Tensor &chunk) {
            if (chunk.defined())
                ring.narrow(0, from, m_options.chunk).copy_(chunk);
        };
        copy(m_ring.pictures, rows.pictures);
        copy(m_ring.references, rows.references);
        copy(m_ring.families, rows.families);
        copy(m_ring.ids, rows.ids);
        m_written += m_options.chunk;
        lock.unlock();
        m_changed.notify_all();
    }
}

SceneRows ScenePool::pick(int64_t count)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] {
        return (m_quit && m_written > 0) || m_written >= std::min(m_options.minimum, m_options.capacity);
    });
    const int64_t there = std::min(m_written, m_options.capacity);
    const at::Tensor rows = at::randint(there, {count}, at::TensorOptions(m_options.device).dtype(at::kLong));
    m_picked += count;
    const SceneRows picked = each(m_ring, [&](const at::Tensor &t) { return t.index_select(0, rows); });
    lock.unlock();
    m_changed.notify_all();
    return picked;
}

SceneRows ScenePool::next(int64_t count)
{
    std::unique_lock lock(m_mutex);
    if (!m_reading) {
        m_reading = true;
        // What has been overwritten, or may be at any moment, is gone.
        const int64_t kept = std::max<int64_t>(0, m_claimed - m_options.capacity);
        m_read = (kept + count - 1) / count * count; // so that no piece wraps around the ring
    }
    lock.unlock();
    m_changed.notify_all();
    lock.lock();
    m_changed.wait(lock, [&] { return m_quit || m_written >= m_read + count; });
    if (m_quit)
        return {};
    const int64_t from = m_read % m_options.capacity;
    const SceneRows rows =
        each(m_ring, [&](const at::Tensor &t) { return t.narrow(0, from, count).clone(); });
    m_read += count;
    lock.unlock();
    m_changed.notify_all();
    return rows;
}

int64_t ScenePool::size() const
{
    const std::lock_guard lock(m_mutex);
    return std::min(m_written, m_options.capacity);
}

uint64_t ScenePool::position() const
{
    const std::lock_guard lock(m_mutex);
    return m_options.first + uint64_t(m_written);
}

} // namespace moodloom::training
