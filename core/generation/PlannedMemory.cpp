#include "core/generation/PlannedMemory.h"

#include <algorithm>
#include <utility>

namespace moodloom::generation {

Result<PlannedMemory> PlannedMemory::make(std::vector<models::MemoryPlan> plans,
                                          const models::MemoryRoom &room, const std::string &model,
                                          models::Thrift atLeast)
{
    const models::MemoryPlan *first = models::firstFitting(plans, room);
    if (!first)
        return fail(models::noRoom(plans.back(), room, model));
    PlannedMemory memory;
    memory.m_model = model;
    memory.m_level = size_t(first - plans.data());
    memory.m_plans = std::move(plans);
    while (memory.plan().thrift < atLeast && memory.m_level + 1 < memory.m_plans.size())
        ++memory.m_level;
    memory.m_told.room = room;
    memory.m_told.plan = memory.plan();
    return memory;
}

void PlannedMemory::beginAt(size_t level)
{
    m_level = std::clamp(level, m_level, m_plans.size() - 1);
    m_told.plan = plan();
}

Result<void> PlannedMemory::begin(models::PaintStage stage, uint64_t held)
{
    m_stage = stage;
    m_needed = m_available = 0;
    const uint64_t available = models::memoryRoom(held).of(plan().device);
    const uint64_t needed = plan().bytesOf(stage);
    if (available == 0 || needed <= available)
        return {};
    m_needed = needed;
    m_available = available;
    return fail(ErrorCode::OutOfMemory,
                m_plans.front().device == plan().device ? m_model : "graphics card");
}

bool PlannedMemory::fallBack()
{
    if (m_level + 1 >= m_plans.size())
        return false;
    ++m_level;
    m_told.fallbacks.push_back({m_stage, m_needed, m_available, plan()});
    m_told.plan = plan();
    return true;
}

Error PlannedMemory::outOfMemory() const
{
    if (m_needed > 0)
        return models::noRoom(plan(), {m_available, m_available}, m_model);
    return {ErrorCode::OutOfMemory, m_model,
            "memory was refused even at the thriftiest: choose a smaller picture, a smaller "
            "model or fewer ControlNets, or close other programs"};
}

} // namespace moodloom::generation
