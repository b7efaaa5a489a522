// The infinite canvas: shows a board and edits it with mouse, touchpad, keys, drops and clipboard.
//
// One scene-graph item for the whole board, not one QML object a picture; the software renderer shows
// the same as OpenGL (see CanvasNode). UI thread; the nodes are made on the render thread in
// updatePaintNode.
#pragma once

#include "ui/board/AnimationPlayer.h"
#include "ui/board/BoardController.h"
#include "ui/board/Gesture.h"
#include "ui/board/PictureCache.h"
#include "ui/board/SceneBuilder.h"
#include "ui/board/Viewport.h"
#include "ui/controls/DropContent.h"

#include <QCursor>
#include <QPointer>
#include <QQuickItem>
#include <QTimer>
#include <QVariantAnimation>

#include <functional>

class QKeyEvent;
class QMimeData;
class QQuickWindow;

namespace moodloom::ui {

struct Arrival;
struct BoardAction;

class BoardCanvas : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(moodloom::ui::BoardController *controller READ controller WRITE setController NOTIFY
                   controllerChanged REQUIRED)
    Q_PROPERTY(double zoom READ zoom WRITE setZoom NOTIFY viewChanged) // screen pixels a board unit
    Q_PROPERTY(QPointF viewCentre READ viewCentre NOTIFY viewChanged)  // board coordinates
    Q_PROPERTY(QString editing READ editing NOTIFY editingChanged)     // the item whose text is edited
    Q_PROPERTY(QRectF editingRect READ editingRect NOTIFY editingRectChanged) // on the screen
    Q_PROPERTY(
        QRectF cardsRect READ cardsRect NOTIFY cardsRectChanged) // selected web cards; null = none
    Q_PROPERTY(bool cropping READ isCropping NOTIFY croppingChanged)
    // The active frame shows which references act in it, where and how.
    Q_PROPERTY(bool modelView READ showsModelView NOTIFY modelViewChanged)
    // Pixels of a painted picture for each cell of the model's grid, along one axis.
    Q_PROPERTY(int latentFactor READ latentFactor WRITE setLatentFactor NOTIFY modelViewChanged)
    // The keys of boardActions(), by their ids: portable sequences. What is not told keeps its own.
    Q_PROPERTY(QVariantMap shortcuts READ shortcuts WRITE setShortcuts NOTIFY shortcutsChanged)
    Q_PROPERTY(Tool tool READ tool WRITE setTool NOTIFY toolChanged) // of the left button
    Q_PROPERTY(QColor penColor READ penColor WRITE setPenColor NOTIFY penChanged)
    Q_PROPERTY(double penWidth READ penWidth WRITE setPenWidth NOTIFY penChanged) // screen pixels
    Q_PROPERTY(QPointF pointer READ pointer NOTIFY pointerMoved)     // on the canvas; null when not over it
    // Pictures of several frames move; not at first where less motion is asked for.
    Q_PROPERTY(bool playing READ isPlaying NOTIFY playingChanged)
    Q_PROPERTY(bool reducedMotion READ hasReducedMotion WRITE setReducedMotion NOTIFY playingChanged)
    Q_PROPERTY(bool presenting READ isPresenting NOTIFY presentingChanged)
    Q_PROPERTY(QString slideText READ slideText NOTIFY slideChanged) // "2 of 7"
    Q_PROPERTY(bool snapping READ isSnapping NOTIFY snappingChanged) // while moving and scaling
    // The lines that were dragged out of the rulers are seen, and snapped to.
    Q_PROPERTY(bool guidesShown READ areGuidesShown WRITE setGuidesShown NOTIFY guidesShownChanged)
    Q_PROPERTY(bool dropHovering READ isDropHovering NOTIFY dropHoveringChanged)

    // What could not be painted, as text by the id of its frame.
    Q_PROPERTY(QVariantMap troubles READ troubles WRITE setTroubles NOTIFY troublesChanged)

    Q_PROPERTY(QColor backgroundColor MEMBER m_backgroundColor NOTIFY colorsChanged)
    Q_PROPERTY(QColor raisedColor MEMBER m_raisedColor NOTIFY colorsChanged)
    Q_PROPERTY(QColor lineColor MEMBER m_lineColor NOTIFY colorsChanged)
    Q_PROPERTY(QColor textColor MEMBER m_textColor NOTIFY colorsChanged)
    Q_PROPERTY(QColor secondaryTextColor MEMBER m_secondaryTextColor NOTIFY colorsChanged)
    Q_PROPERTY(QColor selectionColor MEMBER m_selectionColor NOTIFY colorsChanged)
    Q_PROPERTY(QColor accentColor MEMBER m_accentColor NOTIFY colorsChanged)
    Q_PROPERTY(QColor accentInkColor MEMBER m_accentInkColor NOTIFY colorsChanged) // of thin lines
    Q_PROPERTY(QColor dangerColor MEMBER m_dangerColor NOTIFY colorsChanged)
public:
    enum class Tool { Select, Lasso, Pen, Eraser };
    Q_ENUM(Tool)

    explicit BoardCanvas(QQuickItem *parent = nullptr);
    ~BoardCanvas() override;

    BoardController *controller() const { return m_controller; }
    void setController(BoardController *controller);
    double zoom() const { return m_view.zoom; }
    void setZoom(double zoom); // about the middle
    QPointF viewCentre() const { return m_view.centre; }
    const Viewport &view() const { return m_view; }
    QString editing() const;
    QRectF editingRect() const;
    QRectF cardsRect() const { return m_cardsRect; }
    bool isDropHovering() const { return m_dropHovering; }
    bool showsModelView() const { return m_modelView; }
    Q_INVOKABLE void toggleModelView();
    bool isPlaying() const { return m_player.isPlaying(); }
    void togglePlaying();
    bool hasReducedMotion() const { return m_reducedMotion; }
    void setReducedMotion(bool reduced);
    const AnimationPlayer &player() const { return m_player; }
    bool isPresenting() const { return !m_presentation.slides.isEmpty(); }
    Q_INVOKABLE void present(); // or ends it
    void endPresenting();
    board::ItemId slide() const;
    QString slideText() const;
    Tool tool() const { return m_tool; }
    void setTool(Tool tool);
    void toggleTool(Tool tool) { setTool(m_tool == tool ? Tool::Select : tool); }
    QColor penColor() const { return m_penColor; }
    void setPenColor(const QColor &color);
    double penWidth() const { return m_penWidth; }
    void setPenWidth(double width);
    QPointF pointer() const { return m_pointer; }
    bool isSnapping() const { return m_snapping; }
    void toggleSnapping(); // remembered for all boards
    bool areGuidesShown() const { return m_guidesShown; }
    void setGuidesShown(bool shown);
    // A guide in the hand, from its ruler: along `axis` it is moved. Screen coordinates; within
    // rulerBreadth of its ruler's edge it is gone.
    static constexpr double rulerBreadth = 18;
    void beginGuide(Qt::Orientation axis, QPointF screen);
    void dragGuide(QPointF screen);
    void dropGuide();
    void addGuideHere(Qt::Orientation axis); // where the pointer is, else in the middle
    void removeGuides();
    int latentFactor() const { return m_latentFactor; }
    void setLatentFactor(int factor);
    bool isCropping() const { return !m_cropping.isNull(); }
    PictureCache &cache() { return m_cache; }
    QVariantMap shortcuts() const { return m_shortcuts; }
    void setShortcuts(const QVariantMap &shortcuts);

    // One of boardActions(); false when there is none of this id.
    Q_INVOKABLE bool perform(const QString &id);
    // Its text in the user's language, without the key.
    Q_INVOKABLE QString actionText(const QString &id) const;
    void nudge(double x, double y); // the selection, in steps
    void extendSelection(bool backwards);

    Q_INVOKABLE void fitAll();
    Q_INVOKABLE void fitSelection();
    Q_INVOKABLE void zoomIn() { zoomAt(boundingRect().center(), 1.25); }
    Q_INVOKABLE void zoomOut() { zoomAt(boundingRect().center(), 0.8); }
    Q_INVOKABLE void copy();
    // In one form, for programs that would take another.
    void copyFiles();
    void copyPixels(); // of one picture or frame
    void copyRecipe(); // of the same: how it was made
    Q_INVOKABLE void cut();
    Q_INVOKABLE void paste();
    // Where the pointer is. By keys: where nothing lies; a note in the frame that is selected.
    Q_INVOKABLE void addFrameHere();
    Q_INVOKABLE void addNoteHere();
    Q_INVOKABLE QPointF menuPlace() const; // screen: of the menu by keys, at the selection
    Q_INVOKABLE void edit(const QString &id); // a frame's prompt, a note's text
    Q_INVOKABLE void finishEditing(const QString &text);
    Q_INVOKABLE void cancelEditing();
    // The colour that is shown there; invalid where there is none.
    QColor colorAt(QPointF screen) const;
    Q_INVOKABLE void sampleColor(); // under the pointer: its name goes to the clipboard
    Q_INVOKABLE void centerOn(QPointF board);
    Q_INVOKABLE void toggleCropping(); // of the selected picture
    void finishCropping();
    void compareSelected(); // two pictures, or a picture and what a frame shows
    Q_INVOKABLE void addFiles(const QList<QUrl> &files);
    Q_INVOKABLE void add(const moodloom::ui::DropContent &content); // in the middle
    // Items as they were dragged or copied from another board (BoardMime.h), in the middle.
    Q_INVOKABLE void addItems(const QString &json);
    // While a picture is painted its preview fills the frame; a null image ends that.
    Q_INVOKABLE void setPreview(const QString &frame, const QVariant &image);
    QVariantMap troubles() const;
    void setTroubles(const QVariantMap &troubles);

    // The topmost visible item at a point of the screen, or null.
    board::ItemId itemAt(QPointF screen) const;

Q_SIGNALS:
    void controllerChanged();
    void viewChanged();
    void editingChanged();
    void editingRectChanged();
    void cardsRectChanged();
    void dropHoveringChanged();
    void croppingChanged();
    void modelViewChanged();
    void snappingChanged();
    void guidesShownChanged();
    void playingChanged();
    void presentingChanged();
    void slideChanged();
    void toolChanged();
    void penChanged();
    void pointerMoved();
    void shortcutsChanged();
    void colorsChanged();
    void troublesChanged();
    void filesPrepared(); // for a copy or a drag out of the canvas
    void colorSampled(const QColor &color);
    void told(const QString &message); // what became of a command, in words for the user
    void outlineRequested();
    void tagsRequested(); // of what is selected
    void minimapRequested();
    void rulersRequested();
    void compareRequested(const QString &first, const QString &second); // ids of two with pixels
    void contextMenuRequested(QPointF position); // on the selection, after it was updated

protected:
    QSGNode *updatePaintNode(QSGNode *old, UpdatePaintNodeData *) override;
    void updatePolish() override;
    void geometryChange(const QRectF &geometry, const QRectF &old) override;
    void itemChange(ItemChange change, const ItemChangeData &data) override;
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override; // the window's: a pen's pressure
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseUngrabEvent() override;
    void wheelEvent(QWheelEvent *event) override;
    void hoverMoveEvent(QHoverEvent *event) override;
    void hoverLeaveEvent(QHoverEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    // What is under a press on the selection's frame.
    enum class Grip { None, Corner, Turn };
    struct Handle
    {
        Grip grip = Grip::None;
        int corner = -1;
    };

    struct GuideHit
    {
        Qt::Orientation axis = Qt::Horizontal;
        qsizetype index = -1; // -1 = there is none
    };

    QColor ownColorAt(const board::Item &item, QPointF board) const;
    board::Board *document() const { return m_controller ? m_controller->board() : nullptr; }
    void redraw();        // items may look different
    void redrawOverlay(); // only the view or what lies over the items
    void redrawFaded();   // others are hovered or selected
    void viewMoved(); // by the user
    void tellView();
    void saveView();
    void keepInView();
    void revealLastSelected();
    void showArea(const QRectF &area, double margin, double most);
    void boardExchanged();
    void zoomAt(QPointF screen, double factor);
    QVector<board::ItemId> visibleItems() const;
    QVector<board::Item> selectedItems() const;
    QVector<board::Item> movableItems() const; // those of them that are not locked
    QVector<board::Item>
    copiedItems() const; // with what goes with them, from the back to the front
    QVector<board::Item> draggedItems() const; // with what lies in dragged frames
    Handle handleAt(QPointF screen) const;
    void updateCursor();
    void movePointer(QPointF screen);
    void beginDrag(Qt::KeyboardModifiers modifiers);
    void continueDrag(QPointF screen, Qt::KeyboardModifiers modifiers);
    void finishDrag(QPointF screen);
    static bool wantsSnapping(); // as it was left the last time
    void followWindow(QQuickWindow *window);
    bool beginDrawing(QPointF screen); // false: another tool is in the hand
    void continueDrawing(QPointF board);
    void eraseUnderTrail();
    void finishDrawing(const Gesture &gesture);
    board::GuideLines shownGuides() const;
    GuideHit guideAt(QPointF screen) const;
    bool pressGuide(QPointF screen); // false when there is none
    board::GuideLines snapLines(Qt::KeyboardModifiers modifiers) const;
    double pressure() const;
    double eraserWidth() const { return std::max(16.0, m_penWidth); } // screen pixels
    void selectInside(const QPolygonF &loop, Qt::KeyboardModifiers modifiers);
    void gatherOthers();         // what a drag may snap to
    QVector<QRectF> snapTargets(const QRectF &own, Qt::KeyboardModifiers modifiers) const;
    void cancelGesture();
    board::ItemId shelfAt(QPointF screen) const; // the frame whose shelf is there, or null
    bool pressWhileCropping(QPointF screen); // false when it has ended
    bool pressKeyWhileCropping(const QKeyEvent &event);
    bool pressKey(QKeyEvent *event);
    QVector<board::ItemId> slidesOf() const;
    void showSlide(qsizetype index);
    bool pressWhilePresenting(int key);
    static bool isOfPresenting(const QString &action);
    const BoardAction *actionFor(const QKeyEvent &event) const;
    void changeWeight(double steps);
    void prepareFiles();    // of the dragged pictures, for dragging out of the canvas
    void dragOut();
    QVector<board::Item> withFiles(QVector<board::Item> items) const;
    void copyWhenReady(std::function<void()> copy);
    void importUnlessTake(const QString &path, QPointF at);
    void take(const Arrival &arrival, const QString &caption, QPointF board,
              board::ItemId shelf = {});
    QRectF selectedCards() const; // on the screen; null when there are none
    void addCards(const QVector<WebLink> &links, QPointF at);
    board::ItemId pictureOfAsset(qint64 asset) const; // that is on the board, free to be moved
    void finishArrival(int job, const QVector<QUuid> &ids);
    void followArrivals(const QVector<QUuid> &ids);
    bool showsEnough(const QVector<QUuid> &ids) const;
    bool isBusy() const; // the user is in the middle of something here
    void prepareGlide();
    void glideTo(const Viewport &view);
    bool isPointed() const { return m_pointerUsed && !m_pointer.isNull(); }
    void forgetEmptyNote();
    QPointF pastePoint() const;
    QPointF freePlace(QSizeF size) const; // the middle of a place of this size, where nothing lies
    double paperHeight(const board::Item &note, const QString &text) const; // when it says that
    double paperFor(const QString &text,
                    double width) const; // a note's height in which nothing is cut

    QPointer<BoardController> m_controller;
    PictureCache m_cache;
    AnimationPlayer m_player;
    bool m_framesDue = false; // of what moves, since the last frame
    bool m_reducedMotion = false;
    SceneBuilder m_builder;
    CanvasScene m_scene; // made in updatePolish, drawn in updatePaintNode
    Viewport m_view;
    bool m_itemsChanged = true;    // since the last frame
    QTimer m_pixelsArrived;
    bool m_contentChanged = false; // since the last frame
    bool m_chosen = false;  // the view is the user's: nothing moves it any more
    QPointer<board::Board> m_viewed; // whose view this is
    QTimer m_saveView;
    Viewport m_glideFrom, m_glideTo;
    QVariantAnimation m_glide; // 0..1 of the way

    Gesture m_gesture;
    QPointF m_pointer;      // screen; null when it is not over the canvas
    bool m_pointerUsed = true; // and not keys, since: "here" is where it is
    board::ItemId m_newNote; // is written for the first time
    QPointF m_panned;       // screen, the last place of a pan
    board::ItemId m_hovered;
    board::ItemId m_clicked;    // to be selected alone when no drag follows
    Qt::MouseButton m_button = Qt::NoButton;
    bool m_spaceHeld = false;
    bool m_dropHovering = false;
    board::ItemId m_editing;
    QRectF m_cardsRect;
    board::ItemId m_cropping;
    int m_cropHandle = 0;       // that the keys move; after the last handle: the picture inside
    QHash<board::ItemId, QImage> m_previews;
    QHash<board::ItemId, QString> m_troubles;
    QVector<board::ItemId> m_draggedOut; // while a drag beyond the canvas lasts
    QPointF m_draggedFrom;      // board, where it began
    QPointer<board::Board> m_draggedBoard; // where they lie
    QStringList m_dragFiles;    // ready for dragging out
    QHash<QString, QString> m_dragPaths; // the same by hash
    QImage m_dragImage;
    quint64 m_dragSerial = 0;
    QHash<int, board::ItemId> m_forShelf; // import jobs of the board -> the frame of the shelf
    struct Presentation
    {
        QVector<board::ItemId> slides; // empty: not presenting
        qsizetype at = 0;
        Viewport before;
        bool chosen = false;
    };
    Presentation m_presentation;
    struct Stylus
    {
        bool down = false;
        bool erasing = false;
        double pressure = 1;
    };
    static constexpr double leastPen = 1, mostPen = 60;
    QPointer<QQuickWindow> m_window; // whose events are watched
    Stylus m_stylus;
    QColor m_penColor{0xe5, 0x48, 0x4d};
    double m_penWidth = 4;
    Tool m_tool = Tool::Select;
    bool m_snapping = wantsSnapping();
    bool m_guidesShown = false;
    bool m_modelView = false;
    int m_latentFactor = 8; // of every autoencoder of SD 1.x, 2.x and SDXL
    QVariantMap m_shortcuts;
    QHash<QString, const BoardAction *> m_keys; // portable sequence -> action

    QColor m_backgroundColor = CanvasColors().background, m_raisedColor = CanvasColors().raised,
           m_lineColor = CanvasColors().line, m_textColor = CanvasColors().text,
           m_secondaryTextColor = CanvasColors().textSecondary,
           m_selectionColor = CanvasColors().selection, m_accentColor = CanvasColors().accent,
           m_dangerColor = CanvasColors().danger, m_accentInkColor = CanvasColors().accentInk;
};

} // namespace moodloom::ui
