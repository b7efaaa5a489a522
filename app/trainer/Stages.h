// What the trainer's command line can do, by name.
#pragma once

#include "core/training/SceneSource.h"
#include "core/training/Stage.h"

#include <string>

namespace moodloom::trainer {

struct Arguments
{
    training::StageOptions stage;
    bool batchGiven = false; // else "all" takes what suits each of its stages
    std::string modelFolder; // written by export, painted with by grid
    std::string out;         // the grid's picture
    int samplingSteps = 20;
    double guidance = 4;
};

// Errors: Invalid (no such stage), and those of the stage.
Result<void> runStage(const std::string &name, const training::SceneSource &source,
                      const Arguments &arguments);

} // namespace moodloom::trainer
