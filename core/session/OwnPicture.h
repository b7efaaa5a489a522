// A picture that the user brings: dropped, pasted or chosen.
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QImage>
#include <QString>

namespace moodloom::session {

// A file, or else a picture file's bytes, or else pixels.
struct OwnPicture
{
    QString path;
    QByteArray encoded;
    QImage image;
};

// The picture's file: its own, or one named after its content that is written into `folder`. Blocks.
Result<QString> fileOf(const OwnPicture &picture, const QString &folder);

} // namespace moodloom::session
