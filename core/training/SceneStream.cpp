#include "core/training/SceneStream.h"

#include <algorithm>

namespace moodloom::training {

uint64_t sceneSeed(uint64_t runSeed, uint64_t number)
{
    // splitmix64's finaliser (Steele et al. 2014)
    uint64_t z = runSeed * 0x9e3779b97f4a7c15ULL + number;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

SceneStream::SceneStream(const SceneSource &source, Options options)
    : m_source(source), m_options(options), m_slots(size_t(std::max(1, options.ahead))),
      m_head(options.first), m_claimed(options.first)
{
    for (int i = 0; i < std::max(1, options.threads); ++i)
        m_threads.emplace_back([this] { draw(); });
}

SceneStream::~SceneStream()
{
    {
        const std::lock_guard lock(m_mutex);
        m_quit = true;
    }
    m_room.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

void SceneStream::draw()
{
    for (;;) {
        uint64_t number = 0;
        {
            std::unique_lock lock(m_mutex);
            m_room.wait(lock, [this] { return m_quit || m_claimed < m_head + m_slots.size(); });
            if (m_quit)
                return;
            number = m_claimed++;
        }
        TrainingScene scene =
            m_source.scene(sceneSeed(m_options.seed, number), m_options.size, m_options.referenceSize);
        {
            const std::lock_guard lock(m_mutex);
            Slot &slot = m_slots[number % m_slots.size()];
            slot.scene = std::move(scene);
            slot.ready = true;
        }
        m_drawn.notify_one();
    }
}

std::vector<TrainingScene> SceneStream::next(int count)
{
    std::vector<TrainingScene> scenes;
    scenes.reserve(size_t(count));
    while (int(scenes.size()) < count) {
        std::unique_lock lock(m_mutex);
        Slot &slot = m_slots[m_head % m_slots.size()];
        m_drawn.wait(lock, [&slot] { return slot.ready; });
        scenes.push_back(std::move(slot.scene));
        slot.ready = false;
        ++m_head;
        lock.unlock();
        m_room.notify_one();
    }
    return scenes;
}

} // namespace moodloom::training
