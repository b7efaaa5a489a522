#include "core/world/SampleLibrary.h"

#include "core/base/Machine.h"
#include "core/base/SafeFile.h"
#include "core/world/Caption.h"
#include "core/world/Designs.h"
#include "core/world/PictureFile.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <thread>

namespace moodloom::world {
namespace {

namespace fs = std::filesystem;

const char *folderOf(Family family)
{
    switch (family) {
    case Family::Suv:
    case Family::SportsCar:
    case Family::Truck:
    case Family::Bus:
        return "vehicles";
    case Family::House:
    case Family::Tower:
    case Family::Castle:
    case Family::Wall:
    case Family::Bridge:
        return "buildings";
    case Family::SailingBoat:
    case Family::Steamship:
        return "boats";
    case Family::Balloon:
    case Family::Aeroplane:
    case Family::Rocket:
        return "sky";
    case Family::Tree:
    case Family::Mountain:
        return "nature";
    case Family::Dog:
    case Family::Cat:
    case Family::Horse:
    case Family::Bird:
    case Family::Fish:
        return "animals";
    case Family::Robot:
    case Family::Cup:
    case Family::Lamp:
        return "things";
    }
    return "things";
}

// "a red SUV, at sunset" -> "a-red-suv-at-sunset": what people call their files.
std::string fileStem(const std::string &caption)
{
    std::string stem;
    for (const char c : caption) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (letter)
            stem += c;
        else if (c >= 'A' && c <= 'Z')
            stem += char(c - 'A' + 'a');
        else if (!stem.empty() && stem.back() != '-')
            stem += '-';
    }
    if (stem.size() > 56) {
        stem.resize(56);
        stem.resize(std::min(stem.size(), stem.rfind('-')));
    }
    while (!stem.empty() && stem.back() == '-')
        stem.pop_back();
    return stem;
}

// Which design the index-th picture is about: first all named ones in a shuffled order, the two
// famous ones in front; then named and fresh ones mixed.
Design subjectOf(int index, Random &random)
{
    const int talagonIndex = talagon().design.named, wallIndex = greatWall().design.named;
    if (index < 2 || index % 97 < 2 * (index >= designCount))
        return namedDesign((index < 2 ? index : index % 97) == 0 ? talagonIndex : wallIndex).design;
    if (index < designCount) {
        // 7 and 480 have no common factor; the two famous ones are passed over.
        int at = 0;
        for (int step = 0, seen = 1; step < designCount; ++step) {
            at = (step * 7 + 3) % designCount;
            if (at != talagonIndex && at != wallIndex && ++seen == index)
                break;
        }
        return namedDesign(at).design;
    }
    if (random.chance(0.7))
        return namedDesign(random.below(designCount)).design;
    return freshDesign(random, Family(random.below(familyCount)));
}

void addWord(std::vector<std::string> &words, std::string_view word)
{
    if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end())
        words.emplace_back(word);
}

std::vector<std::string> keywordsOf(const Scene &scene)
{
    std::vector<std::string> words;
    for (const Entity &entity : scene.entities) {
        const Design &design = entity.design;
        const FamilyInfo &info = familyInfo(design.family);
        if (design.named >= 0) {
            const NamedDesign &named = namedDesign(design.named);
            addWord(words, named.name.en);
            addWord(words, named.name.zh);
            addWord(words, named.aliasZh);
        }
        addWord(words, info.en);
        addWord(words, info.zh);
        addWord(words, hueInfo(design.main).en);
        addWord(words, std::string(hueInfo(design.main).zh) + "色");
        addWord(words, patternWords(design.pattern).en);
        addWord(words, patternWords(design.pattern).zh);
    }
    addWord(words, placeInfo(scene.setting.place).en);
    addWord(words, placeInfo(scene.setting.place).zh);
    if (hasTimes(scene.setting.place)) {
        addWord(words, timeInfo(scene.setting.time).en);
        addWord(words, timeInfo(scene.setting.time).zh);
    }
    addWord(words, styleInfo(scene.style).en);
    addWord(words, styleInfo(scene.style).zh);
    return words;
}

// Writes unless the very same file is there. True: it was written.
Result<bool> place(const std::string &path, const std::string &bytes)
{
    std::error_code ignored;
    if (fs::exists(path, ignored)) {
        const Result<std::string> old = readFile(path);
        if (old && *old == bytes)
            return false;
        return fail(ErrorCode::Invalid, path,
                    "another file has this name already; it was kept. Choose an empty folder");
    }
    if (const Result<void> written = writeFileSafely(path, bytes); !written)
        return fail(written.error());
    return true;
}

} // namespace

Sample sampleAt(int index, const SampleLibraryOptions &options)
{
    Random random(derivedSeed(options.seed, uint64_t(index)));
    ComposeOptions compose;
    compose.heldOut = true;
    compose.namedShare = 0.8;
    compose.designs = {subjectOf(index, random)};
    constexpr double counts[] = {0.6, 0.3, 0.1};
    compose.count = 1 + random.weighted(counts);
    Sample sample;
    sample.scene = composeScene(random.next(), compose);

    const Captions captions = captionsOf(sample.scene, sample.scene.seed);
    sample.titleEn = captions.en;
    sample.captionEn = captions.en + ".";
    sample.captionZh = captions.zh + "。";
    for (const Entity &entity : sample.scene.entities)
        if (entity.design.named >= 0) {
            sample.captionEn +=
                " " + namedDesign(entity.design.named).name.en + ": " + lookEn(entity.design) + ".";
            sample.captionZh +=
                namedDesign(entity.design.named).name.zh + "：" + lookZh(entity.design) + "。";
        }
    sample.keywords = keywordsOf(sample.scene);

    char number[16];
    std::snprintf(number, sizeof number, "-%04d", index + 1);
    sample.path = std::string(folderOf(compose.designs[0].family)) + "/" + fileStem(captions.en) +
                  number + (index % 3 == 2 ? ".png" : ".jpg");
    return sample;
}

Result<SampleLibrarySummary> writeSampleLibrary(const std::string &folder,
                                                const SampleLibraryOptions &options,
                                                const SampleProgress &progress,
                                                std::stop_token stop)
{
    if (options.count < 1 || options.count > 1'000'000)
        return fail(ErrorCode::Invalid, "count",
                    std::to_string(options.count) +
                        "; give a number of pictures from 1 to 1000000");
    if (options.size < 64 || options.size > 2048)
        return fail(ErrorCode::Invalid, "size",
                    std::to_string(options.size) + "; give a size from 64 to 2048 pixels");
    for (int family = 0; family < familyCount; ++family) {
        std::error_code error;
        fs::create_directories(fs::path(folder) / folderOf(Family(family)), error);
        if (error)
            return fail(error == std::errc::no_space_on_device ? ErrorCode::DiskFull
                                                               : ErrorCode::Unreadable,
                        folder,
                        "the folder cannot be made: " + error.message() + "; choose another one");
    }

    SampleLibrarySummary summary;
    summary.folder = folder;
    std::atomic<int> next{0};
    std::atomic<bool> failed{false};
    std::mutex mutex; // guards summary, failure and the calls of progress
    std::optional<Error> failure;
    const auto writeOne = [&](int index) -> Result<bool> {
        const Sample sample = sampleAt(index, options);
        const Result<std::string> bytes =
            encodePicture(drawScene(sample.scene, options.size),
                          sample.path.ends_with(".png") ? PictureFormat::Png : PictureFormat::Jpeg,
                          {sample.titleEn, sample.captionEn, sample.captionZh, sample.keywords});
        if (!bytes)
            return fail(bytes.error());
        return place((fs::path(folder) / sample.path).string(), *bytes);
    };
    const auto work = [&] {
        while (!failed && !stop.stop_requested()) {
            const int index = next++;
            if (index >= options.count)
                return;
            Result<bool> written = false;
            try {
                written = writeOne(index);
            } catch (const std::exception &error) {
                written = fail(ErrorCode::Internal, folder, error.what());
            }
            const std::lock_guard lock(mutex);
            if (!written) {
                if (!failure)
                    failure = written.error();
                failed = true;
                return;
            }
            ++(*written ? summary.written : summary.unchanged);
            if (progress)
                progress(summary.written + summary.unchanged, options.count);
        }
    };
    {
        std::vector<std::jthread> threads;
        const int count = std::clamp(computeThreads(), 1, std::min(options.count, 16));
        for (int i = 0; i < count; ++i)
            threads.emplace_back(work);
    }
    if (failure)
        return fail(*failure);
    if (stop.stop_requested())
        return cancelled();
    return summary;
}

} // namespace moodloom::world
