// A model on the shelf: what inspecting its files told.
//
// A value; safe to copy between threads.
#pragma once

#include "core/base/Error.h"
#include "core/models/Inspect.h"
#include "core/shelf/ShelfFolders.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace moodloom::shelf {

struct ShelfEntry
{
    QString path;
    QString title;
    FolderKind from = FolderKind::Plain;
    QString preview; // a picture file beside it; empty = none
    qint64 bytes = 0, modified = 0; // on disk; ms since 1970

    models::ModelKind kind = models::ModelKind::Other;
    QString family;    // "SD 1.x", ...; empty = not known
    QString variant;   // "plus", "kohya names", ...
    QStringList needs; // what it takes besides
    QStringList words; // trigger words of a LoRA
    // Bytes that painting with it takes at its own size: quickest, thriftiest; 0 = not known.
    quint64 memoryUsual = 0, memoryLeast = 0;
    bool takesReferences = false;
    std::optional<Error> problem; // why it cannot be used at all

    // Paints by itself; everything else goes with such a one.
    bool isBase() const
    {
        return kind == models::ModelKind::StableDiffusion ||
               kind == models::ModelKind::StableDiffusionXl;
    }
};

} // namespace moodloom::shelf
