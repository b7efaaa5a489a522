// Scenes as the generator trains on them: latents, token ids and what the vision encoder sees of each
// reference, computed once by a thread of its own and kept in memory. Training draws from it at
// random; new scenes come as samples are used, so that neither drawing nor encoding holds it up.
//
// pick() may be called from several threads; everything else belongs to the training thread.
#pragma once

#include "core/models/Tokenizer.h"
#include "core/nn/AutoencoderKL.h"
#include "core/nn/ClipVisionModel.h"
#include "core/training/SceneStream.h"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <random>
#include <thread>

namespace moodloom::training {

struct CachedReference
{
    int family = -1;
    at::Tensor states; // [1+patches, D] bf16: hidden states before the last layer
    at::Tensor embed;  // [P] fp32, unit length
};

struct CachedScene
{
    at::Tensor latents; // [C,h,w] fp16, as the U-Net sees them
    std::vector<int64_t> english, chinese, plainEnglish, plainChinese; // ids with start and end
    std::vector<CachedReference> references;                          // one an entity
};

class SceneCache
{
public:
    struct Options
    {
        SceneStream::Options drawing;
        size_t capacity = 60000; // scenes; the oldest leave
        size_t minimum = 1024;   // pick() waits for so many
        double reuse = 4;        // samples trained for each scene that is drawn
    };
    // Requires: `source` outlives this; the networks are frozen and used by nobody else meanwhile.
    SceneCache(const SceneSource &source, std::shared_ptr<nn::AutoencoderKL> autoencoder,
               std::shared_ptr<nn::ClipVisionModel> vision, const models::Tokenizer &tokenizer,
               Options options);
    ~SceneCache();
    SceneCache(const SceneCache &) = delete;
    SceneCache &operator=(const SceneCache &) = delete;

    // `count` scenes at random; waits for the minimum. Fewer (none) only while shutting down.
    std::vector<std::shared_ptr<const CachedScene>> pick(size_t count, std::mt19937_64 &random);

    size_t size() const;
    uint64_t position() const { return m_position; } // of the stream of scenes

private:
    void fill();
    void encode(const std::vector<TrainingScene> &scenes);

    SceneStream m_stream;
    std::shared_ptr<nn::AutoencoderKL> m_autoencoder;
    std::shared_ptr<nn::ClipVisionModel> m_vision;
    const models::Tokenizer &m_tokenizer;
    const Options m_options;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::shared_ptr<const CachedScene>> m_scenes; // guarded: a ring
    uint64_t m_encoded = 0, m_picked = 0;                     // guarded
    bool m_quit = false;                                      // guarded
    std::atomic<uint64_t> m_position;
    std::thread m_thread;
};

} // namespace moodloom::training
