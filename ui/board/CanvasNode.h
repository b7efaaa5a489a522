// The canvas in the scene graph: built from image and rectangle nodes only, which the software
// renderer draws as well as OpenGL.
//
// Lives on the render thread; sync() runs while the UI thread waits.
#pragma once

#include "ui/board/CanvasScene.h"

#include <QSGNode>

class QQuickWindow;
class QSGRectangleNode;
class QSGTexture;
class QSGTransformNode;

#include <memory>
#include <unordered_map>

namespace moodloom::ui {

class CanvasNode : public QSGNode
{
public:
    explicit CanvasNode(QQuickWindow *window);
    ~CanvasNode() override;

    void sync(const CanvasScene &scene);

private:
    class ItemNode;
    void syncItems(const QVector<SceneItem> &items);
    void syncOverlay(const CanvasScene &scene);
    QSGTexture *spriteTexture(const QString &name, const QHash<QString, QImage> &images);

    QQuickWindow *m_window;
    QSGRectangleNode *m_background;
    QSGTransformNode *m_board;
    QSGNode *m_overlay;
    QHash<QUuid, ItemNode *> m_items; // children of m_board
    QVector<QUuid> m_order;
    std::unordered_map<std::string, std::unique_ptr<QSGTexture>> m_sprites;
};

} // namespace moodloom::ui
