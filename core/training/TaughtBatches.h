// Taught pictures as a fine-tuning sees them: random crops as latents, the captions' states, and
// another crop of the same picture as the reference that the vision encoder looks at.
//
// What a picture's n-th crop is depends on (seed, picture, n) alone, and each is encoded once, when
// it is first needed. Belongs to the training thread.
#pragma once

#include "core/diffusion/SamplerConfig.h"
#include "core/models/Pipeline.h"
#include "core/training/TaughtPictures.h"

#include <map>
#include <random>

namespace moodloom::training {

// One sample of a batch.
struct TaughtChoice
{
    int64_t picture = 0;
    int crop = 0;     // 0 = the middle
    int caption = -1; // -1 = no text
    bool reference = false;
};

struct TaughtBatch
{
    at::Tensor latents; // fp32 [B,C,h,w]
    nn::UNetConditioning conditioning;
};

class TaughtBatches
{
public:
    struct Options
    {
        int side = 0;            // pixels of the crops
        bool references = false; // through the pipeline's first adapter
        uint64_t seed = 1;
        at::ScalarType dtype = at::kFloat; // of the U-Net's activations
    };
    // Requires: `pictures` (at least one) and `pipeline` outlive this; the pipeline has one text
    // encoder, and takes references where they are wanted.
    TaughtBatches(const TaughtPictures &pictures, const models::Pipeline &pipeline,
                  Options options);

    // Who is in a batch, and what is left out: everything 8 %, the text 5 %, the reference 52 %.
    std::vector<TaughtChoice> choose(int64_t count, std::mt19937_64 &random) const;
    // Errors: those of reading the pictures and of encoding.
    Result<TaughtBatch> batch(const std::vector<TaughtChoice> &choices);

private:
    struct Crop
    {
        at::Tensor latents;       // fp32 [1,C,h,w], on the CPU
        at::Tensor states, embed; // fp16 [1,T,D], fp32 [1,P]; undefined without references
    };
    struct Text
    {
        at::Tensor states, pooled; // fp32 [1,L,D] and [1,P], on the CPU
    };
    Result<const Crop *> crop(int64_t picture, int number);
    Result<const Text *> text(const std::string &caption);

    const TaughtPictures &m_pictures;
    const models::Pipeline &m_pipeline;
    const Options m_options;
    int m_crops; // of each picture
    std::map<std::pair<int64_t, int>, Crop> m_cropsSeen;
    std::map<std::string, Text> m_texts;
};

// In 0..1, the same on every machine.
double unit(std::mt19937_64 &random);

} // namespace moodloom::training
