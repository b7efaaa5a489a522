// Pictures of the run's latents by a tiny decoder, beside the sampler.
//
// A thread of the lowest priority, with one core, decodes the newest latents that it was offered;
// what it cannot keep up with is left out. Neither call ever waits for it. Made, used and destroyed
// on the painting thread.
#pragma once

#include <QImage>

#include <memory>

namespace at {
class Tensor;
}
namespace moodloom::models {
class PreviewDecoder;
}

namespace moodloom::generation {

class LivePreview
{
public:
    explicit LivePreview(models::PreviewDecoder decoder);
    ~LivePreview(); // waits for the picture that is being decoded

    // Latents of the model's scale [1,C,h,w]; they replace those that have not been begun.
    void offer(const at::Tensor &latents);
    // The newest picture that was not taken yet; null where there is none.
    QImage take();
    // Forgets what was offered and not taken: another picture begins.
    void clear();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::generation
