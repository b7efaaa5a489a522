// How a picture is painted as far as memory is concerned: the plan that is kept to, and where it
// took more than was there.
//
// Values; safe to copy between threads.
#pragma once

#include "core/models/MemoryPlan.h"

#include <QString>
#include <QtGlobal>

#include <vector>

namespace moodloom::generation {

// Painting ran out of memory and went on with a thriftier plan.
struct MemoryFallback
{
    models::PaintStage stage = models::PaintStage::Load; // where that was
    // What the stage would have taken and what could be had, in bytes, where that was known before
    // it began; 0: it was tried, and memory was refused.
    quint64 needed = 0, available = 0;
    models::MemoryPlan plan; // the one that it went on with
    bool operator==(const MemoryFallback &) const = default;
};

struct PaintMemory
{
    models::MemoryPlan plan;
    models::MemoryRoom room; // when it was chosen
    bool fits = true;        // false: not even this one, which is the thriftiest
    std::vector<MemoryFallback> fallbacks;
    bool operator==(const PaintMemory &) const = default;
};

// "needs about 4.1 GB of 22 GB: bf16, text encoder moved out after use, decoded in tiles of 512
// px".
QString memorySummary(const PaintMemory &memory);
// What a plan does, in words: "bf16, everything stays in memory".
QString planWords(const models::MemoryPlan &plan);
// "not enough memory for decoding: went on with bf16, ...".
QString fallbackWords(const MemoryFallback &fallback);
QString memorySize(quint64 bytes); // "4.1 GB"

} // namespace moodloom::generation
