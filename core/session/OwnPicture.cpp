#include "core/session/OwnPicture.h"

#include "core/base/ContentHash.h"
#include "core/base/SafeFile.h"
#include "core/image/Format.h"

#include <QBuffer>
#include <QDir>

namespace moodloom::session {

Result<QString> fileOf(const OwnPicture &picture, const QString &folder)
{
    if (!picture.path.isEmpty())
        return picture.path;
    QByteArray bytes = picture.encoded;
    QString suffix = image::formatName(image::sniffFormat(bytes));
    if (bytes.isEmpty()) {
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        if (!picture.image.save(&buffer, "PNG"))
            return fail(ErrorCode::Invalid, "clipboard", "the picture is empty");
        suffix = QStringLiteral("png");
    }
    QDir().mkpath(folder);
    const QString path =
        folder + QLatin1Char('/') + contentHash(bytes).left(32) + QLatin1Char('.') + suffix;
    if (auto written = writeFileSafely(path.toStdString(), bytes.toStdString()); !written)
        return fail(written.error());
    return path;
}

} // namespace moodloom::session
