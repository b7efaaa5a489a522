#include "tests/parity/LoraCases.h"

#include "core/models/Lora.h"
#include "tests/parity/LoadNetwork.h"

namespace moodloom::parity {

namespace {

const torch::nn::Module *networkOf(const models::Pipeline &pipeline, const std::string &component)
{
    if (component == "unet")
        return pipeline.unet.get();
    if (component == "text_encoder")
        return pipeline.text.get();
    return component == "text_encoder_2" ? pipeline.text2.get() : nullptr;
}

void compareAll(Golden &golden, const models::Pipeline &pipeline)
{
    nn::UNetConditioning conditioning;
    conditioning.text = golden.activations("encoder_hidden_states");
    if (golden.hasInput("text_embeds")) {
        conditioning.textEmbeds = golden.activations("text_embeds");
        conditioning.timeIds = golden.input("time_ids");
    }
    for (const std::string &output : golden.outputs()) {
        const std::string component = output.substr(0, output.find('.'));
        if (output == "sample") {
            golden.compare(output, pipeline.unet->forward(golden.activations("sample"),
                                                          golden.input("timestep"), conditioning));
        } else if (output == "text.last_hidden_state") {
            golden.compare(output,
                           pipeline.text->forward(golden.input("input_ids")).lastHiddenState);
        } else if (const auto *network = networkOf(pipeline, component)) {
            const auto parameters = network->named_parameters();
            if (const Tensor *weight = parameters.find(output.substr(component.size() + 1)))
                golden.compare(output, *weight);
        }
    }
}

std::map<std::string, Tensor> weightsOf(const models::Pipeline &pipeline)
{
    std::map<std::string, Tensor> all;
    for (const char *component : {"unet", "text_encoder", "text_encoder_2"})
        if (const auto *network = networkOf(pipeline, component))
            for (const auto &parameter : network->named_parameters())
                all[component + ("." + parameter.key())] = parameter.value().clone();
    return all;
}

} // namespace

void runLoraCase(Golden &golden)
{
    const at::NoGradGuard noGrad;
    const std::string unet = golden.model();
    models::PipelineOptions options;
    options.loadAdapter = false;
    const auto pipeline = loadPipeline(unet.substr(0, unet.rfind('/')), golden.place(), options);
    if (!pipeline)
        return golden.fail(pipeline.error());
    const auto before = weightsOf(**pipeline);
    const double scale = golden.params()["lora_scale"];
    for (const auto &file : golden.params()["files"]) {
        const models::LoraUse use{golden.root() + "/" + file.get<std::string>(), scale};
        if (auto merged = models::setLoras(**pipeline, {use}); !merged)
            return golden.fail(merged.error());
        compareAll(golden, **pipeline);
    }
    if (auto without = models::setLoras(**pipeline, {}); !without)
        return golden.fail(without.error());
    for (const auto &[name, weight] : weightsOf(**pipeline))
        if (!at::equal(weight, before.at(name)))
            golden.fail(name + ": is not what it was after the LoRA was taken away");
}

} // namespace moodloom::parity
