// The board's items as few textured and coloured quads, for graphics cards and OpenGL in software.
//
// Everything is baked into vertices, small pictures share textures, and what does not overlap
// shares draw calls: thousands of pictures are a handful of nodes, which stay as they are while the
// board is panned and zoomed. Lives on the render thread.
#pragma once

#include "ui/board/AtlasPages.h"
#include "ui/board/CanvasScene.h"

#include <QSGNode>

#include <memory>
#include <unordered_map>

class QQuickWindow;
class QSGTexture;

namespace moodloom::ui {

class QuadLayer : public QSGNode
{
public:
    explicit QuadLayer(QQuickWindow *window) : m_window(window) {}
    ~QuadLayer() override;

    void sync(const QVector<SceneItem> &items);

private:
    struct Large
    {
        std::unique_ptr<QSGTexture> texture;
        qint64 bytes = 0;
        quint64 used = 0;
    };
    void upload();
    void forget();
    QSGTexture *textureOf(quint64 surface) const;

    static constexpr qint64 largeBudget = qint64(256) << 20;

    QQuickWindow *m_window;
    AtlasPages m_atlas;
    std::unordered_map<int, std::unique_ptr<QSGTexture>> m_pages;
    std::unordered_map<qint64, Large> m_large; // by QImage::cacheKey()
    qint64 m_largeBytes = 0;
    quint64 m_frame = 0;
};

// Coloured quads in the given order as one node a few thousand of them: corners clockwise.
struct ColorQuad
{
    QPointF corners[4];
    QRgb color = 0;
};
void appendColorQuads(QSGNode *parent, const std::vector<ColorQuad> &quads);

} // namespace moodloom::ui
