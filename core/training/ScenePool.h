// Drawn scenes as tensors on the device that trains: threads of its own draw, tokenize and upload
// them into a ring, from which the stages take them, at random or each once in order.
//
// Scene n is a function of (seed, n) alone, and rows come in the order of their numbers, whatever
// thread drew them. pick(), next(), size() and position() may be called from any thread.
#pragma once

#include "core/models/Tokenizer.h"
#include "core/tensor/Compat.h"
#include "core/training/SceneSource.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace moodloom::training {

// Of the things in a scene, at most so many have a reference: the largest first.
inline constexpr int64_t referenceSlots = 2;

// The texts of a scene, in the order of their rows.
enum class CaptionKind { English, Chinese, PlainEnglish, PlainChinese };
inline constexpr int64_t captionKinds = 4;

struct SceneRows
{
    at::Tensor pictures;   // uint8 [N,3,S,S]
    at::Tensor references; // uint8 [N,slots,3,R,R]
    at::Tensor families;   // int32 [N,slots]: of the references, -1 where there is none
    at::Tensor ids;        // int32 [N,captionKinds,L], padded with the end token

    int64_t size() const { return pictures.size(0); }
};

// uint8 pictures as the networks see them: fp32 in -1..1.
at::Tensor unpacked(const at::Tensor &bytes);

struct SceneSizes
{
    int picture = 256, reference = 128; // pixels of the sides
};

// The scenes `first` ... `first` + count - 1 of a run, on the CPU. Without a tokenizer the ids are
// undefined. Safe from any thread.
SceneRows drawRows(const SceneSource &source, const models::Tokenizer *tokenizer, uint64_t runSeed,
                   uint64_t first, int64_t count, const SceneSizes &sizes);

class ScenePool
{
public:
    struct Options
    {
        SceneSizes sizes;
        uint64_t seed = 1;
        uint64_t first = 0;       // number of the first scene
        int threads = 1;          // that draw
        at::Device device = at::kCPU;
        int64_t capacity = 4096;  // scenes; the oldest leave. A multiple of `chunk`
        int64_t chunk = 16;       // scenes that a thread draws at once
        int64_t minimum = 512;    // pick() waits for so many
        double reuse = 2;         // picks for each scene that is drawn; 0 = draw as fast as it goes
    };
    // Requires: `source` and `tokenizer` outlive this. Without a tokenizer the ids are undefined.
    ScenePool(const SceneSource &source, const models::Tokenizer *tokenizer, Options options);
    ~ScenePool();
    ScenePool(const ScenePool &) = delete;
    ScenePool &operator=(const ScenePool &) = delete;

    // `count` scenes at random, with repetition.
    SceneRows pick(int64_t count);
    // The next `count` scenes that next() has not given yet, or nothing (no pictures) after stop().
    // From the first call on, what it has not given is not overwritten. Requires: always the same
    // count, of which the capacity is a multiple.
    SceneRows next(int64_t count);
    // Lets go whoever waits.
    void stop();

    int64_t size() const;
    // The number of the scene that is drawn next: `first` of a pool that goes on from here.
    uint64_t position() const;
    const Options &options() const { return m_options; }

private:
    void draw();
    bool mayDraw() const; // with the mutex

    const SceneSource &m_source;
    const models::Tokenizer *m_tokenizer;
    const Options m_options;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    SceneRows m_ring;                       // guarded; undefined before the first chunk
    int64_t m_written = 0, m_picked = 0;    // guarded: scenes since the beginning
    int64_t m_read = 0;                     // guarded: given by next()
    int64_t m_claimed = 0;                  // guarded: being drawn, or written
    bool m_reading = false, m_quit = false; // guarded
    std::vector<std::thread> m_threads;
};

} // namespace moodloom::training
