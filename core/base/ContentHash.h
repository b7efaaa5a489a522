// What identifies a picture wherever its file is: a digest of the file's bytes.
#pragma once

#include <QByteArray>
#include <QCryptographicHash>
#include <QFile>
#include <QString>

namespace moodloom {

// BLAKE2b-256, hex.
inline QString contentHash(const QByteArray &bytes)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256).toHex());
}

// Whether a file is there, can be read to its end and has this digest.
inline bool fileHasContent(const QString &path, const QString &hash)
{
    QFile file(path);
    QCryptographicHash digest(QCryptographicHash::Blake2b_256);
    return !path.isEmpty() && file.open(QIODevice::ReadOnly) && digest.addData(&file) &&
           QString::fromLatin1(digest.result().toHex()) == hash;
}

} // namespace moodloom
