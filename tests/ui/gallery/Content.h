// What stands in the window of the gallery: drawn pictures, takes that the built-in model painted,
// models as a designer's machine has them, a frame with references of every role.
//
// UI thread. Pictures are files in a temporary folder.
#pragma once

#include "core/board/Item.h"
#include "core/library/Asset.h"

#include <QImage>
#include <QString>
#include <QVector>

namespace moodloom::session {
class Session;
}

namespace moodloom::gallery {

// Where the files are: a temporary folder that goes with the process, else what was chosen. It is
// seen.
QString folder();
void setFolder(const QString &path);

// Of the library, with thumbnails in the cache: six of a Talagon, six of the Great Wall, six at
// sunset, then of everything. Drawn once a process and language.
const QVector<library::Asset> &assets(bool chinese);

// The takes are cut out of this file (docs/gallery.jpg); without it they are drawn.
void setTakesFile(const QString &file);
QImage takeImage(int index);
// What is seen of it while it is painted, `share` of the way: 0..1.
QImage previewOf(const QImage &image, double share);

// A picture on the board, `width` board units wide.
board::ItemId addPicture(session::Session &session, const QString &caption, int index,
                         QPointF centre, double width);

struct FrameItems
{
    board::ItemId frame, car, wall, light;
};
// A frame with a car (content), a wall (layout) and, on its shelf, an evening light (style).
FrameItems fillFrame(session::Session &session, bool chinese);
// In that frame a note that acts (the one handed back) and one that is a comment.
board::ItemId fillNotes(session::Session &session, bool chinese);

// Models of every kind, with what does not fit; two LoRAs are put on.
void fillShelf(session::Session &session);

// A picture of Moodloom (`own`), else one as A1111 leaves it.
QString pictureWithOrigin(bool own);

} // namespace moodloom::gallery
