// Whether a file of weights is the one of which another program wrote down the first digits of a
// digest.
#pragma once

#include <QString>

#include <stop_token>

namespace moodloom::origin {

// `digits`: hex, as A1111 writes them. Eight are of SHA-256 over 64 KiB at 1 MiB, as before 2023,
// or of one of the others; more are of the whole file or, for LoRAs, of a safetensors' tensors
// alone. Blocks, for longer than a moment where all of a large file is read; false when it is
// stopped.
bool hasDigest(const QString &path, const QString &digits, std::stop_token stop = {});

} // namespace moodloom::origin
