// What is seen of a picture while it is painted: decoded where that is quick, else by a tiny
// decoder beside the sampler, else coarsely from the latents themselves.
//
// Internal to the module. Belongs to the painting thread. None of it has an influence on the
// picture.
#pragma once

#include "core/diffusion/LatentPreview.h"
#include "core/generation/LivePreview.h"
#include "core/models/Pipeline.h"

#include <QImage>
#include <QStringList>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace moodloom::generation {

class StepPreviews
{
public:
    // See Generator::setPreviewDecoders().
    void setDecoders(const QStringList &paths, bool chosen);
    // Decoders that may fit a model, the best first.
    std::vector<std::string> decodersFor(const std::string &model) const;

    // Another model was opened, from this folder or file.
    void fit(const models::Pipeline &pipeline, const std::string &model);
    // Another picture begins; with a decoder where `decodes`.
    void begin(const models::Pipeline &pipeline, const std::string &model, bool decodes);
    // Of a step's latents [1,C,h,w], cleaned of noise; null where there is none yet.
    QImage of(const at::Tensor &x0, const models::Pipeline &pipeline, models::VaeTile tile);
    void pause(); // the tiny decoder rests, and its memory stays
    void leave(); // its memory goes

private:
    void load(const models::Pipeline &pipeline, const std::string &model);

    std::optional<diffusion::LatentPreview> m_coarse;
    bool m_decodesQuickly = false; // previews are then the real thing
    QStringList m_decoders;
    bool m_decoderChosen = false;
    std::unique_ptr<LivePreview> m_live; // null: coarse previews
    std::string m_liveFile;
    bool m_liveSeen = false; // it has brought a picture of this run
};

QImage toImage(const models::RgbPixels &pixels);

} // namespace moodloom::generation
