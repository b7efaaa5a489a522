#include "tests/bench/step/OperatorTimes.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace moodloom::bench {

namespace {

using Clock = std::chrono::steady_clock;

struct Sum
{
    double seconds = 0;
    int calls = 0;
};
std::map<std::string, Sum> sums;
thread_local bool measured = false;    // on this thread
thread_local double *inside = nullptr; // where the running operator's callees add their seconds

struct Call : at::ObserverContext
{
    Clock::time_point start;
    double callees = 0;
    double *outer = nullptr;
};

std::unique_ptr<at::ObserverContext> enter(const at::RecordFunction &)
{
    if (!measured)
        return nullptr;
    auto call = std::make_unique<Call>();
    call->outer = std::exchange(inside, &call->callees);
    call->start = Clock::now();
    return call;
}

void leave(const at::RecordFunction &function, at::ObserverContext *context)
{
    if (!context)
        return;
    const auto *call = static_cast<const Call *>(context);
    const double seconds = std::chrono::duration<double>(Clock::now() - call->start).count();
    Sum &sum = sums[function.name()];
    sum.seconds += seconds - call->callees;
    ++sum.calls;
    inside = call->outer;
    if (inside)
        *inside += seconds;
}

} // namespace

OperatorTimes::OperatorTimes()
{
    sums.clear();
    measured = true;
    m_handle = at::addGlobalCallback(
        at::RecordFunctionCallback(enter, leave).scopes({at::RecordScope::FUNCTION}));
}

OperatorTimes::~OperatorTimes()
{
    at::removeCallback(m_handle);
    measured = false;
}

void OperatorTimes::print(std::FILE *to, double seconds) const
{
    std::vector<std::pair<std::string, Sum>> sorted(sums.begin(), sums.end());
    std::sort(sorted.begin(), sorted.end(),
              [](const auto &a, const auto &b) { return a.second.seconds > b.second.seconds; });
    double inOperators = 0;
    for (const auto &[name, sum] : sorted) {
        inOperators += sum.seconds;
        if (sum.seconds >= 0.01 * seconds)
            std::fprintf(to, "  %7.3f s %6d calls  %s\n", sum.seconds, sum.calls, name.c_str());
    }
    std::fprintf(to, "  %7.3f s outside of operators, of %.3f s\n", seconds - inOperators, seconds);
}

} // namespace moodloom::bench
