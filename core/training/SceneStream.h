// Draws scenes ahead of the training on threads of its own.
//
// Scenes come in the order of their numbers, whatever thread drew them: scene n is a function of
// (seed, n) alone, so a run that stops can go on where it was. next() belongs to one thread.
#pragma once

#include "core/training/SceneSource.h"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace moodloom::training {

// The seed of scene `number` of a run: neighbouring numbers give unrelated scenes.
uint64_t sceneSeed(uint64_t runSeed, uint64_t number);

class SceneStream
{
public:
    struct Options
    {
        int size = 128;         // pixels of the picture's sides
        int referenceSize = 64; // 0 = no references
        uint64_t seed = 1;
        uint64_t first = 0;     // number of the first scene
        int threads = 1;
        int ahead = 128;        // scenes kept ready
    };
    // Requires: `source` outlives this.
    SceneStream(const SceneSource &source, Options options);
    ~SceneStream();
    SceneStream(const SceneStream &) = delete;
    SceneStream &operator=(const SceneStream &) = delete;

    // The next `count` scenes; waits until they are drawn.
    std::vector<TrainingScene> next(int count);

    // The number of the scene that comes next: `first` of a stream that goes on from here.
    uint64_t position() const { return m_head; }

private:
    struct Slot
    {
        bool ready = false;
        TrainingScene scene;
    };
    void draw();

    const SceneSource &m_source;
    const Options m_options;
    std::mutex m_mutex;
    std::condition_variable m_room, m_drawn;
    std::vector<Slot> m_slots;   // guarded: a ring over scene numbers
    uint64_t m_head;             // guarded: taken so far
    uint64_t m_claimed;          // guarded: given to a thread so far
    bool m_quit = false;         // guarded
    std::vector<std::thread> m_threads;
};

} // namespace moodloom::training
