// The canvas in the scene graph. Items are quads (QuadLayer), or nodes of their own where the software
// renderer draws, which knows image and rectangle nodes only. Panning and zooming change one matrix.
//
// Lives on the render thread; sync() runs while the UI thread waits.
#pragma once

#include "ui/board/CanvasScene.h"

#include <QSGTransformNode>

class QQuickWindow;
class QSGRectangleNode;
class QSGTexture;

#include <memory>
#include <unordered_map>

namespace moodloom::ui {

class QuadLayer;

// A transform node, although it moves nothing: the software renderer remembers place and clip of those
// only, and draws what changes below a plain node as if it stood alone in the window.
class CanvasNode : public QSGTransformNode
{
public:
    explicit CanvasNode(QQuickWindow *window);
    ~CanvasNode() override;

    void sync(const CanvasScene &scene);

private:
    class ItemNode;
    void syncItems(const QVector<SceneItem> &items);
    void addRects(const QVector<SceneRect> &rects);
    void addRectNodes(const QVector<SceneRect> &rects);
    void syncOverlay(const CanvasScene &scene);
    QSGTexture *spriteTexture(const QString &name, const QHash<QString, QImage> &images);

    QQuickWindow *m_window;
    QSGRectangleNode *m_background;
    QSGTransformNode *m_board;
    QSGTransformNode *m_overlay;
    QuadLayer *m_quads = nullptr; // child of m_board; null = the software renderer draws
    quint64 m_itemsVersion = 0;
    QHash<QUuid, ItemNode *> m_items; // children of m_board
    QVector<QUuid> m_order;
    std::unordered_map<std::string, std::unique_ptr<QSGTexture>> m_sprites;
};

} // namespace moodloom::ui
