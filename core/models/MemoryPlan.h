// What painting takes of memory, told before anything is loaded: a list of plans, each thriftier
// and slower than the one before, with an estimate for every stage.
//
// Reads the heads of the model's files alone. Values; safe from any thread. No torch here: the
// studio shows plans.
#pragma once

#include "core/base/Result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace moodloom::models {

enum class PaintDevice { Cpu, Card };
enum class PaintFormat { Fp32, Bf16, Fp16 };
const char *paintFormatName(PaintFormat format); // "fp32", "bf16", "fp16"

enum class PaintStage { Load, Encode, Steps, Decode };
const char *paintStageName(PaintStage stage); // "load", "encode", "steps", "decode"

// What moves out of memory, one more with each. The picture stays the same to the bit, but where
// the autoencoder's tiles grow smaller: these are blended at their edges.
enum class Thrift {
    None,     // all networks stay in memory
    Encoders, // text and image encoders are there while they encode
    Parts,    // and encoders, U-Net and autoencoder are there one after the other
    Files     // and the U-Net's weights stay in their files, converted whenever they are used
};
const char *thriftName(Thrift thrift); // "none", "encoders", "parts", "files"

// What is painted, as far as memory is concerned. Paths as a recipe has them.
struct MemoryRequest
{
    std::string model;
    int width = 0, height = 0; // pixels; 0 = the model's own size
    bool guided = true;        // two halves at once
    bool paintsOver = false;   // a picture is encoded, too
    int references = 0;
    std::string imageEncoder; // empty: the model's own
    std::vector<std::string> adapters, controlNets, loras;
    std::string previewDecoder; // empty: none
};

struct MemoryPlan
{
    PaintDevice device = PaintDevice::Cpu;
    PaintFormat format = PaintFormat::Fp32; // of the U-Net; encoders and autoencoder are in fp32
    Thrift thrift = Thrift::None;
    int64_t vaeTile = 0;       // edge in pixels; 0 = the whole picture
    int64_t attentionTile = 0; // queries at a time; 0 = as the library's own kernel does it
    bool decodesPreviews = false;
    // Bytes of the device's memory that painting takes at most in each stage.
    uint64_t load = 0, encode = 0, steps = 0, decode = 0;
    // Beside them, weights that are read from their files as they are used: the system may take
    // these pages back at any time, which costs time alone.
    uint64_t inFiles = 0;

    uint64_t bytesOf(PaintStage stage) const;
    uint64_t peak() const;
    PaintStage peakStage() const;
    bool operator==(const MemoryPlan &) const = default;
};
nlohmann::json toJson(const MemoryPlan &plan);

// What the machine gives to painting. 0 = not known: then everything fits.
struct MemoryRoom
{
    uint64_t main = 0, card = 0; // bytes
    uint64_t of(PaintDevice device) const { return device == PaintDevice::Card ? card : main; }
    bool fits(const MemoryPlan &plan) const
    {
        return of(plan.device) == 0 || plan.peak() <= of(plan.device);
    }
    bool operator==(const MemoryRoom &) const = default;
};

// The room here and now, with what painting already holds counted as free, within
// MOODLOOM_MEMORY_LIMIT (which counts the whole process).
MemoryRoom memoryRoom(uint64_t heldByPainting = 0);

// The best device and, when it is not the CPU, the CPU after it; the formats as loading takes them.
struct MemoryDevice
{
    PaintDevice device = PaintDevice::Cpu;
    PaintFormat fastest = PaintFormat::Fp32;
};
std::vector<MemoryDevice> memoryDevices();

// The plans for one request, from the quickest to the thriftiest; one at least. Plans that save
// nothing over the one before are left out. Errors: those of openModelSource() and of the networks'
// configs; add-ons that cannot be read are passed over: loading says why.
Result<std::vector<MemoryPlan>> memoryPlans(const MemoryRequest &request,
                                            const std::vector<MemoryDevice> &devices);
inline Result<std::vector<MemoryPlan>> memoryPlans(const MemoryRequest &request)
{
    return memoryPlans(request, memoryDevices());
}

// The first that fits; null where none does. Requires: not empty.
const MemoryPlan *firstFitting(const std::vector<MemoryPlan> &plans, const MemoryRoom &room);

// That not even the last plan fits: figures, and what to do.
Error noRoom(const MemoryPlan &last, const MemoryRoom &room, const std::string &model);

// "4.1 GB", "310 MB": for messages; powers of ten, as file managers show sizes.
std::string memoryText(uint64_t bytes);

} // namespace moodloom::models
