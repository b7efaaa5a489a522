#include "core/models/MemoryPlan.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace moodloom::models {

using nlohmann::json;

const char *paintFormatName(PaintFormat format)
{
    switch (format) {
    case PaintFormat::Fp32:
        return "fp32";
    case PaintFormat::Bf16:
        return "bf16";
    case PaintFormat::Fp16:
        return "fp16";
    }
    return "fp32";
}

const char *paintStageName(PaintStage stage)
{
    switch (stage) {
    case PaintStage::Load:
        return "load";
    case PaintStage::Encode:
        return "encode";
    case PaintStage::Steps:
        return "steps";
    case PaintStage::Decode:
        return "decode";
    }
    return "load";
}

const char *thriftName(Thrift thrift)
{
    switch (thrift) {
    case Thrift::None:
        return "none";
    case Thrift::Encoders:
        return "encoders";
    case Thrift::Parts:
        return "parts";
    case Thrift::Files:
        return "files";
    }
    return "none";
}

uint64_t MemoryPlan::bytesOf(PaintStage stage) const
{
    switch (stage) {
    case PaintStage::Load:
        return load;
    case PaintStage::Encode:
        return encode;
    case PaintStage::Steps:
        return steps;
    case PaintStage::Decode:
        return decode;
    }
    return 0;
}

uint64_t MemoryPlan::peak() const
{
    return std::max({load, encode, steps, decode});
}

PaintStage MemoryPlan::peakStage() const
{
    for (const PaintStage stage : {PaintStage::Decode, PaintStage::Steps, PaintStage::Encode})
        if (bytesOf(stage) == peak())
            return stage;
    return PaintStage::Load;
}

json toJson(const MemoryPlan &plan)
{
    return {{"device", plan.device == PaintDevice::Card ? "card" : "cpu"},
            {"format", paintFormatName(plan.format)},
            {"thrift", thriftName(plan.thrift)},
            {"vae_tile", plan.vaeTile},
            {"attention_tile", plan.attentionTile},
            {"decodes_previews", plan.decodesPreviews},
            {"bytes",
             {{"load", plan.load},
              {"encode", plan.encode},
              {"steps", plan.steps},
              {"decode", plan.decode},
              {"peak", plan.peak()},
              {"in_files", plan.inFiles}}}};
}

const MemoryPlan *firstFitting(const std::vector<MemoryPlan> &plans, const MemoryRoom &room)
{
    const auto found = std::find_if(plans.begin(), plans.end(),
                                    [&](const MemoryPlan &plan) { return room.fits(plan); });
    return found == plans.end() ? nullptr : &*found;
}

Error noRoom(const MemoryPlan &last, const MemoryRoom &room, const std::string &model)
{
    return {ErrorCode::OutOfMemory, model,
            "needs about " + memoryText(last.peak()) + " even at its thriftiest, and " +
                memoryText(room.of(last.device)) +
                " can be had: choose a smaller picture, a smaller model or fewer ControlNets, or "
                "close other programs"};
}

std::string memoryText(uint64_t bytes)
{
    char text[32];
    if (bytes >= 995'000'000)
        std::snprintf(text, sizeof text, "%.1f GB", double(bytes) / 1e9);
    else
        std::snprintf(text, sizeof text, "%.0f MB", double(bytes) / 1e6);
    return text;
}

} // namespace moodloom::models
