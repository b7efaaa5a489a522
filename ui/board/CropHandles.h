// What is grasped to crop a picture: its corners and the middles of its sides.
//
// Pure geometry.
#pragma once

#include "core/board/Item.h"

namespace moodloom::ui {

struct CropHandle
{
    Qt::Edges edges; // that it moves, of the upright picture's pixels
    QPointF at;      // board
};

// Eight. Requires: a picture.
QVector<CropHandle> cropHandles(const board::Item &picture);

} // namespace moodloom::ui
