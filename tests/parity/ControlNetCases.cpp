#include "tests/parity/ControlNetCases.h"

#include "tests/parity/LoadNetwork.h"

namespace moodloom::parity {

void runControlNetCase(Golden &golden)
{
    const at::NoGradGuard noGrad;
    const auto net =
        loadNetwork<nn::ControlNetConfig>(golden.model(), golden.place(), nn::loadControlNet);
    if (!net)
        return golden.fail(net.error());
    const auto unet =
        loadNetwork<nn::UNetConfig>(golden.model() + "/../unet", golden.place(), nn::loadUNet);
    if (!unet)
        return golden.fail(unet.error());
    nn::UNetConditioning conditioning;
    conditioning.text = golden.activations("encoder_hidden_states");
    if (golden.hasInput("text_embeds"))
        conditioning.textEmbeds = golden.activations("text_embeds");
    if (golden.hasInput("time_ids"))
        conditioning.timeIds = golden.input("time_ids");
    const Tensor sample = golden.activations("sample"), timestep = golden.input("timestep");
    const auto grading = golden.params().value("guess_mode", false) ? nn::ControlGrading::Graded
                                                                    : nn::ControlGrading::Even;
    const nn::ControlResiduals residuals =
        (*net)->forward(sample, timestep, (*net)->prepare(conditioning),
                        (*net)->embed(golden.activations("controlnet_cond")),
                        golden.params()["conditioning_scale"], grading);
    golden.compare("mid", residuals.middle);
    for (size_t i = 0; i < residuals.skips.size(); ++i) {
        const std::string name = "down." + std::to_string(i);
        if (golden.has(name))
            golden.compare(name, residuals.skips[i]);
    }
    golden.compare("sample",
                   (*unet)->forward(sample, timestep, (*unet)->prepare(conditioning), residuals));
}

} // namespace moodloom::parity
