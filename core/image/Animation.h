// Pictures that move: all frames of a GIF or WebP, small enough for memory.
//
// Pure functions, safe from any thread; they decode, so never call them on the UI thread.
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QImage>
#include <QVector>

namespace moodloom::image {

struct Animation
{
    QVector<QImage> frames; // of one size, RGBA8888, premultiplied
    QVector<int> delays;    // ms, how long each is shown; > 0

    int duration() const;
    // The one that is shown `time` ms after the beginning, over and over. Requires: frames.
    int frameAt(qint64 time) const;
    qint64 bytes() const;
};

struct AnimationOptions
{
    int maxSide = 0;                     // the longer side of what comes back; 0 = as it is
    qint64 maxBytes = qint64(64) << 20;  // of what comes back: it is made smaller to fit
    qint64 maxPixels = qint64(96) << 20; // of all frames in the file; more are refused
};

// One frame: it does not move. Errors: Unsupported (neither GIF nor WebP), Corrupt, Invalid (too
// many pixels), OutOfMemory.
Result<Animation> decodeAnimation(const QByteArray &bytes, const AnimationOptions &options = {});

} // namespace moodloom::image
