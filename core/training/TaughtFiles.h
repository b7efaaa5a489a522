// What a fine-tuning leaves behind: an ordinary LoRA file and an ordinary IP-Adapter file.
#pragma once

#include "core/models/Pipeline.h"
#include "core/training/LowRank.h"

namespace moodloom::training {

// What a LoRA's file says about itself, for people and programs that list LoRAs.
struct TaughtNotes
{
    std::string title, version;       // of this program
    std::map<std::string, int> words; // of the captions, and in how many of them
    int64_t pictures = 0, steps = 0, rank = 0;
    int side = 0; // pixels
};

// The U-Net's changes under kohya's names, which core/models/LoraFile.h and other programs read:
// fp32, alpha equal to the rank. Errors: those of tensor::saveSafeTensors.
Result<void> saveLora(const std::string &path, const LowRank &changes,
                      const models::Pipeline &pipeline, const TaughtNotes &notes);

// The whole adapter with its changes, in half precision, under the names of released files. Errors:
// the same.
Result<void> saveAdapter(const std::string &path, const LowRank &changes,
                         const nn::IpAdapter &adapter, const TaughtNotes &notes);

} // namespace moodloom::training
