#include "ui/board/CanvasNode.h"

#include "ui/board/QuadLayer.h"

#include <QQuickWindow>
#include <QSGImageNode>
#include <QSGOpacityNode>
#include <QSGRectangleNode>
#include <QSGRendererInterface>
#include <QSGTexture>
#include <QSGTransformNode>

#include <algorithm>
#include <array>

namespace moodloom::ui {
namespace {

// The four sides of an outline inside `rect`.
std::array<QRectF, 4> sides(const QRectF &rect, double width)
{
    const double w = std::min({width, rect.width() / 2, rect.height() / 2});
    return {QRectF(rect.left(), rect.top(), rect.width(), w),
            QRectF(rect.left(), rect.bottom() - w, rect.width(), w),
            QRectF(rect.left(), rect.top() + w, w, rect.height() - 2 * w),
            QRectF(rect.right() - w, rect.top() + w, w, rect.height() - 2 * w)};
}

void addRect(QQuickWindow *window, QSGNode *parent, const QRectF &rect, const QColor &color)
{
    QSGRectangleNode *node = window->createRectangleNode();
    node->setRect(rect);
    node->setColor(color);
    parent->appendChildNode(node);
}

} // namespace

// An item by itself, of nodes that the software renderer draws.
class CanvasNode::ItemNode : public QSGTransformNode
{
public:
    explicit ItemNode(QQuickWindow *window) : m_window(window), m_opacity(new QSGOpacityNode)
    {
        appendChildNode(m_opacity);
    }

    void sync(const SceneItem &item)
    {
        // Mirrored as a whole: the software renderer mirrors textures without regard to their crop.
        QMatrix4x4 own;
        own.translate(float(item.centre.x()), float(item.centre.y()));
        own.rotate(float(item.rotation), 0, 0, 1);
        own.scale(float(item.mirroredX ? -item.scale : item.scale),
                  float(item.mirroredY ? -item.scale : item.scale));
        if (matrix() != own)
            setMatrix(own);
        m_opacity->setOpacity(item.opacity);
        syncFill(item);
        syncImage(item);
        syncBorder(item);
    }

private:
    void syncFill(const SceneItem &item)
    {
        if (!item.fill.isValid()) {
            delete m_fill;
            m_fill = nullptr;
            return;
        }
        if (!m_fill) {
            m_fill = m_window->createRectangleNode();
            m_opacity->prependChildNode(m_fill);
        }
        m_fill->setRect(item.rect);
        m_fill->setColor(item.fill);
    }

    void syncImage(const SceneItem &item)
    {
        if (item.image.isNull()) {
            delete m_image;
            m_image = nullptr;
            m_shown = 0;
            return;
        }
        if (!m_image) {
            m_image = m_window->createImageNode();
            m_image->setOwnsTexture(true);
            m_image->setFiltering(QSGTexture::Linear);
        }
        if (m_shown != item.image.cacheKey()) {
            m_image->setTexture(m_window->createTextureFromImage(item.image));
            m_shown = item.image.cacheKey();
        }
        m_image->setRect(item.rect);
        const QSizeF pixels = item.image.size();
        m_image->setSourceRect({item.source.x() * pixels.width(), item.source.y() * pixels.height(),
                                item.source.width() * pixels.width(),
                                item.source.height() * pixels.height()});
        // Only once it has a texture: an image node without one must not be drawn.
        if (!m_image->parent()) {
            if (m_fill)
                m_opacity->insertChildNodeAfter(m_image, m_fill);
            else
                m_opacity->prependChildNode(m_image);
        }
    }

    void syncBorder(const SceneItem &item)
    {
        if (item.border == m_borderColor && item.rect == m_borderRect && item.borderWidth == m_borderWidth)
            return;
        m_borderColor = item.border;
        m_borderRect = item.rect;
        m_borderWidth = item.borderWidth;
        delete m_border;
        m_border = nullptr;
        if (!item.border.isValid())
            return;
        // In units of its own width: the software renderer draws rectangles at whole units.
        auto *scaled = new QSGTransformNode;
        const double unit = item.borderWidth;
        QMatrix4x4 matrix;
        matrix.scale(float(unit));
        scaled->setMatrix(matrix);
        for (const QRectF &side : sides(QRectF(item.rect.topLeft() / unit, item.rect.size() / unit), 1))
            addRect(m_window, scaled, side, item.border);
        m_border = scaled;
        m_opacity->appendChildNode(m_border);
    }

    QQuickWindow *m_window;
    QSGOpacityNode *m_opacity;
    QSGRectangleNode *m_fill = nullptr;
    QSGImageNode *m_image = nullptr;
    QSGNode *m_border = nullptr;
    qint64 m_shown = 0; // the image's key
    QColor m_borderColor;
    QRectF m_borderRect;
    double m_borderWidth = 0;
};

CanvasNode::CanvasNode(QQuickWindow *window)
    : m_window(window), m_background(window->createRectangleNode()), m_board(new QSGTransformNode),
      m_overlay(new QSGTransformNode)
{
    appendChildNode(m_background);
    appendChildNode(m_board);
    appendChildNode(m_overlay);
    if (window->rendererInterface()->graphicsApi() != QSGRendererInterface::Software) {
        m_quads = new QuadLayer(window);
        m_board->appendChildNode(m_quads);
    }
}

CanvasNode::~CanvasNode()
{
    // Overlay nodes refer to the sprites' textures: they go first.
    while (QSGNode *child = m_overlay->firstChild())
        delete child;
}

void CanvasNode::sync(const CanvasScene &scene)
{
    m_background->setRect(QRectF(QPointF(), scene.size));
    m_background->setColor(scene.background);
    if (m_board->matrix() != scene.toScreen)
        m_board->setMatrix(scene.toScreen);
    if (m_itemsVersion != scene.itemsVersion) {
        m_itemsVersion = scene.itemsVersion;
        if (m_quads)
            m_quads->sync(scene.items);
        else
            syncItems(scene.items);
    }
    syncOverlay(scene);
}

void CanvasNode::syncItems(const QVector<SceneItem> &items)
{
    QVector<QUuid> order;
    order.reserve(items.size());
    for (const SceneItem &item : items)
        order.append(item.id);
    if (order != m_order) {
        m_board->removeAllChildNodes();
        QHash<QUuid, ItemNode *> kept;
        for (const QUuid &id : order) {
            ItemNode *node = m_items.take(id);
            if (!node)
                node = new ItemNode(m_window);
            kept.insert(id, node);
            m_board->appendChildNode(node);
        }
        qDeleteAll(m_items); // what left the screen takes its texture along
        m_items = kept;
        m_order = order;
    }
    for (const SceneItem &item : items)
        m_items.value(item.id)->sync(item);
}

QSGTexture *CanvasNode::spriteTexture(const QString &name, const QHash<QString, QImage> &images)
{
    std::unique_ptr<QSGTexture> &texture = m_sprites[name.toStdString()];
    if (!texture)
        texture.reset(m_window->createTextureFromImage(images.value(name)));
    return texture.get();
}

void CanvasNode::addRects(const QVector<SceneRect> &rects)
{
    std::vector<ColorQuad> quads;
    for (const SceneRect &shape : rects) {
        QTransform turned = QTransform::fromTranslate(shape.centre.x(), shape.centre.y());
        turned.rotate(shape.rotation);
        const auto add = [&](const QRectF &rect) {
            quads.push_back({{turned.map(rect.topLeft()), turned.map(rect.topRight()), turned.map(rect.bottomRight()),
                              turned.map(rect.bottomLeft())},
                             shape.color.rgba()});
        };
        const QRectF rect(QPointF(-shape.size.width() / 2, -shape.size.height() / 2), shape.size);
        if (shape.line <= 0)
            add(rect);
        else
            for (const QRectF &side : sides(rect, shape.line))
                add(side);
    }
    appendColorQuads(m_overlay, quads);
}

void CanvasNode::addRectNodes(const QVector<SceneRect> &rects)
{
    for (const SceneRect &shape : rects) {
        auto *turned = new QSGTransformNode;
        QMatrix4x4 matrix;
        matrix.translate(float(shape.centre.x()), float(shape.centre.y()));
        matrix.rotate(float(shape.rotation), 0, 0, 1);
        turned->setMatrix(matrix);
        const QRectF rect(-shape.size.width() / 2, -shape.size.height() / 2, shape.size.width(),
                          shape.size.height());
        if (shape.line <= 0)
            addRect(m_window, turned, rect, shape.color);
        else
            for (const QRectF &side : sides(rect, shape.line))
                addRect(m_window, turned, side, shape.color);
        m_overlay->appendChildNode(turned);
    }
}

void CanvasNode::syncOverlay(const CanvasScene &scene)
{
    // Few and cheap: made anew, only the textures are kept.
    while (QSGNode *child = m_overlay->firstChild())
        delete child;
    if (m_quads)
        addRects(scene.rects);
    else
        addRectNodes(scene.rects);
    std::erase_if(m_sprites, [&](const auto &sprite) {
        return !scene.images.contains(QString::fromStdString(sprite.first));
    });
    for (const SceneSprite &sprite : scene.sprites) {
        const QImage &image = scene.images[sprite.name];
        if (image.isNull())
            continue;
        QSGImageNode *node = m_window->createImageNode();
        node->setOwnsTexture(false);
        node->setFiltering(QSGTexture::Linear);
        node->setTexture(spriteTexture(sprite.name, scene.images));
        node->setRect(QRectF(sprite.topLeft, image.deviceIndependentSize()));
        node->setSourceRect(QRectF(QPointF(), image.size()));
        m_overlay->appendChildNode(node);
    }
}

} // namespace moodloom::ui
