// Which files a recipe is painted with, and what of them counts for memory.
//
// Internal to the module. Values and pure functions.
#pragma once

#include "core/generation/Recipe.h"
#include "core/models/MemoryPlan.h"

#include <string>
#include <vector>

namespace moodloom::generation {

// What decides which files are loaded, and how.
struct PaintFiles
{
    std::string model;
    std::vector<std::string> adapters;
    std::string imageEncoder;
    models::PaintDevice device = models::PaintDevice::Cpu;
    models::PaintFormat format = models::PaintFormat::Fp32;
    bool weightsInFiles = false;
    bool operator==(const PaintFiles &) const = default;
};

std::string modelOf(const Recipe &recipe); // the built-in one's folder where it names none
PaintFiles filesOf(const Recipe &recipe, const models::MemoryPlan &plan);
models::MemoryRequest memoryRequestOf(const Recipe &recipe, const std::string &previewDecoder);

} // namespace moodloom::generation
