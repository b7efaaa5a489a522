#include "core/origin/WeightsHash.h"

#include <QCryptographicHash>
#include <QFile>
#include <QtEndian>

#include <algorithm>

namespace moodloom::origin {
namespace {

constexpr qint64 kBlock = 4 << 20;

bool isHex(const QString &digits)
{
    return std::all_of(digits.begin(), digits.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    });
}

bool begins(const QCryptographicHash &hash, const QString &digits)
{
    return QString::fromLatin1(hash.result().toHex()).startsWith(digits);
}

// Where the tensors begin in a safetensors file: behind eight bytes of length and so much JSON.
qint64 tensorsOf(QFile &file)
{
    file.seek(0);
    const QByteArray head = file.read(8);
    const quint64 header = head.size() == 8 ? qFromLittleEndian<quint64>(head.constData()) : 0;
    return header > 0 && header < quint64(file.size()) ? qint64(header) + 8 : -1;
}

} // namespace

bool hasDigest(const QString &path, const QString &wanted, std::stop_token stop)
{
    const QString digits = wanted.trimmed().toLower();
    QFile file(path);
    if (digits.size() < 8 || digits.size() > 64 || !isHex(digits) ||
        !file.open(QIODevice::ReadOnly))
        return false;
    if (digits.size() == 8) {
        QCryptographicHash old(QCryptographicHash::Sha256);
        file.seek(0x100000);
        old.addData(file.read(0x10000));
        if (begins(old, digits))
            return true;
    }
    const qint64 tensors =
        path.endsWith(QLatin1String(".safetensors"), Qt::CaseInsensitive) ? tensorsOf(file) : -1;
    QCryptographicHash whole(QCryptographicHash::Sha256), part(QCryptographicHash::Sha256);
    file.seek(0);
    for (qint64 at = 0; at < file.size();) {
        if (stop.stop_requested())
            return false;
        // Blocks end where the tensors begin.
        const QByteArray block = file.read(at < tensors ? std::min(kBlock, tensors - at) : kBlock);
        if (block.isEmpty())
            return false;
        whole.addData(block);
        if (tensors > 0 && at >= tensors)
            part.addData(block);
        at += block.size();
    }
    return begins(whole, digits) || (tensors > 0 && begins(part, digits));
}

} // namespace moodloom::origin
