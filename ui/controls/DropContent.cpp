#include "ui/controls/DropContent.h"

#include <QMimeData>
#include <QUrl>

namespace moodloom::ui {
namespace {

constexpr qsizetype mostText = 64 << 20; // characters

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
    QList<QUrl> urls = mime.urls();
    if (urls.isEmpty()) // some file managers copy files in this form alone: "copy", then an address
                        // a line
        for (const QByteArray &line :
             mime.data(QStringLiteral("x-special/gnome-copied-files")).split('\n').mid(1))
            urls.append(QUrl::fromEncoded(line.trimmed()));
    for (const QUrl &url : urls)
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    return files;
}

// Text that is a picture: the source of an SVG, or a data URL, as editors and browsers copy them.
QByteArray pictureInText(const QString &text)
{
    if (text.startsWith(QLatin1String("data:image/"))) {
        const qsizetype comma = text.indexOf(QLatin1Char(','));
        const QStringView head = QStringView(text).left(comma);
        if (comma < 0 || text.size() > mostText)
            return {};
        const QByteArray data = QByteArray::fromPercentEncoding(text.mid(comma + 1).toLatin1());
        return head.endsWith(QLatin1String(";base64")) ? QByteArray::fromBase64(data) : data;
    }
    const bool maybe =
        text.startsWith(QLatin1String("<svg")) || text.startsWith(QLatin1String("<?xml")) ||
        text.startsWith(QLatin1String("<!DOCTYPE svg")) || text.startsWith(QLatin1String("<!--"));
    if (maybe && text.size() <= mostText && text.contains(QLatin1String("<svg")) &&
        text.endsWith(QLatin1String("</svg>")))
        return text.toUtf8();
    return {};
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
    if (content.encoded = pictureInText(content.text); !content.encoded.isEmpty())
        content.text.clear();
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
