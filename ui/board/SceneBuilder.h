// From the document and what the user is doing with it to the picture on the screen.
//
// The items are built for an area larger than the screen and kept while the view moves within it; only
// what lies over them, in screen coordinates, is made for each frame. Belongs to the canvas, on the UI
// thread.
#pragma once

#include "ui/board/BoardController.h"
#include "ui/board/CanvasScene.h"
#include "ui/board/Gesture.h"
#include "ui/board/ModelView.h"
#include "ui/board/PictureCache.h"
#include "ui/board/Viewport.h"

#include <QFont>

namespace moodloom::ui {

class AnimationPlayer;

struct CanvasColors
{
    QColor background{0x16, 0x16, 0x17}, raised{0x2c, 0x2c, 0x2f}, line{0x38, 0x38, 0x3c};
    QColor text{0xe8, 0xe8, 0xea}, textSecondary{0xa0, 0xa0, 0xa8};
    QColor selection{0xf4, 0xf4, 0xf6}, accent{0xf0, 0xb0, 0x40}, danger{0xe5, 0x48, 0x4d};
    QColor accentInk{0xf0, 0xb0, 0x40}; // seen as a thin line on the background
    bool operator==(const CanvasColors &) const = default;
};

// Where a frame's shelf lies, in the frame's own coordinates: a column right of it.
QRectF shelfRect(const board::Item &frame);
// The place of the n-th picture on it.
QRectF shelfSlot(const board::Item &frame, qsizetype index);

class SceneBuilder
{
public:
    struct Input
    {
        const BoardController *controller = nullptr;
        PictureCache *cache = nullptr;
        AnimationPlayer *player = nullptr;
        Viewport view;
        const Gesture *gesture = nullptr;
        QHash<board::ItemId, board::Item> moved; // by the gesture
        board::GuideLines guides;                // that the user has placed
        board::ItemId hovered;
        QHash<board::ItemId, QImage> previews;   // of frames that are being painted
        QHash<board::ItemId, QString> troubles;  // of frames: what could not be painted
        board::ItemId editing;                   // its text is covered by an editor
        board::ItemId cropping;                  // all of it is shown, and how it is cropped
        int cropHandle = 0;                      // that the keys move, if the canvas has them; 8: the picture inside
        board::ItemId slide;                     // alone with what lies in it; null = everything is shown
        bool modelView = false;                  // the active frame shows what the model sees
        int latentFactor = 8;                    // pixels of a picture for each cell of the model's grid
        bool focused = false;
        CanvasColors colors;
        QFont font;
        double pixelRatio = 1;
    };
    // Brings `scene` up to date, the one of the last call. `changed`: items may look different than
    // then. Returns whether the items were built anew, and with that, wanted from the cache.
    bool build(const Input &input, bool changed, CanvasScene &scene);
    // What moves shows the frames that are due; nothing else is built anew.
    void advance(const AnimationPlayer &player, CanvasScene &scene) const;
    // Whether items look different when others are hovered or selected.
    bool isFading() const { return !m_showing.isEmpty(); }

private:
    struct Drawn
    {
        QImage image;
        quint64 used = 0;
    };
    // What the items were built for.
    struct Built
    {
        QRectF area; // board
        QPointF origin;
        double zoom = 0;
        double pixelRatio = 0;
        QVector<std::pair<qsizetype, QString>> moving; // places in the scene's items, hashes
        bool bordered = false;              // some have lines whose width depends on the zoom
        QVector<board::ItemId> decorated;   // those with something over them, from the back
        QHash<QString, QRectF> groups;      // untouched pictures by facet
        board::ItemId seen;                 // the frame that shows what the model sees, or null
        QVector<ActingItem> acting;         // in that frame
    };
    static const board::Item &shownItem(const Input &in, const board::ItemId &id);
    bool isUpToDate(const Input &in, const QRectF &seen, const CanvasScene &scene) const;
    void buildItems(const Input &in, const QRectF &seen, CanvasScene &scene);
    void buildOverlay(const Input &in, const QRectF &seen, CanvasScene &scene);
    SceneItem basis(const board::Item &item) const;
    void addPicture(const Input &in, const board::Item &item, CanvasScene &scene,
                    PictureCache::Urgency urgency);
    void addUncropped(const Input &in, const board::Item &item, CanvasScene &scene);
    void addCropFrame(const Input &in, const board::Item &item, CanvasScene &scene);
    // How many pixels a board unit an image of the item needs, in steps; its longer side at most `side`.
    static double sharpnessOf(const Input &in, const board::Item &item, double side);
    void addStroke(const Input &in, const board::Item &item, CanvasScene &scene);
    void addNote(const Input &in, const board::Item &item, CanvasScene &scene);
    void addFrame(const Input &in, const board::Item &item, CanvasScene &scene);
    void addShelf(const Input &in, const board::Item &frame, CanvasScene &scene);
    void addDecoration(const Input &in, const board::Item &item, CanvasScene &scene);
    void addShelfLabel(const Input &in, const board::Item &frame, CanvasScene &scene);
    void addFrameLabel(const Input &in, const board::Item &frame, CanvasScene &scene);
    void addTrouble(const Input &in, const board::Item &frame, CanvasScene &scene);
    void addBadge(const Input &in, const board::Item &item, CanvasScene &scene);
    void addRegions(const Input &in, const board::Item &frame, CanvasScene &scene);
    void addRegion(const Input &in, const board::Item &frame, const ActingItem &acting,
                   const QColor &ink, double width, CanvasScene &scene) const;
    void addMasks(const Input &in, CanvasScene &scene);
    void addUses(const Input &in, CanvasScene &scene);
    const QImage &drawn(const QString &key, const std::function<QImage()> &draw);
    void addHeadings(const Input &in, CanvasScene &scene);
    void addSelection(const Input &in, CanvasScene &scene);
    bool isOnSlide(const Input &in, const board::Item &item) const;
    // Lies under the picture that its frame shows, and nobody looks at it.
    bool isFaded(const Input &in, const board::Item &item) const;
    static void addDrawing(const Input &in, CanvasScene &scene);
    static void addPlacedGuides(const Input &in, CanvasScene &scene);
    static void addGuide(const Input &in, const board::Guide &guide, CanvasScene &scene);
    void addGesture(const Input &in, CanvasScene &scene);
    // `inside` of its width lies within the box; the rest is around it.
    void outline(const Input &in, const SelectionBox &box, const QColor &color, double width,
                 CanvasScene &scene, double inside = 0) const;
    void addSprite(CanvasScene &scene, const QString &what, QPointF topLeft,
                   const std::function<QImage()> &draw) const;

    QVector<board::Item> m_showing; // frames that show a picture, while a scene is built
    QHash<QString, Drawn> m_drawn; // notes, strokes and masks
    quint64 m_frame = 0;
    Built m_built;
};

} // namespace moodloom::ui
