// Pictures that are cut off or damaged: how to tell, and how to say it in words that help.
//
// Thread-safe. explainDamage decodes again, alone (see Vips.h): only for pictures that failed.
#pragma once

#include "core/base/Error.h"
#include "core/image/Format.h"

#include <QByteArray>

namespace moodloom::image {

// The format's own end mark is missing. False where a format has none: its decoder then notices.
bool isCutOff(const QByteArray &bytes, Format format);

// Where the picture ends or what is wrong with it. Requires: `bytes` is cut off, or has failed to
// decode as `format`.
Error explainDamage(const QByteArray &bytes, Format format, const QString &name);

} // namespace moodloom::image
