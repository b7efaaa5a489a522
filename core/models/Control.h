// Control pictures: edges, depth or a pose that steer a run through ControlNets.
//
// Networks belong to the thread that paints, as the pipeline does.
#pragma once

#include "core/models/Conditioning.h"
#include "core/nn/ControlNetModel.h"

#include <memory>
#include <string>
#include <vector>

namespace moodloom::models {

// A ControlNet's folder (config.json and weights), or a single file under the folder's names or
// LDM's. Errors: NotFound, Corrupt, Unsupported (no ControlNet), Mismatch (made for another kind of
// model), Cancelled.
Result<std::shared_ptr<nn::ControlNetModel>>
loadControlNet(const std::string &path, const Pipeline &pipeline, std::stop_token stop = {});

struct ControlRequest
{
    std::shared_ptr<const nn::ControlNetModel> network;
    RgbView picture; // of any size; it is stretched to the picture that is painted
    double scale = 1;
    // Graded is diffusers' guess mode: the half without the prompt then goes without control.
    nn::ControlGrading grading = nn::ControlGrading::Even;
};

// Several control pictures, ready for a run: their residuals are summed.
class Controls
{
public:
    Controls() = default; // none
    Controls(const Pipeline &pipeline, const std::vector<ControlRequest> &requests,
             const Conditioning &conditioning, int width, int height);

    // What they add at this step. x and timestep as the U-Net gets them.
    nn::ControlResiduals residuals(const Tensor &x, const Tensor &timestep) const;

private:
    struct Active
    {
        std::shared_ptr<const nn::ControlNetModel> network;
        nn::PreparedConditioning conditioning;
        Tensor picture; // [1,C,h,w], embedded
        double scale = 1;
        nn::ControlGrading grading = nn::ControlGrading::Even;
        bool positiveHalfOnly = false;
    };
    std::vector<Active> m_active;
};

} // namespace moodloom::models
