// A sheet of pictures painted with a model folder, to look at: fixed prompts in both languages, each
// without and with references, through the very code that the studio paints with.
#pragma once

#include "app/trainer/Stages.h"

namespace moodloom::trainer {

// Each row: a reference (scenes never trained on), what its caption alone gives, what the caption
// without appearance words gives with the reference, what the reference gives without any text, what
// the autoencoder makes of the drawn truth, and that truth. Then fixed prompts, six to a row. Writes
// arguments.out.
// Errors: those of loading the model; Unreadable (the picture cannot be written).
Result<void> paintGrid(const training::SceneSource &source, const Arguments &arguments);

} // namespace moodloom::trainer
