// Where things live on this machine. Pure look-ups; the folders are made on demand.
#pragma once

#include <QString>

namespace moodloom {

// The user's data: the default library. MOODLOOM_HOME overrides it (tests, portable use).
QString dataFolder();
// What can be rebuilt: thumbnails, indexes. Below MOODLOOM_HOME when that is set.
QString cacheFolder();
// The built-in model: beside the program when installed, in the source tree when developed.
QString builtInModelFolder();
// CLIP's vocabulary for single-file checkpoints, which have none: MOODLOOM_TOKENIZER, or the user's
// own. Empty: beside the checkpoint.
QString tokenizerFolder();

} // namespace moodloom
