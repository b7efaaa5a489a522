// A generated picture with the recipe that made it.
#pragma once

#include "core/generation/GroundingCheck.h"
#include "core/generation/PaintMemory.h"
#include "core/generation/Recipe.h"

#include <QDateTime>
#include <QImage>

#include <optional>

namespace moodloom::generation {

struct Take
{
    QString id;       // UUID
    Recipe recipe;
    QImage image;     // Format_RGB888, sRGB
    QDateTime made;
    double seconds = 0;
    bool starred = false;
    PaintMemory memory{}; // how it was painted; not known of takes from a board's file
    std::optional<GroundingCheck> grounding{}; // nothing until it was checked
};

// One step of a running generation. Latest wins: a slow reader may miss some.
struct StepInfo
{
    int step = 0;     // 1..total once the first step is done; 0 while preparing
    int total = 0;    // 0 while loading
    double sigma = 0;
    double loading = -1; // 0..1 while the model's weights come from their files, else negative
    QImage preview;   // empty when this step brought none
    PaintMemory memory{}; // the plan now, and what came before it
};

} // namespace moodloom::generation
