#include "ui/board/BoardCanvas.h"

#include "core/board/Stroke.h"
#include "ui/board/CanvasNode.h"

#include <QGuiApplication>
#include <QJsonArray>
#include <QQuickWindow>
#include <QSet>

#include <algorithm>

namespace moodloom::ui {

using board::Board;
using board::Item;
using board::ItemId;

BoardCanvas::BoardCanvas(QQuickItem *parent) : QQuickItem(parent)
{
    setFlag(ItemHasContents);
    setFlag(ItemAcceptsDrops);
    setFlag(ItemIsFocusScope, false);
    setActiveFocusOnTab(true);
    setAcceptedMouseButtons(Qt::LeftButton | Qt::MiddleButton | Qt::RightButton);
    setAcceptHoverEvents(true);
    setClip(true);
    setShortcuts({});
    // A drive may have come back while another window was in front.
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this,
            [this](Qt::ApplicationState state) {
                if (state != Qt::ApplicationActive)
                    return;
                m_cache.lookAgain();
                redraw();
            });
    // Pixels come by the thousand: not a new scene for each of them.
    m_pixelsArrived.setSingleShot(true);
    m_pixelsArrived.setInterval(40);
    connect(&m_pixelsArrived, &QTimer::timeout, this, &BoardCanvas::redraw);
    connect(&m_cache, &PictureCache::changed, this, [this] {
        if (!m_pixelsArrived.isActive())
            m_pixelsArrived.start();
    });
    connect(&m_player, &AnimationPlayer::arrived, this, &BoardCanvas::redraw);
    connect(&m_player, &AnimationPlayer::advanced, this, [this] {
        m_framesDue = true;
        redrawOverlay();
    });
    connect(this, &BoardCanvas::colorsChanged, this, &BoardCanvas::redraw);
    m_saveView.setSingleShot(true);
    m_saveView.setInterval(800);
    connect(&m_saveView, &QTimer::timeout, this, &BoardCanvas::saveView);
    prepareGlide();
}

void BoardCanvas::saveView()
{
    if (m_viewed)
        m_viewed->setSetting(QStringLiteral("view"),
                             QJsonArray{m_view.centre.x(), m_view.centre.y(), m_view.zoom});
}

BoardCanvas::~BoardCanvas() = default;

void BoardCanvas::setController(BoardController *controller)
{
    if (m_controller == controller)
        return;
    if (m_controller)
        m_controller->disconnect(this);
    m_controller = controller;
    if (controller) {
        connect(controller, &BoardController::boardChanged, this, &BoardCanvas::boardExchanged);
        connect(controller, &BoardController::contentChanged, this, [this] {
            m_contentChanged = true; // thousands of changes may come together
            redraw();
            Q_EMIT editingRectChanged();
        });
        connect(controller, &BoardController::selectionChanged, this, [this] {
            if (!m_cropping.isNull() && m_controller->selection() != QVector<ItemId>{m_cropping})
                finishCropping();
            redrawFaded();
        });
        connect(controller, &BoardController::activeFrameChanged, this, &BoardCanvas::redraw);
        connect(controller->web(), &WebPictures::cardsChanged, this, &BoardCanvas::redraw);
        connect(controller, &BoardController::saveStateChanged, this, &BoardCanvas::redraw);
        connect(controller, &BoardController::itemsArrived, this, &BoardCanvas::followArrivals);
        connect(controller, &BoardController::imported, this, &BoardCanvas::finishArrival);
    }
    Q_EMIT controllerChanged();
    boardExchanged();
}

void BoardCanvas::boardExchanged()
{
    m_gesture = {};
    m_glide.stop();
    if (std::exchange(m_presentation, {}).slides.size() > 0)
        Q_EMIT presentingChanged();
    finishCropping();
    m_hovered = {};
    m_previews.clear();
    m_forShelf.clear();
    if (!m_editing.isNull())
        cancelEditing();
    if (m_saveView.isActive())
        saveView(); // of the one that was shown
    m_saveView.stop();
    Board *board = m_viewed = document();
    m_cache.setStore(board ? board->store() : nullptr);
    m_player.setStore(board ? board->store() : nullptr);
    m_chosen = false;
    if (board) {
        connect(board, &Board::guidesChanged, this, &BoardCanvas::redrawOverlay,
                Qt::UniqueConnection);
        m_view.centre = {};
        m_view.zoom = 1;
        const QJsonArray view = board->setting(QStringLiteral("view")).toArray();
        if (view.size() == 3 && view[2].toDouble() > 0) {
            m_view.centre = {view[0].toDouble(), view[1].toDouble()};
            m_view.zoom = std::clamp(view[2].toDouble(), Viewport::leastZoom, Viewport::mostZoom);
            m_chosen = true;
        }
    }
    keepInView();
    Q_EMIT viewChanged();
    redraw();
}

void BoardCanvas::redraw()
{
    m_itemsChanged = true;
    redrawOverlay();
}

void BoardCanvas::redrawFaded()
{
    if (m_builder.isFading())
        redraw();
    else
        redrawOverlay();
}

void BoardCanvas::redrawOverlay()
{
    polish();
    update();
}

// -- The view

void BoardCanvas::viewMoved()
{
    m_glide.stop();
    tellView();
}

void BoardCanvas::tellView()
{
    m_chosen = true;
    m_saveView.start();
    Q_EMIT viewChanged();
    Q_EMIT editingRectChanged();
    redrawOverlay();
}

void BoardCanvas::setZoom(double zoom)
{
    zoomAt(boundingRect().center(), zoom / m_view.zoom);
}

void BoardCanvas::zoomAt(QPointF screen, double factor)
{
    m_view.zoomAt(screen, factor);
    viewMoved();
}

void BoardCanvas::showArea(const QRectF &area, double margin, double most)
{
    m_view.fit(area, margin, most);
    viewMoved();
}

void BoardCanvas::centerOn(QPointF board)
{
    m_view.centre = board;
    viewMoved();
}

void BoardCanvas::keepInView()
{
    // Until the user moves the view, all of the board is in it.
    if (m_chosen || isPresenting() || m_gesture.kind != Gesture::Kind::None || m_view.size.isEmpty() || !document())
        return;
    const QRectF extent = document()->extent(document()->items());
    if (extent.isEmpty()) {
        m_view.centre = {};
        m_view.zoom = 1;
    } else if (!m_view.visible().contains(extent)) {
        m_view.fit(extent, 48, 1);
    }
    Q_EMIT viewChanged();
    Q_EMIT editingRectChanged();
}

void BoardCanvas::fitAll()
{
    const QRectF extent = document() ? document()->extent(document()->items()) : QRectF();
    if (extent.isEmpty())
        m_view = {{}, 1, m_view.size};
    else
        m_view.fit(extent);
    viewMoved();
}

void BoardCanvas::fitSelection()
{
    if (!m_controller || m_controller->selection().isEmpty())
        fitAll();
    else
        showArea(document()->extent(m_controller->selection()), 64, 8);
}

void BoardCanvas::geometryChange(const QRectF &geometry, const QRectF &old)
{
    QQuickItem::geometryChange(geometry, old);
    m_view.size = geometry.size();
    if (isPresenting())
        showSlide(m_presentation.at);
    keepInView();
    Q_EMIT editingRectChanged();
    redraw();
}

void BoardCanvas::itemChange(ItemChange change, const ItemChangeData &data)
{
    QQuickItem::itemChange(change, data);
    if (change == ItemSceneChange)
        followWindow(data.window);
    if (change == ItemDevicePixelRatioHasChanged || change == ItemSceneChange)
        redraw();
}

// -- Painting

void BoardCanvas::updatePolish()
{
    if (std::exchange(m_contentChanged, false))
        keepInView();
    SceneBuilder::Input input;
    if (const QRectF cards = selectedCards(); cards != m_cardsRect) {
        m_cardsRect = cards;
        Q_EMIT cardsRectChanged();
    }
    input.controller = m_controller;
    input.cache = &m_cache;
    input.player = &m_player;
    input.view = m_view;
    input.gesture = &m_gesture;
    input.moved = m_gesture.preview();
    input.hovered = m_hovered;
    input.previews = m_previews;
    input.troubles = m_troubles;
    input.editing = m_editing;
    input.cropping = m_cropping;
    input.cropHandle = m_cropHandle;
    input.modelView = m_modelView;
    input.latentFactor = m_latentFactor;
    input.guides = shownGuides();
    input.slide = slide();
    input.focused = hasActiveFocus();
    input.colors = {m_backgroundColor, m_raisedColor, m_lineColor, m_textColor,
                    m_secondaryTextColor, m_selectionColor, m_accentColor, m_dangerColor,
                    m_accentInkColor};
    input.font = QGuiApplication::font();
    input.pixelRatio = window() ? window()->effectiveDevicePixelRatio() : 1;
    const bool due = std::exchange(m_framesDue, false);
    if (m_builder.build(input, std::exchange(m_itemsChanged, false), m_scene)) {
        m_cache.endFrame();
        m_player.endFrame();
    } else if (due) {
        m_builder.advance(m_player, m_scene);
    }
}

QSGNode *BoardCanvas::updatePaintNode(QSGNode *old, UpdatePaintNodeData *)
{
    auto *node = static_cast<CanvasNode *>(old);
    if (!node)
        node = new CanvasNode(window());
    node->sync(m_scene);
    return node;
}

void BoardCanvas::togglePlaying()
{
    m_player.setPlaying(!m_player.isPlaying());
    Q_EMIT playingChanged();
    redraw(); // asks for the frames that are missing
}

void BoardCanvas::setReducedMotion(bool reduced)
{
    if (reduced == m_reducedMotion)
        return;
    m_reducedMotion = reduced;
    m_player.setPlaying(!reduced);
    Q_EMIT playingChanged();
    redraw();
}

void BoardCanvas::toggleModelView()
{
    m_modelView = !m_modelView;
    Q_EMIT modelViewChanged();
    redraw();
}

void BoardCanvas::setLatentFactor(int factor)
{
    if (factor < 1 || factor == m_latentFactor)
        return;
    m_latentFactor = factor;
    Q_EMIT modelViewChanged();
    redraw();
}

void BoardCanvas::setPreview(const QString &frame, const QVariant &image)
{
    const auto pixels = image.value<QImage>();
    if (pixels.isNull())
        m_previews.remove(ItemId(frame));
    else
        m_previews.insert(ItemId(frame), pixels);
    redraw();
}

QVariantMap BoardCanvas::troubles() const
{
    QVariantMap troubles;
    for (auto trouble = m_troubles.cbegin(); trouble != m_troubles.cend(); ++trouble)
        troubles.insert(trouble.key().toString(), trouble.value());
    return troubles;
}

void BoardCanvas::setTroubles(const QVariantMap &troubles)
{
    if (troubles == this->troubles())
        return;
    m_troubles.clear();
    for (auto trouble = troubles.cbegin(); trouble != troubles.cend(); ++trouble)
        m_troubles.insert(ItemId(trouble.key()), trouble.value().toString());
    redraw();
    Q_EMIT troublesChanged();
}

// -- What is where

QVector<ItemId> BoardCanvas::visibleItems() const
{
    QVector<ItemId> ids;
    if (document())
        for (const ItemId &id : document()->items())
            if (document()->item(id)->isVisible())
                ids.append(id);
    return ids;
}

QVector<Item> BoardCanvas::selectedItems() const
{
    QVector<Item> items;
    if (document())
        for (const ItemId &id : m_controller->selection())
            items.append(*document()->item(id));
    return items;
}

QVector<Item> BoardCanvas::movableItems() const
{
    QVector<Item> items = selectedItems();
    items.removeIf([](const Item &item) { return item.locked; });
    return items;
}

QVector<Item> BoardCanvas::draggedItems() const
{
    QVector<Item> items;
    if (document())
        for (const ItemId &id : document()->withContents(m_controller->selection()))
            if (const Item *item = document()->item(id); !item->locked)
                items.append(*item);
    return items;
}

QVector<Item> BoardCanvas::copiedItems() const
{
    QVector<Item> items;
    if (!document())
        return items;
    const QVector<ItemId> chosen = document()->withContents(m_controller->selection());
    const QSet<ItemId> wanted(chosen.begin(), chosen.end());
    for (const ItemId &id : document()->items())
        if (wanted.contains(id))
            items.append(*document()->item(id));
    return items;
}

ItemId BoardCanvas::itemAt(QPointF screen) const
{
    const QPointF at = m_view.toBoard(screen);
    const QVector<ItemId> ids = visibleItems();
    for (auto it = ids.rbegin(); it != ids.rend(); ++it) {
        const Item *item = document()->item(*it);
        if (board::boundingRect(*item).contains(at) && outline(*item).containsPoint(at, Qt::OddEvenFill) &&
            (!item->stroke() || isOnStroke(*item, at, 4 / m_view.zoom)))
            return *it;
        // A frame is also held by the label above it.
        if (item->frame()) {
            const QPointF corner = m_view.toScreen(outline(*item)[0]);
            const double width = item->frame()->size.width() * item->scale * m_view.zoom;
            if (QRectF(corner.x(), corner.y() - 24, width, 24).contains(screen))
                return *it;
        }
    }
    return {};
}

BoardCanvas::Handle BoardCanvas::handleAt(QPointF screen) const
{
    if (!m_controller || m_controller->isReadOnly())
        return {};
    const QVector<Item> movable = movableItems();
    const SelectionBox box = selectionBox(movable);
    if (box.isNull())
        return {};
    const QPolygonF corners = box.corners();
    const auto near = [&](QPointF at, double reach) {
        const QPointF away = at - screen;
        return std::abs(away.x()) <= reach && std::abs(away.y()) <= reach;
    };
    for (int corner = 0; corner < 4; ++corner)
        if (near(m_view.toScreen(corners[corner]), 8))
            return {Grip::Corner, corner};
    if (near(turnHandleAt(movable, m_view), 9))
        return {Grip::Turn, -1};
    return {};
}

ItemId BoardCanvas::shelfAt(QPointF screen) const
{
    if (!document())
        return {};
    const QPointF at = m_view.toBoard(screen);
    for (const ItemId &id : document()->frames()) {
        const Item *frame = document()->item(id);
        if (shelfRect(*frame).contains(board::toBoard(*frame).inverted().map(at)))
            return id;
    }
    return {};
}

} // namespace moodloom::ui
