// Pictures through a model's autoencoder and back: what of a drawing survives in its latents, and
// so the most that anything painted with it can show. Belongs to one thread. No torch in this
// header.
#pragma once

#include "core/base/Result.h"

#include <QImage>

#include <memory>
#include <stop_token>

namespace moodloom::grounding {

class AutoencoderPass
{
public:
    // Errors: as models::loadPipeline.
    static Result<AutoencoderPass> open(const QString &model, std::stop_token stop = {});
    AutoencoderPass(AutoencoderPass &&) noexcept;
    ~AutoencoderPass();

    // Requires: width and height are multiples of the model's latent factor.
    QImage operator()(const QImage &picture) const;

private:
    struct Private;
    explicit AutoencoderPass(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace moodloom::grounding
