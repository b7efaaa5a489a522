// The half of MemoryPlan.h that looks at the machine and at files.
#include "core/base/Memory.h"
#include "core/models/MemoryEstimate.h"
#include "core/tensor/Device.h"

namespace moodloom::models {

MemoryRoom memoryRoom(uint64_t heldByPainting)
{
    MemoryRoom room;
    const at::Device device = tensor::bestDevice();
    room.card = tensor::availableDeviceMemory(device);
    const uint64_t available = availableMemory();
    room.main = available > 0 ? available + heldByPainting : 0;
    if (const uint64_t limit = memoryLimit(); limit > 0) {
        const uint64_t own = ownMemory();
        const uint64_t others = own - std::min(own, heldByPainting); // interface, library, ...
        const uint64_t left = std::max<uint64_t>(1, limit - std::min(limit, others));
        room.main = room.main > 0 ? std::min(room.main, left) : left;
        if (room.card > 0)
            room.card = std::min(room.card, limit);
    }
    return room;
}

std::vector<MemoryDevice> memoryDevices()
{
    const auto formatOf = [](const at::Device &device) {
        switch (tensor::fastestPrecision(device)) {
        case tensor::Precision::Full:
            return PaintFormat::Fp32;
        case tensor::Precision::Fast:
            return PaintFormat::Bf16;
        case tensor::Precision::Half:
            return PaintFormat::Fp16;
        }
        return PaintFormat::Fp32;
    };
    std::vector<MemoryDevice> devices;
    if (const at::Device best = tensor::bestDevice(); !best.is_cpu())
        devices.push_back({PaintDevice::Card, formatOf(best)});
    devices.push_back({PaintDevice::Cpu, formatOf(at::kCPU)});
    return devices;
}

Result<std::vector<MemoryPlan>> memoryPlans(const MemoryRequest &request,
                                            const std::vector<MemoryDevice> &devices)
{
    const auto estimate = MemoryEstimate::read(request);
    if (!estimate)
        return fail(estimate.error());
    std::vector<MemoryPlan> plans;
    for (const MemoryDevice &device : devices) {
        const size_t first = plans.size();
        for (const Thrift thrift : {Thrift::None, Thrift::Encoders, Thrift::Parts, Thrift::Files}) {
            MemoryPlan plan = estimate->plan(device, thrift);
            // A plan costs time: it has to save something.
            if (plans.size() == first || plan.peak() < plans.back().peak())
                plans.push_back(plan);
        }
    }
    return plans;
}

} // namespace moodloom::models
