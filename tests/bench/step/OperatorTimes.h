// Where a step's time goes: the seconds of every libtorch operator on the calling thread, without
// those of the operators that it calls.
#pragma once

#include <ATen/record_function.h>

#include <cstdio>

namespace moodloom::bench {

// Measures while it lives. One at a time.
class OperatorTimes
{
public:
    OperatorTimes();
    ~OperatorTimes();
    OperatorTimes(const OperatorTimes &) = delete;
    OperatorTimes &operator=(const OperatorTimes &) = delete;

    // A line for each operator that took at least a hundredth of all, the longest first, and one
    // for what happened outside of operators. `seconds`: how long everything took.
    void print(std::FILE *to, double seconds) const;

private:
    at::CallbackHandle m_handle;
};

} // namespace moodloom::bench
