// The user's own captioned pictures that a model is taught. No Qt: who can decode picture files
// implements this from outside.
#pragma once

#include "core/base/Result.h"
#include "core/training/SceneSource.h"

#include <string>
#include <vector>

namespace moodloom::training {

class TaughtPictures
{
public:
    virtual ~TaughtPictures() = default;
    virtual int64_t size() const = 0;
    // At least one, each saying it all: in several languages, or in other words.
    virtual std::vector<std::string> captions(int64_t index) const = 0;
    // Decoded anew each time; may be reduced as long as its shorter side stays `side` pixels or
    // more. Errors: those of decoding.
    virtual Result<Picture> picture(int64_t index, int side) const = 0;
};

} // namespace moodloom::training
