// Main memory: how much can be had, how much is ours, how much the user allows.
//
// Linux promises more memory than there is and kills a process that uses it, so whoever needs much
// asks here first. Safe from any thread. No Qt: the engine uses it too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace moodloom {

// Bytes that can be had now: MemAvailable, or less where a control group (v1 or v2) allows less; 0
// where unknown.
uint64_t availableMemory();

// Bytes that are this process's own, so that nobody else can have them: not the pages of files. 0
// where unknown.
uint64_t ownMemory();
// The most that was resident since the process began or forgetPeakMemory(), files' pages included.
uint64_t peakMemory();
void forgetPeakMemory();

// What malloc keeps for later (see Machine.h) goes back to the system.
void returnFreedMemory();

// MOODLOOM_MEMORY_LIMIT, or what setMemoryLimit() was told last: what this process may take at
// most. 0 = no limit.
uint64_t memoryLimit();
void setMemoryLimit(uint64_t bytes);

// "6G", "512 MB", "1.5GiB" or plain bytes; K, M, G and T are powers of 1024, as everywhere where
// memory is sold. Nothing where it is no size.
std::optional<uint64_t> bytesFromText(const std::string &text);

} // namespace moodloom
