// What goes to and comes from other programs: pictures, files, text, and our own items.
//
// Pure functions over QMimeData; UI thread.
#pragma once

#include "core/board/Item.h"

#include <QByteArray>
#include <QImage>
#include <QMimeData>
#include <QStringList>
#include <QVector>

#include <memory>

namespace moodloom::ui {

inline constexpr char itemsMimeType[] = "application/x-moodloom-items";
inline constexpr char assetMimeType[] = "application/x-moodloom-asset"; // a library's asset id

// The best that a drop or the clipboard offers, in this order.
struct Arrival
{
    QVector<board::Item> items; // our own
    QStringList files;          // local ones
    qint64 assetId = 0;         // of the one file, when it came from the library
    QByteArray encoded;         // a picture file's bytes
    QImage image;
    QString text;
    bool isEmpty() const
    {
        return items.isEmpty() && files.isEmpty() && encoded.isEmpty() && image.isNull() && text.isEmpty();
    }
};
Arrival arrivalFrom(const QMimeData &mime);
// Whether arrivalFrom() would find something; reads no pixels, so it is quick enough for a hover.
bool canArrive(const QMimeData &mime);

// `files`: a picture's file for each item that has one; `image`: the pixels, when it is only one.
std::unique_ptr<QMimeData> mimeFor(const QVector<board::Item> &items, const QStringList &files,
                                   const QImage &image);

} // namespace moodloom::ui
