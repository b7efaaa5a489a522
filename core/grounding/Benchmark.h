// The grounding benchmark: does a model paint what its references show, or does it invent?
//
// For prompts that name designs, paired seeds and several sets of references it paints, judges what
// came out and counts. Synchronous and long; belongs to one thread, which also paints.
// Deterministic on one machine.
#pragma once

#include "core/generation/Recipe.h"
#include "core/grounding/CheckQuality.h"
#include "core/grounding/Controls.h"
#include "core/grounding/Measures.h"
#include "core/grounding/RetrievalQuality.h"

#include <functional>
#include <stop_token>

namespace moodloom::grounding {

struct BenchmarkOptions
{
    uint64_t seed = 1;
    int count = 8; // trials of each group
    int takes = 2; // seeds of each trial
    int steps = 20;
    double guidance = 5;
    generation::Sampler sampler = generation::Sampler::Auto;
    QString model;    // folder; empty = the built-in one
    QString encoders; // the folder whose encoders search the library; empty = the model's own
    QString folder;   // where pictures go; made if it is not there
    // What to paint under; empty = everything, and the controls. A question about one condition needs
    // many prompts, and not all the rest.
    std::vector<Condition> conditions;
    int controlTrials = 8;
    int queries = 40; // of each kind, to measure retrieval
    TrialLibraryOptions library;
    JudgeOptions judge;
};

// How unlike the takes of a trial are, relative to fresh drawings of the same: 1 = as varied.
struct Diversity
{
    Group group = Group::HeldOut;
    Condition condition = Condition::None;
    Interval value;
};

struct Outcome
{
    BenchmarkOptions options;
    QSize size;           // of the pictures
    bool partial = false; // stopped before everything was done
    double seconds = 0;
    QString libraryNote; // why references could not be retrieved by vectors; empty: they were
    std::vector<Trial> trials;
    std::vector<Painting> paintings; // and drawings: see Condition
    std::vector<Diversity> diversity;
    std::vector<RetrievalFinding> retrieval;
    ControlFindings controls;
    std::vector<CheckFinding> checks; // none where nothing sees words and pictures in one space
};

// Paints a recipe; generation::Generator::paint, or a stand-in in tests.
using PaintFunction =
    std::function<Result<QImage>(const generation::Recipe &, std::stop_token stop)>;
// A picture through the model's autoencoder and back; may be empty.
using DecodeFunction = std::function<QImage(const QImage &)>;

struct BenchmarkTools
{
    PaintFunction paint;
    DecodeFunction decode;
    QSize size{128, 128}; // what the model paints best
    // From any thread, one call at a time.
    std::function<void(const QString &what, int done, int total)> progress;
};

// When stopped, what has been measured until then is returned, marked as partial.
// Errors: those of painting, of the library, of writing files (DiskFull, Unreadable); Invalid
// (counts). Never Cancelled.
Result<Outcome> runBenchmark(const BenchmarkOptions &options, const BenchmarkTools &tools,
                             std::stop_token stop = {});

} // namespace moodloom::grounding
