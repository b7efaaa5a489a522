#include "core/base/Machine.h"

#include <algorithm>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fstream>
#include <malloc.h>
#include <omp.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

namespace at {
// Null in programs without libtorch.
__attribute__((weak)) int get_num_threads();
} // namespace at

namespace moodloom {

void prepareProcess(char **argv)
{
    // Freed activations stay with us: 4 GiB before mmap is used, 8 GiB before memory is returned.
    mallopt(M_MMAP_THRESHOLD, INT_MAX);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    mallopt(M_TOP_PAD, 64 << 20);

    if (std::getenv("MOODLOOM_PREPARED"))
        return;
    setenv("MOODLOOM_PREPARED", "1", 1);
    setenv("OMP_WAIT_POLICY", "passive", 0);
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw"))
        setenv("ATEN_CPU_CAPABILITY", "avx512", 0);
#endif
    execv("/proc/self/exe", argv);
    // Still here: no /proc, or not executable. Slower, but right.
}

int computeThreads()
{
    static const int threads = [] {
        if (const char *wanted = std::getenv("MOODLOOM_THREADS"))
            if (const int n = std::atoi(wanted); n > 0)
                return std::min(n, 256);
        int n = int(sysconf(_SC_NPROCESSORS_ONLN));
        cpu_set_t set;
        CPU_ZERO(&set);
        if (sched_getaffinity(0, sizeof set, &set) == 0)
            n = std::min(n, CPU_COUNT(&set));
        std::ifstream quota("/sys/fs/cgroup/cpu.max");
        std::string limit;
        double period = 0;
        if (quota >> limit >> period; limit != "max" && !limit.empty() && period > 0)
            n = std::min(n, std::max(1, int(std::atof(limit.c_str()) / period + 0.5)));
        return std::max(1, n);
    }();
    return threads;
}

void useComputeThreads(int threads)
{
    // With its first operation in a thread, libtorch sets the number to what it guesses (1 of 2 was
    // seen on a virtual machine). Asked before, it has had its say.
    if (at::get_num_threads)
        (void)at::get_num_threads();
    omp_set_num_threads(std::max(1, threads));
}

void yieldToInterface()
{
    // On Linux the priority belongs to a thread, and new threads inherit it.
    setpriority(PRIO_PROCESS, id_t(gettid()), 5);
}

bool cpuHasBf16()
{
#if defined(__x86_64__)
    static const bool has = __builtin_cpu_supports("avx512bf16");
    return has;
#else
    return false;
#endif
}

std::string blasAdvice()
{
    const void *gemm = dlsym(RTLD_DEFAULT, "sgemm_");
    Dl_info where;
    if (!gemm || !dladdr(gemm, &where) || !where.dli_fname)
        return {};
    char real[PATH_MAX];
    const char *path = realpath(where.dli_fname, real) ? real : where.dli_fname;
    // The reference BLAS lives in .../blas/libblas.so.3; OpenBLAS, MKL and BLIS say their names.
    if (std::strstr(path, "openblas") || std::strstr(path, "mkl") || std::strstr(path, "blis"))
        return {};
    if (std::strstr(path, "libblas.so"))
        return std::string("the reference BLAS (") + path +
               ") is in use, which paints up to 60 times slower; install libopenblas0-pthread";
    return {};
}

} // namespace moodloom
