#include "ui/controls/DropContent.h"

#include <QMimeData>
#include <QUrl>

namespace moodloom::ui {
namespace {

const QStringList &encodedTypes()
{
    static const QStringList types{QStringLiteral("image/png"),     QStringLiteral("image/jpeg"),
                                   QStringLiteral("image/webp"),    QStringLiteral("image/tiff"),
                                   QStringLiteral("image/gif"),     QStringLiteral("image/avif"),
                                   QStringLiteral("image/svg+xml"), QStringLiteral("image/bmp")};
    return types;
}

QStringList localFiles(const QMimeData &mime)
{
    QStringList files;
    for (const QUrl &url : mime.urls())
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    return files;
}

} // namespace

DropContent dropContentFrom(const QMimeData &mime)
{
    DropContent content;
    content.files = localFiles(mime);
    if (!content.files.isEmpty()) {
        if (content.files.size() == 1)
            content.assetId = mime.data(QLatin1String(assetMimeType)).toLongLong();
        return content;
    }
    // The encoded form first: it is the file itself, with its colours and without another loss.
    for (const QString &type : encodedTypes())
        if (mime.hasFormat(type)) {
            content.encoded = mime.data(type);
            if (!content.encoded.isEmpty())
                return content;
        }
    if (mime.hasImage()) {
        content.image = mime.imageData().value<QImage>();
        if (!content.image.isNull())
            return content;
    }
    content.text = mime.text().trimmed();
    return content;
}

bool canDrop(const QMimeData &mime)
{
    return mime.hasImage() || mime.hasText() || !localFiles(mime).isEmpty();
}

QString captionFrom(const QMimeData &mime)
{
    const QString text = mime.text();
    const bool says = !text.contains(QLatin1Char('\n')) && text.size() < 200 &&
                      !text.contains(QLatin1String("://"));
    return says ? text : QString();
}

} // namespace moodloom::ui
