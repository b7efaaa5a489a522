// What a model is, in words; translated. Pure functions.
#pragma once

#include "core/shelf/ShelfEntry.h"

#include <QString>

namespace moodloom::ui {

QString kindLabel(models::ModelKind kind);         // "Model", "LoRA", "VAE", ...
QString placeLabel(shelf::FolderKind kind);        // "ComfyUI", ...; empty for a plain folder
QString factsText(const shelf::ShelfEntry &entry); // "LoRA · SD 1.x · 144 MB"

} // namespace moodloom::ui
