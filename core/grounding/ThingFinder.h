// Finds what stands before the scenery of a known setting.
//
// Background subtraction from examples (after ViBe, Barnich and Van Droogenbroeck 2011): a pixel is
// scenery when several drawings of the bare setting have nearly its colour nearby. Immutable after
// construction; const use is thread-safe.
#pragma once

#include "core/base/Result.h"
#include "core/grounding/LabPicture.h"

#include <QRectF>

#include <stop_token>
#include <vector>

namespace moodloom::grounding {

struct Thing
{
    std::vector<float> mask; // findingSide x findingSide, 1 where the thing is
    QRectF box;      // around it, in 0..1 of the picture; the middle where nothing was found
    double area = 0; // of the mask, 0..1
};

class ThingFinder
{
public:
    static constexpr int side = 64; // of the pictures it looks at

    // Draws every setting a few times, without things. Errors: Cancelled.
    static Result<ThingFinder> make(std::stop_token stop = {});

    // Requires: a picture of `side`; setting: an index into world::allSettings().
    Thing find(const LabPicture &picture, int setting) const;

private:
    std::vector<std::vector<LabPicture>> m_scenery; // by setting
};

} // namespace moodloom::grounding
