// What every stage of training shares: time and stop, optimiser and average, curves, and a state on
// disk that a later call takes up.
//
// Belongs to the training thread.
#pragma once

#include "core/training/Optimizer.h"
#include "core/training/CurveLog.h"
#include "core/training/Ema.h"
#include "core/training/State.h"

#include <torch/nn/module.h>

#include <chrono>
#include <functional>
#include <stop_token>

namespace moodloom::training {

struct StageOptions
{
    std::string folder;        // NAME.safetensors and NAME.csv are kept here
    double minutes = 10;       // of this call
    int64_t steps = 0;         // of this call; 0 = as many as fit into the minutes
    double saveSeconds = 120;  // between two saves
    std::stop_token stop;
    int threads = 1;           // shards of a batch
    int drawThreads = 1;
    int batch = 64;
    bool muon = true;          // see Optimizer
    double learningRate = 8e-4;
    int64_t warmup = 200;      // steps
    int64_t totalSteps = 4000; // where the learning rate has come down; 0 = at the end of the minutes
    uint64_t seed = 1;
    at::ScalarType dtype = at::kFloat; // of activations; weights and their updates stay fp32
    at::Device device = at::kCPU;
    double logSeconds = 10;
    CurveSink onRow;              // of the curves; nobody: a line on the terminal
    std::function<void()> onSave; // after every save but the last
};

class Stage
{
public:
    Stage(std::string name, StageOptions options, Optimizer::Named parameters, Optimizer::Options optimizer,
          double emaDecay, std::vector<std::string> columns);

    // Takes up NAME.safetensors where it exists. Errors: Corrupt, Unreadable.
    Result<void> resume();

    // Whether another step is due.
    bool goesOn() const;
    // Whether this step's values should be read: on a graphics card that waits for all queued work.
    bool readsValues() const;
    // One optimiser step from the gradients that are there, then average, curves and, when it is
    // time, a save. `scene` is where the stream of scenes stands. Errors: those of saving.
    Result<void> finishStep(int64_t samples, uint64_t scene, const std::map<std::string, double> &values);
    Result<void> save();

    Ema &average() { return m_ema; }
    int64_t step() const { return m_step; }
    int64_t samples() const { return m_samples; }
    uint64_t scene() const { return m_scene; }
    double rate() const;
    // A random seed that is another one at each resumption.
    uint64_t seed() const { return m_options.seed * 1000003 + uint64_t(m_step); }

    std::string statePath() const { return m_options.folder + "/" + m_name + ".safetensors"; }

private:
    using Clock = std::chrono::steady_clock;
    std::string m_name;
    StageOptions m_options;
    Optimizer::Named m_parameters;
    Optimizer m_optimizer;
    Ema m_ema;
    std::vector<std::string> m_columns;
    std::unique_ptr<CurveLog> m_curves;
    Clock::time_point m_start = Clock::now(), m_saved = Clock::now();
    int64_t m_step = 0, m_stepsHere = 0, m_samples = 0;
    uint64_t m_scene = 0;
    double m_secondsBefore = 0;
};

// Moves a network's parameters, in place.
template <class Network> std::shared_ptr<Network> onDevice(std::shared_ptr<Network> network, at::Device device)
{
    network->to(device);
    return network;
}

// Fills a network with the averaged weights of a state and freezes it. Errors: NotFound, Corrupt,
// Mismatch (a weight is missing or of another shape). Weights whose names begin with one of `spare`
// may be missing and keep their values.
Result<void> loadAverage(const std::string &path, torch::nn::Module &network,
                         const std::vector<std::string> &spare = {});

} // namespace moodloom::training
