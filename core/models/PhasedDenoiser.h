// The denoiser of a whole run, in which references and texts of regions may come and go.
//
// A run falls into phases in each of which the same ones act. A phase is conditioned as if they
// were all there are, so one that is outside its part of the run is exactly absent: in the
// attentions, in the pooled embedding and for ControlNets. Not thread-safe; refers to the
// pipeline and to the control pictures, which must outlive it.
#pragma once

#include "core/models/GuidedDenoiser.h"

#include <memory>
#include <optional>

namespace moodloom::models {

struct Phase
{
    int steps = 0;
    std::vector<size_t> references; // that act in it, by their numbers
    std::vector<size_t> texts{};    // the same
    bool operator==(const Phase &) const = default;
};
// One or more, of `steps` steps together. What acts does so in the steps whose middle lies in its
// part of the run; what has weight 0 never. Requires: steps > 0.
std::vector<Phase> phasesOf(const std::vector<ReferencePicture> &references, int steps,
                            const std::vector<RegionText> &texts = {});

class PhasedDenoiser
{
public:
    struct Settings
    {
        int steps = 1;       // calls of the denoiser in this run
        double guidance = 1; // as the request is guided or not
        std::vector<ControlRequest> controls;
        Tensor inpainting; // see GuidedDenoiser
    };
    // Errors: as encodeConditioning().
    static Result<PhasedDenoiser> make(const Pipeline &pipeline, const ConditioningRequest &request,
                                       Settings settings, std::stop_token stop = {});

    // With what `encoder` has seen of the request; its text and image encoders are no longer needed.
    PhasedDenoiser(const Pipeline &pipeline, const ConditioningRequest &request,
                   ConditioningEncoder encoder, Settings settings);

    // As GuidedDenoiser. Call it once a step, in their order.
    Tensor operator()(const Tensor &x, double timestep);

private:
    void enter(const Phase &phase);

    const Pipeline *m_pipeline;
    ConditioningEncoder m_encoder;
    Settings m_settings;
    int m_width = 0, m_height = 0;
    std::vector<Phase> m_phases;
    size_t m_next = 0; // the phase to enter next
    int m_left = 0;    // steps of the present one
    std::unique_ptr<GuidedDenoiser> m_denoiser;
};

} // namespace moodloom::models
