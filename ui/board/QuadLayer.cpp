#include "ui/board/QuadLayer.h"

#include "ui/board/DrawOrder.h"

#include <QQuickWindow>
#include <QSGGeometryNode>
#include <QSGOpacityNode>
#include <QSGTexture>
#include <QSGTextureMaterial>
#include <QSGVertexColorMaterial>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace moodloom::ui {
namespace {

constexpr int quadsANode = 8192; // four vertices each, below 65536

struct Corners
{
    QPointF at[4]; // of the rectangle: top left, top right, bottom right, bottom left
    QRectF bounds;
};

// From an item's own coordinates to the board.
class Placement
{
public:
    explicit Placement(const SceneItem &item) : m_item(item)
    {
        const double angle = item.rotation * std::numbers::pi / 180;
        m_cos = item.rotation == 0 ? item.scale : std::cos(angle) * item.scale;
        m_sin = item.rotation == 0 ? 0 : std::sin(angle) * item.scale;
    }
    Corners operator()(const QRectF &rect) const
    {
        Corners corners;
        const QPointF own[4] = {rect.topLeft(), rect.topRight(), rect.bottomRight(),
                                rect.bottomLeft()};
        double left = 1e300, top = 1e300, right = -1e300, bottom = -1e300;
        for (int i = 0; i < 4; ++i) {
            const double x = m_item.mirroredX ? -own[i].x() : own[i].x();
            const double y = m_item.mirroredY ? -own[i].y() : own[i].y();
            corners.at[i] = m_item.centre + QPointF(x * m_cos - y * m_sin, x * m_sin + y * m_cos);
            left = std::min(left, corners.at[i].x());
            right = std::max(right, corners.at[i].x());
            top = std::min(top, corners.at[i].y());
            bottom = std::max(bottom, corners.at[i].y());
        }
        corners.bounds = QRectF(QPointF(left, top), QPointF(right, bottom));
        return corners;
    }

private:
    const SceneItem &m_item;
    double m_cos, m_sin;
};

struct Quad
{
    int run = 0;
    Corners corners;
    QRectF part; // of the texture
    QRgb color = 0;
};

void setIndices(quint16 *index, int quads)
{
    for (int i = 0; i < quads; ++i) {
        const auto first = quint16(i * 4);
        for (const int corner : {0, 1, 2, 0, 2, 3})
            *index++ = quint16(first + corner);
    }
}

void setColored(QSGGeometry::ColoredPoint2D *vertex, const QPointF (&corners)[4], QRgb color)
{
    const int alpha = qAlpha(color); // vertex colours are premultiplied
    const auto by = [alpha](int value) { return uchar(value * alpha / 255); };
    for (int i = 0; i < 4; ++i)
        vertex[i].set(float(corners[i].x()), float(corners[i].y()), by(qRed(color)),
                      by(qGreen(color)), by(qBlue(color)), uchar(alpha));
}

QSGGeometryNode *colorNode(int quads)
{
    auto *node = new QSGGeometryNode;
    auto *geometry =
        new QSGGeometry(QSGGeometry::defaultAttributes_ColoredPoint2D(), quads * 4, quads * 6);
    geometry->setDrawingMode(QSGGeometry::DrawTriangles);
    setIndices(geometry->indexDataAsUShort(), quads);
    node->setGeometry(geometry);
    auto *material = new QSGVertexColorMaterial;
    material->setFlag(QSGMaterial::Blending);
    node->setMaterial(material);
    node->setFlags(QSGNode::OwnsGeometry | QSGNode::OwnsMaterial);
    return node;
}

QSGGeometryNode *textureNode(int quads, QSGTexture *texture, bool opaque)
{
    auto *node = new QSGGeometryNode;
    auto *geometry =
        new QSGGeometry(QSGGeometry::defaultAttributes_TexturedPoint2D(), quads * 4, quads * 6);
    geometry->setDrawingMode(QSGGeometry::DrawTriangles);
    setIndices(geometry->indexDataAsUShort(), quads);
    node->setGeometry(geometry);
    auto *material = opaque ? new QSGOpaqueTextureMaterial : new QSGTextureMaterial;
    material->setTexture(texture);
    material->setFiltering(QSGTexture::Linear);
    material->setMipmapFiltering(QSGTexture::None);
    // Blended quads that overlap are drawn in their order, whatever the texture; opaque ones are
    // not: all of a node have the same depth.
    material->setFlag(QSGMaterial::Blending, !opaque);
    node->setMaterial(material);
    node->setFlags(QSGNode::OwnsGeometry | QSGNode::OwnsMaterial);
    return node;
}

quint64 surfaceOfPage(int page)
{
    return (quint64(1) << 63) | quint64(page);
}

} // namespace

QuadLayer::~QuadLayer()
{
    while (QSGNode *child = firstChild()) // before the textures that they show
        delete child;
}

QSGTexture *QuadLayer::textureOf(quint64 surface) const
{
    if (surface >> 63) {
        const auto page = m_pages.find(int(surface & 0x7fffffff));
        return page == m_pages.end() ? nullptr : page->second.get();
    }
    const auto large = m_large.find(qint64(surface));
    return large == m_large.end() ? nullptr : large->second.texture.get();
}

void QuadLayer::upload()
{
    for (const int page : m_atlas.pages())
        if (m_atlas.takeChanged(page))
            m_pages[page].reset(m_window->createTextureFromImage(m_atlas.image(page)));
}

void QuadLayer::forget()
{
    m_atlas.endFrame();
    const std::vector<int> pages = m_atlas.pages();
    std::erase_if(m_pages, [&](const auto &page) {
        return !std::binary_search(pages.begin(), pages.end(), page.first);
    });
    while (m_largeBytes > largeBudget) {
        const auto oldest =
            std::min_element(m_large.begin(), m_large.end(), [](const auto &a, const auto &b) {
                return a.second.used < b.second.used;
            });
        if (oldest->second.used == m_frame)
            return;
        m_largeBytes -= oldest->second.bytes;
        m_large.erase(oldest);
    }
}

void QuadLayer::sync(const QVector<SceneItem> &items)
{
    while (QSGNode *child = firstChild())
        delete child;
    ++m_frame;
    m_atlas.beginFrame();

    QRectF area;
    double extent = 0;
    for (const SceneItem &item : items) {
        const double side = std::max(item.rect.width(), item.rect.height()) * item.scale;
        area |= QRectF(item.centre - QPointF(side, side) / 2, QSizeF(side, side));
        extent += side / double(items.size());
    }
    DrawOrder order(area, extent);
    std::vector<Quad> quads;
    quads.reserve(size_t(items.size()) + 16);
    for (const SceneItem &item : items) {
        const Placement place(item);
        const int opacity = int(std::lround(std::clamp(item.opacity, 0.0, 1.0) * 255));
        const Corners whole = place(item.rect);
        if (item.fill.isValid())
            quads.push_back({order.place(whole.bounds, {0, true, 255}),
                             whole,
                             {},
                             qRgba(item.fill.red(), item.fill.green(), item.fill.blue(),
                                   item.fill.alpha() * opacity / 255)});
        if (!item.image.isNull()) {
            DrawOrder::Surface surface{0, item.image.hasAlphaChannel(), opacity};
            QRectF part = item.source;
            if (AtlasPages::slotFor(item.image.size()) > 0) {
                const AtlasPages::Place in = m_atlas.place(item.image);
                surface.id = surfaceOfPage(in.page);
                part = {in.part.x() + part.x() * in.part.width(),
                        in.part.y() + part.y() * in.part.height(), part.width() * in.part.width(),
                        part.height() * in.part.height()};
            } else {
                Large &large = m_large[item.image.cacheKey()];
                if (!large.texture) {
                    large.texture.reset(m_window->createTextureFromImage(item.image));
                    large.bytes = item.image.sizeInBytes();
                    m_largeBytes += large.bytes;
                }
                large.used = m_frame;
                surface.id = quint64(item.image.cacheKey());
            }
            quads.push_back({order.place(whole.bounds, surface), whole, part, 0});
        }
        if (item.border.isValid()) {
            const double w =
                std::min({item.borderWidth, item.rect.width() / 2, item.rect.height() / 2});
            const QRectF &r = item.rect;
            const QRgb color = qRgba(item.border.red(), item.border.green(), item.border.blue(),
                                     item.border.alpha() * opacity / 255);
            for (const QRectF &side : {QRectF(r.left(), r.top(), r.width(), w),
                                       QRectF(r.left(), r.bottom() - w, r.width(), w),
                                       QRectF(r.left(), r.top() + w, w, r.height() - 2 * w),
                                       QRectF(r.right() - w, r.top() + w, w, r.height() - 2 * w)}) {
                const Corners corners = place(side);
                quads.push_back({order.place(corners.bounds, {0, true, 255}), corners, {}, color});
            }
        }
    }
    upload();

    const std::vector<DrawOrder::Run> &runs = order.runs();
    std::vector<std::vector<const Quad *>> byRun(runs.size());
    for (size_t i = 0; i < runs.size(); ++i)
        byRun[i].reserve(size_t(runs[i].count));
    for (const Quad &quad : quads)
        byRun[size_t(quad.run)].push_back(&quad);
    for (size_t i = 0; i < runs.size(); ++i) {
        const DrawOrder::Run &run = runs[i];
        QSGNode *parent = this;
        if (run.surface.id != 0 && run.surface.opacity != 255) {
            auto *faint = new QSGOpacityNode;
            faint->setOpacity(run.surface.opacity / 255.0);
            appendChildNode(faint);
            parent = faint;
        }
        for (size_t first = 0; first < byRun[i].size(); first += quadsANode) {
            const int count = int(std::min(byRun[i].size() - first, size_t(quadsANode)));
            QSGGeometryNode *node = run.surface.id == 0
                                        ? colorNode(count)
                                        : textureNode(count, textureOf(run.surface.id), run.opaque);
            for (int n = 0; n < count; ++n) {
                const Quad &quad = *byRun[i][first + size_t(n)];
                if (run.surface.id == 0) {
                    setColored(node->geometry()->vertexDataAsColoredPoint2D() + n * 4,
                               quad.corners.at, quad.color);
                    continue;
                }
                QSGGeometry::TexturedPoint2D *vertex =
                    node->geometry()->vertexDataAsTexturedPoint2D() + n * 4;
                const QPointF parts[4] = {quad.part.topLeft(), quad.part.topRight(),
                                          quad.part.bottomRight(), quad.part.bottomLeft()};
                for (int corner = 0; corner < 4; ++corner)
                    vertex[corner].set(float(quad.corners.at[corner].x()),
                                       float(quad.corners.at[corner].y()), float(parts[corner].x()),
                                       float(parts[corner].y()));
            }
            parent->appendChildNode(node);
        }
    }
    forget();
}

void appendColorQuads(QSGNode *parent, const std::vector<ColorQuad> &quads)
{
    for (size_t first = 0; first < quads.size(); first += quadsANode) {
        const int count = int(std::min(quads.size() - first, size_t(quadsANode)));
        QSGGeometryNode *node = colorNode(count);
        for (int n = 0; n < count; ++n)
            setColored(node->geometry()->vertexDataAsColoredPoint2D() + n * 4,
                       quads[first + size_t(n)].corners, quads[first + size_t(n)].color);
        parent->appendChildNode(node);
    }
}

} // namespace moodloom::ui
