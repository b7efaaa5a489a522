// Teaches a model the user's own pictures: a LoRA on its U-Net and, where it has one, changes of
// its IP-Adapter, from captioned pictures that are their own references.
//
// Blocks; call it on a thread of its own. No Qt and no libtorch in this header.
#pragma once

#include "core/training/CurveLog.h"
#include "core/training/TaughtPictures.h"

#include <stop_token>

namespace moodloom::training {

// Best: the graphics card where there is one.
enum class FineTuningDevice { Best, Cpu, Cuda };

struct FineTuningOptions
{
    std::string model;         // folder or single file
    std::string tokenizer;     // for single files, see models::openModelSource()
    std::string out;           // NAME.safetensors: the LoRA; NAME-ip-adapter.safetensors beside it
    bool resume = false;       // goes on from NAME.training/
    bool adapter = true;       // also the IP-Adapter, where the model has one
    bool convolutions = false; // also those outside the attentions
    double minutes = 0;        // of this call; 0 = until the steps are done
    int64_t steps = 0;         // of the whole run; 0 = as many as fit into the minutes
    int64_t rank = 8;
    double rate = 0; // peak learning rate; 0 = what suits the model's size
    int batch = 0;   // samples in a step; 0 = what suits the model's size
    int side = 0;    // pixels; 0 = the model's own
    uint64_t seed = 1;
    FineTuningDevice device = FineTuningDevice::Best;
    double saveSeconds = 60, logSeconds = 2;
    std::string title, version;       // for the files
    std::map<std::string, int> words; // of the captions, and in how many of them
    std::stop_token stop;
    CurveSink onRow; // "loss", and "same_noise": of the same noise each time
    // Pictures of the first captions with what is learnt so far, at the beginning, at every save
    // and at the end; nobody: none are painted. Errors end the run. Not called after a stop.
    std::function<Result<void>(int64_t step, const std::vector<Picture> &pictures)> onSamples;
    std::function<void(const std::string &component, double fraction)> onLoad; // 0..1 over all
};

struct FineTuningReport
{
    int64_t steps = 0, samples = 0; // of the whole run
    int64_t numbers = 0;            // that learnt
    double before = 0, after = 0;   // loss of the same noise at the beginning of this call, and now
    std::string lora, adapter;      // files; adapter: "" where there is none
    bool stopped = false;           // by the stop token
};

// The folder for state, curve ("teaching.csv") and settings of the run that makes `out`.
std::string trainingFolderOf(const std::string &out);
// The adapter's file for that of the LoRA.
std::string adapterFileOf(const std::string &out);

// Writes state and files at every save, at the end and after a stop. Errors: those of loading the
// model; Unsupported (a model that cannot be taught, or no graphics card); Invalid (there is
// something at `out` and it is not to go on); NotFound (to go on, but there is no state); Mismatch
// (the state is of another rank or model); those of reading the pictures; DiskFull, Unreadable.
// OutOfMemory.
Result<FineTuningReport> fineTune(const TaughtPictures &pictures, const FineTuningOptions &options);

} // namespace moodloom::training
