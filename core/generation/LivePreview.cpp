#include "core/generation/LivePreview.h"

#include "core/base/Machine.h"
#include "core/models/PreviewDecoder.h"

#include <ATen/ATen.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

namespace moodloom::generation {

struct LivePreview::Private
{
    models::PreviewDecoder decoder; // of the thread, once it runs
    std::mutex mutex;
    std::condition_variable wake;
    std::optional<at::Tensor> latents; // guarded, as all below
    QImage picture;
    unsigned run = 0; // counted up by clear()
    bool quit = false;
    std::thread thread;

    void loop()
    {
        // The sampler's threads go first; what a core has left is ours.
        setpriority(PRIO_PROCESS, id_t(gettid()), 19);
        useComputeThreads(1);
        const c10::InferenceMode inference;
        std::unique_lock lock(mutex);
        for (;;) {
            wake.wait(lock, [this] { return quit || latents; });
            if (quit)
                return;
            const at::Tensor next = *std::exchange(latents, {});
            const unsigned begun = run;
            lock.unlock();
            QImage decoded;
            try {
                const models::RgbPixels pixels = decoder.picture(next);
                decoded = QImage(pixels.data.data(), pixels.width, pixels.height, pixels.width * 3,
                                 QImage::Format_RGB888)
                              .copy();
            } catch (const std::exception &) {
                // No memory for a preview: the picture matters more.
            }
            lock.lock();
            if (begun == run && !decoded.isNull())
                picture = decoded;
        }
    }
};

LivePreview::LivePreview(models::PreviewDecoder decoder)
    : d(new Private{std::move(decoder), {}, {}, {}, {}, 0, false, {}})
{
    d->thread = std::thread([this] { d->loop(); });
}

LivePreview::~LivePreview()
{
    {
        const std::lock_guard lock(d->mutex);
        d->quit = true;
    }
    d->wake.notify_one();
    d->thread.join();
}

void LivePreview::offer(const at::Tensor &latents)
{
    at::Tensor own = latents.clone(); // samplers may work in place
    {
        const std::lock_guard lock(d->mutex);
        d->latents = std::move(own);
    }
    d->wake.notify_one();
}

QImage LivePreview::take()
{
    const std::lock_guard lock(d->mutex);
    return std::exchange(d->picture, {});
}

void LivePreview::clear()
{
    const std::lock_guard lock(d->mutex);
    d->latents.reset();
    d->picture = {};
    ++d->run;
}

} // namespace moodloom::generation
