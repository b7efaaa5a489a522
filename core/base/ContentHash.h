// What identifies a picture wherever its file is: a digest of the file's bytes.
#pragma once

#include <QByteArray>
#include <QCryptographicHash>
#include <QString>

namespace moodloom {

// BLAKE2b-256, hex.
inline QString contentHash(const QByteArray &bytes)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256).toHex());
}

} // namespace moodloom
