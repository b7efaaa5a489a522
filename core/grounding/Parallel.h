// A loop over indices on all cores, for work whose results are stored by index.
#pragma once

#include "core/base/Machine.h"
#include "core/base/Result.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <stop_token>
#include <thread>
#include <vector>

namespace moodloom::grounding {

// Calls body(0..count-1) from several threads, in no order; blocks until all are done. body must
// not throw. Errors: Cancelled.
inline Result<void> forEachIndex(int count, const std::function<void(int)> &body,
                                 std::stop_token stop = {})
{
    std::atomic<int> next{0};
    {
        std::vector<std::jthread> threads;
        const int workers = std::clamp(computeThreads(), 1, std::max(1, count));
        for (int i = 0; i < workers; ++i)
            threads.emplace_back([&] {
                for (int index = next++; index < count && !stop.stop_requested(); index = next++)
                    body(index);
            });
    }
    if (stop.stop_requested())
        return cancelled();
    return {};
}

} // namespace moodloom::grounding
