#include "ui/board/BoardMime.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

namespace moodloom::ui {

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
    static_cast<DropContent &>(arrival) = dropContentFrom(mime);
    return arrival;
}

bool canArrive(const QMimeData &mime)
{
    return mime.hasFormat(QLatin1String(itemsMimeType)) || canDrop(mime);
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
            texts.append(isWebCard(item) ? item.source : item.note()->text);
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
