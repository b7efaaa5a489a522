#include "ui/board/BoardMime.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

namespace moodloom::ui {
namespace {

const QStringList &encodedTypes()
{
    static const QStringList types{QStringLiteral("image/png"), QStringLiteral("image/jpeg"),
                                   QStringLiteral("image/webp"), QStringLiteral("image/tiff"),
                                   QStringLiteral("image/gif"), QStringLiteral("image/avif"),
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

Arrival arrivalFrom(const QMimeData &mime)
{
    Arrival arrival;
    if (mime.hasFormat(QLatin1String(itemsMimeType))) {
        const QJsonArray items =
            QJsonDocument::fromJson(mime.data(QLatin1String(itemsMimeType))).array();
        for (const QJsonValue &json : items)
            if (auto item = board::itemFromJson(json.toObject()))
                arrival.items.append(*item);
        if (!arrival.items.isEmpty())
            return arrival;
    }
    arrival.files = localFiles(mime);
    if (!arrival.files.isEmpty()) {
        if (arrival.files.size() == 1)
            arrival.assetId = mime.data(QLatin1String(assetMimeType)).toLongLong();
        return arrival;
    }
    // The encoded form first: it is the file itself, with its colours and without another loss.
    for (const QString &type : encodedTypes())
        if (mime.hasFormat(type)) {
            arrival.encoded = mime.data(type);
            if (!arrival.encoded.isEmpty())
                return arrival;
        }
    if (mime.hasImage()) {
        arrival.image = mime.imageData().value<QImage>();
        if (!arrival.image.isNull())
            return arrival;
    }
    arrival.text = mime.text().trimmed();
    return arrival;
}

bool canArrive(const QMimeData &mime)
{
    return mime.hasFormat(QLatin1String(itemsMimeType)) || mime.hasImage() || mime.hasText() ||
           !localFiles(mime).isEmpty();
}

std::unique_ptr<QMimeData> mimeFor(const QVector<board::Item> &items, const QStringList &files,
                                   const QImage &image)
{
    auto mime = std::make_unique<QMimeData>();
    QJsonArray json;
    QStringList texts;
    for (const board::Item &item : items) {
        json.append(toJson(item));
        if (item.note())
            texts.append(item.note()->text);
        else if (item.frame() && !item.frame()->prompt.isEmpty())
            texts.append(item.frame()->prompt);
    }
    if (!json.isEmpty())
        mime->setData(QLatin1String(itemsMimeType), QJsonDocument(json).toJson(QJsonDocument::Compact));
    QList<QUrl> urls;
    for (const QString &file : files)
        urls.append(QUrl::fromLocalFile(file));
    if (!urls.isEmpty())
        mime->setUrls(urls);
    if (!image.isNull())
        mime->setImageData(image);
    if (!texts.isEmpty())
        mime->setText(texts.join(QLatin1Char('\n')));
    return mime;
}

} // namespace moodloom::ui
