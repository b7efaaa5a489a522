// What a drop or the clipboard brings: files, a picture's bytes or pixels, or text.
//
// A plain value; the functions are pure and belong to the UI thread, as QMimeData does.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QStringList>
#include <QtQml/qqmlregistration.h>
#include <QUrl>
#include <QVector>

class QMimeData;

namespace moodloom::ui {

inline constexpr char assetMimeType[] = "application/x-moodloom-asset"; // a library's asset id

// The address of a picture, or of a page, on the web. Nothing is asked of it.
struct WebLink
{
    QUrl address;  // see webAddress()
    QString title; // what the program calls it, one line; may be empty
    bool operator==(const WebLink &) const = default;
};

// The best that is offered, in this order; of files, encoded, image and text only one is filled.
struct DropContent
{
    Q_GADGET
    QML_VALUE_TYPE(dropContent)
    Q_PROPERTY(bool picture READ hasPicture)
    Q_PROPERTY(QStringList files MEMBER files)
public:
    qint64 assetId = 0; // of the one file, when it came from the library
    QStringList files;  // local ones
    QByteArray encoded; // a picture file's bytes
    QImage image;
    QString text;
    // Beside a picture's bytes or pixels: where they are from. Beside a text: it is these
    // addresses.
    QVector<WebLink> links;

    bool hasPicture() const { return !files.isEmpty() || !encoded.isEmpty() || !image.isNull(); }
    QString source() const; // the web address of the picture; empty = none
    bool isEmpty() const { return !hasPicture() && text.isEmpty(); }
};

DropContent dropContentFrom(const QMimeData &mime);
// Whether dropContentFrom() would find something; reads no pixels, so it is quick enough for a
// hover.
bool canDrop(const QMimeData &mime);
// A line of text that came beside a picture and says what it is; else empty.
QString captionFrom(const QMimeData &mime);

} // namespace moodloom::ui
