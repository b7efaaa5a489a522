// How much memory painting takes, from the sizes of networks and pictures. Internal to
// MemoryPlan.h.
//
// Weights are counted exactly. Activations follow the networks' forward passes: what is alive at
// the widest place, with the copies that oneDNN makes of a convolution's input and output. What the
// estimates are off by: tests/bench/README.md.
#pragma once

#include "core/models/MemoryPlan.h"
#include "core/nn/AutoencoderKL.h"
#include "core/nn/UNetConfig.h"

#include <map>

namespace moodloom::models {

class MemoryEstimate
{
public:
    static Result<MemoryEstimate> read(const MemoryRequest &request);
    MemoryPlan plan(const MemoryDevice &device, Thrift thrift) const;

private:
    struct Weights
    {
        uint64_t elements = 0, largest = 0; // numbers in all, and in the largest tensor
        uint64_t stored = 0;                // bytes in the files
        void add(const Weights &other);
    };
    uint64_t stepBytes(uint64_t number) const; // activations; `number`: bytes of one
    uint64_t textBytes() const;
    static Result<Weights> weightsOf(const std::string &path); // of a folder or file

    MemoryRequest m_request;
    nn::UNetConfig m_unet;
    nn::AutoencoderConfig m_vae;
    std::map<std::string, Weights> m_parts;
    Weights m_adapters, m_controls;
    uint64_t m_merged = 0; // numbers of weights that LoRAs change
    size_t m_controlCount = 0;
    int64_t m_previewWidth = 0; // channels of the preview decoder, 0 = none
    Weights m_preview;
};

// Bytes that the autoencoder takes besides its weights for a picture, or a tile, of this size.
uint64_t decodingBytes(const nn::AutoencoderConfig &vae, int64_t width, int64_t height);
uint64_t encodingBytes(const nn::AutoencoderConfig &vae, int64_t width, int64_t height);
// Bytes of activations of one denoising step: `batch` pictures of h x w latents in numbers of
// `number` bytes.
uint64_t denoisingBytes(const nn::UNetConfig &unet, int64_t batch, int64_t height, int64_t width,
                        uint64_t number);
// The skip connections alone: what a ControlNet adds, too.
uint64_t skipBytes(const nn::UNetConfig &unet, int64_t batch, int64_t height, int64_t width,
                   uint64_t number);

} // namespace moodloom::models
