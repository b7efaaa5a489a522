// Showing a part of a picture: pure geometry over items. The pixels of a picture are never changed.
#pragma once

#include "core/board/Item.h"

namespace moodloom::board {

// The item with another part shown (pixels of the upright picture; null = all of it), moved so that
// every pixel that is still seen stays where it is on the board. What lies outside the picture is
// cut off; nothing changes when less than a pixel would be left.
Item cropped(Item item, const QRectF &crop);

// The item where it is, with the picture moved inside it by `delta` (board units); the edges of the
// picture stop it. Nothing changes without a crop.
Item pannedInCrop(Item item, QPointF delta);

// Board coordinates -> pixels of the upright picture, also outside of what is shown.
QTransform toPixels(const Item &picture);

} // namespace moodloom::board
