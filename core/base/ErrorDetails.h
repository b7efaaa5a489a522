// The details of errors in the user's language.
//
// Errors carry English details, because the engine knows no Qt and logs and JSON want one language.
// What users meet most often is listed here and translated when it is shown; anything else is shown
// as it is. Thread-safe after the translators are installed.
#pragma once

#include <QString>

namespace moodloom {

// "image_encoder" becomes "image encoder"; what is not known stays as it is.
QString translatedPart(const QString &name);

// "larger than 12 bytes" finds the listed "larger than %1 bytes"; its figures go into the
// translation.
QString translatedDetail(const QString &english);

} // namespace moodloom
