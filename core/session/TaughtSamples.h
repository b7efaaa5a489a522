// The pictures that a model paints while it is taught, as files.
//
// Blocks; any thread.
#pragma once

#include "core/training/TaughtPictures.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace moodloom::session {

// Writes step-000120-1.png, ... into the folder and, but for step 0, the first one to `preview`,
// where model lists look for a LoRA's picture; returns the files. Errors: Unreadable.
Result<QStringList> writeTaughtSamples(const QString &folder, const QString &preview, int64_t step,
                                       const std::vector<training::Picture> &pictures);

// The preview's file for a LoRA's.
QString previewFileOf(const QString &lora);

} // namespace moodloom::session
