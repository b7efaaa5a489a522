#include "tests/bench/step/DeviceMemory.h"

#include <torch/cuda.h>

#include <sys/resource.h>

// Since 2.9 every device's allocator tells its figures through one interface that needs no CUDA
// headers.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 9)
#include <c10/core/CachingDeviceAllocator.h>
#define MOODLOOM_HAS_DEVICE_STATISTICS 1
#endif

namespace moodloom::bench {

void forgetPeak([[maybe_unused]] const at::Device &device)
{
#ifdef MOODLOOM_HAS_DEVICE_STATISTICS
    if (!device.is_cuda())
        return;
    c10::DeviceAllocator *allocator = c10::getDeviceAllocator(device.type());
    if (!allocator->initialized())
        return;
    allocator->emptyCache();
    allocator->resetPeakStats(0);
#endif
}

double peakGiB(const at::Device &device)
{
    if (!device.is_cuda()) {
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        return double(usage.ru_maxrss) / (1 << 20); // kibibytes
    }
#ifdef MOODLOOM_HAS_DEVICE_STATISTICS
    const auto statistics = c10::getDeviceAllocator(device.type())->getDeviceStats(0);
    return double(statistics.allocated_bytes[0].peak) / (1 << 30); // [0]: of all pools
#else
    return -1;
#endif
}

} // namespace moodloom::bench
