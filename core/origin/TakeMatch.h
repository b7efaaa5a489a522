// Whether a picture file is one of a board's takes, or was made from one.
#pragma once

#include "core/board/BoardStore.h"
#include "core/board/FrameTake.h"

#include <QVector>

#include <optional>

namespace moodloom::origin {

struct TakeMatch
{
    QString take;      // its id
    bool same = false; // also pixel by pixel; else another program changed it
};

// Told by the recipe inside the file. Blocks: reads the file, and the take's picture from the
// board. Nothing where there is no such take. Thread-safe, but not for the store's own threads.
std::optional<TakeMatch> matchTake(const QString &path, const QVector<board::FrameTake> &takes,
                                   board::BoardStore &store);

} // namespace moodloom::origin
