#include "ui/controls/Clipboard.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QUrl>

namespace moodloom::ui {

void Clipboard::copy(const QString &text) const
{
    QGuiApplication::clipboard()->setText(text);
}

void Clipboard::copyFiles(const QStringList &paths)
{
    QList<QUrl> urls;
    QByteArray gnome("copy"); // GNOME's file manager pastes only what says what is to be done
    for (const QString &path : paths) {
        urls.append(QUrl::fromLocalFile(path));
        gnome += '\n' + urls.last().toEncoded();
    }
    auto *mime = new QMimeData;
    mime->setUrls(urls);
    mime->setData(QStringLiteral("x-special/gnome-copied-files"), gnome);
    QGuiApplication::clipboard()->setMimeData(mime);
}

void Clipboard::copyPixels(const QImage &image)
{
    QGuiApplication::clipboard()->setImage(image);
}

void Clipboard::copyRecipe(const QString &text, const QByteArray &json)
{
    auto *mime = new QMimeData;
    mime->setText(text);
    if (!json.isEmpty())
        mime->setData(QLatin1String(recipeMimeType), json);
    QGuiApplication::clipboard()->setMimeData(mime);
}

} // namespace moodloom::ui
