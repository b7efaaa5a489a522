// What goes to and comes from other programs: pictures, files, text, and our own items.
//
// Pure functions over QMimeData; UI thread.
#pragma once

#include "core/board/Item.h"
#include "ui/controls/DropContent.h"

#include <QImage>
#include <QMimeData>
#include <QStringList>
#include <QVector>

#include <memory>

namespace moodloom::ui {

inline constexpr char itemsMimeType[] = "application/x-moodloom-items";

// Our own items come before everything else.
struct Arrival : DropContent
{
    QVector<board::Item> items;
};
Arrival arrivalFrom(const QMimeData &mime);
// Whether arrivalFrom() would find something; reads no pixels, so it is quick enough for a hover.
bool canArrive(const QMimeData &mime);

// `files`: a picture's file for each item that has one; `image`: the pixels, when it is only one.
std::unique_ptr<QMimeData> mimeFor(const QVector<board::Item> &items, const QStringList &files,
                                   const QImage &image);

} // namespace moodloom::ui
