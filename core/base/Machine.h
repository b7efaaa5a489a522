// What must be set before any heavy arithmetic starts, in one place: memory kept between steps,
// OpenMP's waiting, thread counts, and a check that the BLAS in use is a fast one.
//
// Call prepareProcess() first thing in main(), from the only thread.
#pragma once

#include <string>

namespace moodloom {

// Sets OMP_WAIT_POLICY=passive and ATEN_CPU_CAPABILITY (where the CPU has AVX-512) and re-executes
// the program once, because both are read when libraries load, before main(); tells malloc to keep
// large freed blocks (fresh pages cost a third of a denoising step). A variable that the user has
// set is left alone. Requires: no threads yet.
void prepareProcess(char **argv);

// Cores that compute-heavy loops should use: MOODLOOM_THREADS, or the machine's (a container's
// share where the kernel tells it).
int computeThreads();

// Sets OpenMP's count for the calling thread: OpenMP keeps it per thread, so every worker that
// computes calls this once.
void useComputeThreads(int threads = computeThreads());

// Gives the calling thread, and the OpenMP threads it will start, a lower priority than the
// interface's: heavy work takes all cores, but never the next frame.
void yieldToInterface();

// The CPU has AVX512_BF16, so bf16 convolutions and linears are the fast path.
bool cpuHasBf16();

// Empty when the BLAS in use is a fast one; else what to install, for the start-up notice.
std::string blasAdvice();

} // namespace moodloom
