#include "core/base/Memory.h"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <malloc.h>
#include <sys/resource.h>

namespace moodloom {

namespace {

// The number behind "KEY:" in a file of lines "KEY: NUMBER kB", in bytes.
uint64_t kibibytesOf(const char *file, const std::string &key)
{
    std::ifstream info(file);
    std::string name;
    while (info >> name) {
        uint64_t kib = 0;
        if (name == key + ":" && info >> kib)
            return kib * 1024;
        std::string rest;
        std::getline(info, rest);
    }
    return 0;
}

std::optional<uint64_t> numberIn(const std::string &file)
{
    std::ifstream in(file);
    uint64_t value = 0;
    if (in >> value)
        return value;
    return {}; // "max", or not there
}

// The number behind "KEY " in a control group's statistics.
uint64_t statisticOf(const std::string &file, const std::string &key)
{
    std::ifstream in(file);
    std::string name;
    uint64_t value = 0;
    while (in >> name >> value)
        if (name == key)
            return value;
    return 0;
}

// What one control group leaves: its limit less what is used and not merely cached.
std::optional<uint64_t> leftIn(const std::string &folder, const char *limitFile,
                               const char *usageFile)
{
    const auto limit = numberIn(folder + limitFile);
    const auto usage = numberIn(folder + usageFile);
    if (!limit || !usage)
        return {};
    const uint64_t cached = std::max(statisticOf(folder + "/memory.stat", "inactive_file"),
                                     statisticOf(folder + "/memory.stat", "total_inactive_file")) +
                            std::max(statisticOf(folder + "/memory.stat", "active_file"),
                                     statisticOf(folder + "/memory.stat", "total_active_file"));
    const uint64_t held = *usage - std::min(*usage, cached);
    return *limit - std::min(*limit, held);
}

// What the control groups of this process leave: the least of them up to the root. In a container
// its own group is the root of what is seen.
std::optional<uint64_t> leftByGroups()
{
    std::ifstream groups("/proc/self/cgroup");
    std::optional<uint64_t> least;
    std::string line;
    while (std::getline(groups, line)) {
        const size_t first = line.find(':'), second = line.find(':', first + 1);
        if (second == std::string::npos)
            continue;
        const std::string controllers = line.substr(first + 1, second - first - 1);
        const bool unified = controllers.empty();
        if (!unified && ("," + controllers + ",").find(",memory,") == std::string::npos)
            continue;
        const std::string root = unified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory";
        std::string path = line.substr(second + 1);
        for (;;) {
            const auto left =
                unified ? leftIn(root + path, "/memory.max", "/memory.current")
                        : leftIn(root + path, "/memory.limit_in_bytes", "/memory.usage_in_bytes");
            if (left)
                least = least ? std::min(*least, *left) : *left;
            if (path.empty() || path == "/")
                break;
            path.resize(path.rfind('/'));
        }
    }
    return least;
}

std::atomic<uint64_t> &limit()
{
    static std::atomic<uint64_t> bytes = [] {
        const char *text = std::getenv("MOODLOOM_MEMORY_LIMIT");
        return text ? bytesFromText(text).value_or(0) : 0;
    }();
    return bytes;
}

} // namespace

uint64_t availableMemory()
{
    const uint64_t machine = kibibytesOf("/proc/meminfo", "MemAvailable");
    const auto groups = leftByGroups();
    return machine > 0 && groups ? std::min(machine, *groups) : machine;
}

uint64_t ownMemory()
{
    return kibibytesOf("/proc/self/status", "RssAnon");
}

uint64_t peakMemory()
{
    if (const uint64_t peak = kibibytesOf("/proc/self/status", "VmHWM"); peak > 0)
        return peak;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return uint64_t(usage.ru_maxrss) * 1024;
}

void forgetPeakMemory()
{
    std::ofstream("/proc/self/clear_refs") << 5;
}

void returnFreedMemory()
{
    malloc_trim(0);
}

uint64_t memoryLimit()
{
    return limit();
}

void setMemoryLimit(uint64_t bytes)
{
    limit() = bytes;
}

std::optional<uint64_t> bytesFromText(const std::string &text)
{
    char *end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    if (end == text.c_str() || !std::isfinite(number) || number < 0)
        return {};
    std::string unit;
    for (; *end; ++end)
        if (!std::isspace(static_cast<unsigned char>(*end)))
            unit += char(std::toupper(static_cast<unsigned char>(*end)));
    double factor = 1;
    if (!unit.empty() && unit != "B") {
        const size_t power = std::string("KMGT").find(unit[0]);
        const std::string rest = unit.substr(1);
        if (power == std::string::npos || (!rest.empty() && rest != "B" && rest != "IB"))
            return {};
        factor = std::pow(1024.0, double(power + 1));
    }
    const double bytes = number * factor;
    if (bytes > 1e18)
        return {};
    return uint64_t(bytes);
}

} // namespace moodloom
