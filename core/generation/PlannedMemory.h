// The memory plans of one run, which of them is kept to, and what came of those before it.
//
// Internal to the module. Belongs to the painting thread.
#pragma once

#include "core/base/Result.h"
#include "core/generation/PaintMemory.h"

#include <string>
#include <vector>

namespace moodloom::generation {

class PlannedMemory
{
public:
    // The first plan that fits into `room`, and none before `atLeast`.
    // Errors: OutOfMemory (not even the last one fits; with what to do).
    static Result<PlannedMemory> make(std::vector<models::MemoryPlan> plans,
                                      const models::MemoryRoom &room, const std::string &model,
                                      models::Thrift atLeast);
    // Memory was refused to the plans before this one, at another time.
    void beginAt(size_t level);

    const models::MemoryPlan &plan() const { return m_plans[m_level]; }
    size_t level() const { return m_level; }
    const PaintMemory &told() const { return m_told; } // what steps and take tell of it

    // Whether the next stage's memory is there, with `held` bytes of painting counted as free:
    // Linux would promise it anyhow. Errors: OutOfMemory.
    Result<void> begin(models::PaintStage stage, uint64_t held);
    // Goes over to the next plan; false when there is none.
    bool fallBack();
    // The last fall back was from memory that was refused, not from what was known before.
    bool wasRefused() const { return m_needed == 0; }
    // With all plans tried.
    Error outOfMemory() const;

private:
    PlannedMemory() = default;

    std::string m_model;
    std::vector<models::MemoryPlan> m_plans;
    size_t m_level = 0; // of the plan that is kept to
    PaintMemory m_told{};
    models::PaintStage m_stage = models::PaintStage::Load;
    uint64_t m_needed = 0, m_available = 0; // where a stage was not begun
};

} // namespace moodloom::generation
