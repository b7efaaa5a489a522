// Scenes as the generator trains on them: latents, token ids and what the vision encoder sees of each
// reference, computed once by a thread of its own and kept on the device. Training picks from it at
// random; new scenes come as samples are used, so that neither drawing nor encoding holds it up.
//
// pick() may be called from several threads; everything else belongs to the training thread.
#pragma once

#include "core/nn/AutoencoderKL.h"
#include "core/nn/ClipVisionModel.h"
#include "core/training/ScenePool.h"

#include <memory>

namespace moodloom::training {

struct LatentRows
{
    at::Tensor latents;  // fp16 [N,C,h,w], as the U-Net sees them
    at::Tensor ids;      // int32 [N,captionKinds,L]
    at::Tensor families; // int32 [N,slots], -1 where there is no reference
    at::Tensor states;   // bf16 [N,slots,1+patches,D]: hidden states before the last layer
    at::Tensor embeds;   // fp32 [N,slots,P], unit length
};

class LatentPool
{
public:
    struct Options
    {
        int64_t capacity = 32768; // scenes; the oldest leave. A multiple of `chunk`
        int64_t chunk = 16;       // scenes that are encoded at once; see ScenePool::next
        int64_t minimum = 1024;   // pick() waits for so many
        double reuse = 4;         // picks for each scene that is encoded; 0 = as fast as they are drawn
        at::ScalarType dtype = at::kFloat; // of the networks' activations
    };
    // Requires: `scenes` outlives this and has a tokenizer; the networks are frozen, on its device and
    // used by nobody else meanwhile.
    LatentPool(ScenePool &scenes, std::shared_ptr<nn::AutoencoderKL> autoencoder,
               std::shared_ptr<nn::ClipVisionModel> vision, Options options);
    ~LatentPool();
    LatentPool(const LatentPool &) = delete;
    LatentPool &operator=(const LatentPool &) = delete;

    LatentRows pick(int64_t count);
    int64_t size() const;

private:
    void fill();
    LatentRows encoded(const SceneRows &scenes) const;

    ScenePool &m_scenes;
    std::shared_ptr<nn::AutoencoderKL> m_autoencoder;
    std::shared_ptr<nn::ClipVisionModel> m_vision;
    const Options m_options;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    LatentRows m_ring;                    // guarded; undefined before the first chunk
    int64_t m_written = 0, m_picked = 0;  // guarded
    bool m_quit = false;                  // guarded
    std::thread m_thread;
};

} // namespace moodloom::training
