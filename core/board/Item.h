// What lies on a board: pictures, notes, frames and strokes, as plain values.
//
// Board coordinates: x to the right, y down, one unit is one pixel at 100 % zoom. Values are cheap to
// copy (Qt's implicit sharing) and safe to hand between threads.
#pragma once

#include "core/base/Result.h"
#include "core/board/VariationAxis.h"
#include "core/prompt/ReferenceKind.h"

#include <QColor>
#include <QJsonObject>
#include <QPointF>
#include <QPolygonF>
#include <QRectF>
#include <QSize>
#include <QSizeF>
#include <QString>
#include <QStringList>
#include <QTransform>
#include <QUuid>
#include <QVector>

#include <variant>

namespace moodloom::board {

using ItemId = QUuid;

enum class ItemKind { Picture, Note, Frame, Stroke };
using moodloom::ReferenceRole;
using moodloom::ReferenceState;
using moodloom::StepRange;

// A picture in the service of a prompt. The pixels live in the board file (or where `path` says).
struct Picture
{
    QString hash;           // BLAKE2b-256 of the file's bytes, hex: as in library::Asset
    QString path;           // where the file was when it came; may be gone, empty for pasted pixels
    QSize size;             // pixels, upright
    QString caption;        // for people
    QString facet;          // the part of the prompt it stands for; empty = the whole or the user's own
    ReferenceState state = ReferenceState::Suggested;
    ReferenceRole role = ReferenceRole::Content;
    double weight = 1;      // 0..2; 0 equals absence
    StepRange steps;        // the part of the run that it acts in
    qint64 assetId = 0;     // in the library it came from, 0 = none
    bool touched = false;   // the user placed or kept it: a new search leaves it alone
    QRectF crop;            // the part that is shown, in pixels; null = all of it
    bool greyscale = false; // shown without its colours
    bool operator==(const Picture &) const = default;
};

struct Note
{
    QString text;
    QColor color{0x44, 0x40, 0x30}; // of the paper
    QSizeF size{220, 120};
    bool acts = true; // in a frame its words act where it lies; else it is a comment
    double weight = 1; // 0..2, of its words; 0 equals absence
    StepRange steps{}; // the part of the run that they act in
    bool operator==(const Note &) const = default;
};

// A picture file that a frame is painted with: `hash` names it when it is in the board's file, too.
struct FramePicture
{
    QString path, hash;
    bool operator==(const FramePicture &) const = default;
};

struct FrameLora
{
    QString path;
    double scale = 1; // 0 equals absence
    bool operator==(const FrameLora &) const = default;
};

// What is painted over, instead of from noise alone.
struct FrameStart
{
    FramePicture picture; // without a path: none
    double strength = 0.75;
    FramePicture mask;    // without a path: everywhere
    bool operator==(const FrameStart &) const = default;
};

struct FrameControl
{
    QString network;
    FramePicture picture;
    double scale = 1;
    bool operator==(const FrameControl &) const = default;
};

// The picture-to-be. What is placed inside it acts there; what is on its shelf acts everywhere.
struct Frame
{
    QSizeF size{512, 512};         // board units; its aspect is the picture's
    QString prompt;
    QString negativePrompt;
    bool randomSeed = true;        // a new seed for every take
    quint64 seed = 0;
    int steps = 20;                // 1..200
    double guidance = 5;           // 1 = none
    QString sampler = QStringLiteral("auto");
    QString model;                 // folder or single file; empty = the built-in one
    QVector<FrameLora> loras;
    FrameStart start;
    QVector<FrameControl> controls;
    QStringList adapters;          // IP-Adapters' files; empty = the model's own
    QString imageEncoder;          // folder or single file; empty = the model's own
    QSize pixels{256, 256};        // of the painted picture
    QVector<ItemId> shelf;         // pictures that act on the whole
    QString shownTake;             // the take that fills the frame; empty = none
    VariationAxis across, down;    // of its grid of variations, as they were chosen last
    bool operator==(const Frame &) const = default;
};

struct StrokePoint
{
    QPointF at;          // the item's own coordinates
    double pressure = 1; // 0..1; a mouse presses fully
    bool operator==(const StrokePoint &) const = default;
};

// A line drawn by hand, see Stroke.h.
struct Stroke
{
    QVector<StrokePoint> points; // at least one
    QColor color;                // opaque: the item's opacity is the line's
    double width = 4;            // own units at full pressure, > 0
    QSizeF size;                 // holds all of the line, about (0, 0)
    bool operator==(const Stroke &) const = default;
};

struct Item
{
    ItemId id;
    QPointF centre;
    double scale = 1;              // > 0
    double rotation = 0;           // degrees, clockwise
    bool flippedX = false;         // left and right exchanged
    bool flippedY = false;
    double opacity = 1;            // 0..1
    qint64 z = 0;                  // greater is nearer
    bool locked = false;           // cannot be moved or removed
    bool hidden = false;           // stays in the document unseen
    QUuid group;                   // items of one group are selected together; null = none
    QVector<QUuid> innerGroups; // those inside it that it belongs to, from the outer to the inner
    qint64 added = 0;              // when it came onto the board, ms since 1970 UTC; 0 = unknown
    QStringList tags;              // the user's words for finding it again; sorted, each once
    QString source;                // the web address it came from; of a note: see isWebCard()
    std::variant<Picture, Note, Frame, Stroke> content;

    ItemKind kind() const { return ItemKind(content.index()); }
    Picture *picture() { return std::get_if<Picture>(&content); }
    const Picture *picture() const { return std::get_if<Picture>(&content); }
    Note *note() { return std::get_if<Note>(&content); }
    const Note *note() const { return std::get_if<Note>(&content); }
    Frame *frame() { return std::get_if<Frame>(&content); }
    const Frame *frame() const { return std::get_if<Frame>(&content); }
    Stroke *stroke() { return std::get_if<Stroke>(&content); }
    const Stroke *stroke() const { return std::get_if<Stroke>(&content); }
    // Hidden items and dropped pictures (whose push on the search lasts) stay but are not seen.
    bool isVisible() const;
    bool operator==(const Item &) const = default;
};

// A note that stands for a picture of the web which was not fetched: its source is the address.
bool isWebCard(const Item &item);
// The part of a picture that is shown, in its upright pixels: its crop, else all of it.
QRectF shownPart(const Picture &picture);
// The same in 0..1 of the picture; null = all of it.
QRectF shownShare(const Picture &picture);
// The extent before scale, rotation and flips.
QSizeF naturalSize(const Item &item);
// The upright rectangle around (0, 0) in the item's own coordinates.
QRectF localRect(const Item &item);
// Own coordinates -> board coordinates.
QTransform toBoard(const Item &item);
// The oriented rectangle on the board, four corners: top left, top right, bottom right, bottom left
// (before flips are applied, so that corners keep their names).
QPolygonF outline(const Item &item);
QRectF boundingRect(const Item &item);

// The form in board files and on the clipboard.
QJsonObject toJson(const Item &item);
// Errors: Corrupt (a field is missing or of the wrong type), Unsupported (a kind of a newer version).
Result<Item> itemFromJson(const QJsonObject &json);

QString stateName(ReferenceState state); // "suggested", "pinned", "dropped"
QString roleName(ReferenceRole role);    // "content", "style", "layout"

} // namespace moodloom::board
