#include "core/nn/ControlNetConfig.h"

#include "core/nn/ConfigReader.h"

namespace moodloom::nn {

using nlohmann::json;

Result<ControlNetConfig> ControlNetConfig::fromJson(const json &source, const std::string &file)
{
    ConfigReader read(source, file);
    ControlNetConfig c;
    read.requireOneOf("_class_name", "ControlNetModel", {"ControlNetModel"});
    c.pictureChannels = read.size("conditioning_channels", 3);
    c.embeddingChannels = read.sizes("conditioning_embedding_out_channels", c.embeddingChannels);
    read.require(c.embeddingChannels.size() <= 8, "conditioning_embedding_out_channels",
                 "at most 8 sizes");
    read.requireOneOf("controlnet_conditioning_channel_order", "rgb", {"rgb", "bgr"});
    if (read.text("controlnet_conditioning_channel_order", "rgb") == "bgr")
        c.order = ChannelOrder::Bgr;
    c.pooled = read.flag("global_pool_conditions", false);
    if (read.error())
        return fail(*read.error());

    // The rest is what a U-Net says of its way down; a way up that mirrors it completes the config.
    json whole = source;
    json up = json::array();
    for (const std::string &name :
         read.texts("down_block_types", {"CrossAttnDownBlock2D", "CrossAttnDownBlock2D",
                                         "CrossAttnDownBlock2D", "DownBlock2D"}))
        up.insert(up.begin(),
                  name.find("CrossAttn") != std::string::npos ? "CrossAttnUpBlock2D" : "UpBlock2D");
    whole["up_block_types"] = up;
    auto trunk = UNetConfig::fromJson(whole, file);
    if (!trunk)
        return fail(trunk.error());
    if (read.error())
        return fail(*read.error());
    c.trunk = *std::move(trunk);
    return c;
}

json ControlNetConfig::toJson() const
{
    json result = trunk.toJson();
    result.erase("up_block_types");
    result.erase("reverse_transformer_layers_per_block");
    result["_class_name"] = "ControlNetModel";
    result["conditioning_channels"] = pictureChannels;
    result["conditioning_embedding_out_channels"] = embeddingChannels;
    result["controlnet_conditioning_channel_order"] = order == ChannelOrder::Bgr ? "bgr" : "rgb";
    result["global_pool_conditions"] = pooled;
    return result;
}

Result<void> checkControlFits(const ControlNetConfig &control, const UNetConfig &unet,
                              const std::string &file)
{
    const json ours = control.trunk.toJson(), theirs = unet.toJson();
    for (const char *key :
         {"in_channels", "block_out_channels", "layers_per_block", "cross_attention_dim",
          "encoder_hid_dim", "addition_embed_type", "projection_class_embeddings_input_dim"}) {
        const json own = ours.value(key, json()), expected = theirs.value(key, json());
        if (own != expected)
            return fail(ErrorCode::Mismatch, file,
                        std::string(key) + " is " + own.dump() + ", the model's is " +
                            expected.dump() +
                            "; this ControlNet was made for another kind of model");
    }
    return {};
}

} // namespace moodloom::nn
