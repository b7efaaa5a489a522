// Exiv2 before its first use.
#pragma once

namespace moodloom::image {

// Silences it, lets it read AVIF and HEIF, and gives its XMP toolkit a lock. Thread-safe; cheap
// when called again.
void startExiv2();

} // namespace moodloom::image
