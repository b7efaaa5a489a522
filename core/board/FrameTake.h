// A painted picture as the board keeps it: everything but the pixels, which the board file holds.
//
// A plain value. The recipe and the check stay JSON here: only core/generation, a level above, reads it.
#pragma once

#include "core/board/Item.h"

#include <QDateTime>
#include <QJsonObject>

namespace moodloom::board {

struct FrameTake
{
    QString id;          // UUID
    ItemId frame;
    QJsonObject recipe;  // generation::toJson
    QString hash;        // of the PNG bytes, a picture of the board file
    QSize size;          // pixels
    QDateTime made;      // UTC
    double seconds = 0;
    bool starred = false;
    QJsonObject grounding; // what of its prompt it shows, generation::toJson; empty = not checked
    bool operator==(const FrameTake &) const = default;
};

} // namespace moodloom::board
