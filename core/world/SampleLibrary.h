// Writes a folder of pictures of the world: a library to try Moodloom with.
//
// They are ordinary JPEG and PNG files in ordinary folders, described inside as any good archive
// describes its pictures: XMP (dc:title, dc:description, dc:subject) and, in JPEG, IPTC.
#pragma once

#include "core/base/Result.h"
#include "core/world/Compose.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace moodloom::world {

struct SampleLibrarySummary
{
    int written = 0;   // new files
    int unchanged = 0; // were there already, with the same bytes
    std::string folder;
};

struct SampleLibraryOptions
{
    int count = 2000;
    uint64_t seed = 1;
    int size = 512; // pixels
};

// Called from several threads, one at a time, with how many are done of how many.
using SampleProgress = std::function<void(int done, int total)>;

// Writes options.count pictures below `folder`, with several threads; blocks until they are
// written. The same seed, count and size give the same bytes. Every named design, held-out ones
// too, is shown at least once if count >= designCount. Runs again over its own files without
// touching them. Errors: Invalid (count or size out of range), DiskFull, Unreadable; Invalid with
// the file's name where another file is in the way: it is never overwritten; Cancelled.
Result<SampleLibrarySummary> writeSampleLibrary(const std::string &folder,
                                                const SampleLibraryOptions &options,
                                                const SampleProgress &progress = {},
                                                std::stop_token stop = {});

// The index-th scene of that library, and its file's path below the folder.
struct Sample
{
    Scene scene;
    std::string path; // "vehicles/a-red-suv-with-white-stripes-0042.jpg"
    std::string titleEn, captionEn, captionZh;
    std::vector<std::string> keywords; // both languages
};
Sample sampleAt(int index, const SampleLibraryOptions &options);

} // namespace moodloom::world
