// What a drop or the clipboard brings: files, a picture's bytes or pixels, or text.
//
// A plain value; the functions are pure and belong to the UI thread, as QMimeData does.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

class QMimeData;

namespace moodloom::ui {

inline constexpr char assetMimeType[] = "application/x-moodloom-asset"; // a library's asset id

// The best that is offered, in this order; of the last four only one is filled.
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

    bool hasPicture() const { return !files.isEmpty() || !encoded.isEmpty() || !image.isNull(); }
    bool isEmpty() const { return !hasPicture() && text.isEmpty(); }
};

DropContent dropContentFrom(const QMimeData &mime);
// Whether dropContentFrom() would find something; reads no pixels, so it is quick enough for a
// hover.
bool canDrop(const QMimeData &mime);
// A line of text that came beside a picture and says what it is; else empty.
QString captionFrom(const QMimeData &mime);

} // namespace moodloom::ui
