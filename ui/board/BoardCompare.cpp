#include "ui/board/BoardCompare.h"

#include "core/base/Text.h"

#include <QQuickWindow>
#include <QSGImageNode>
#include <QSGTexture>
#include <QTransform>

#include <algorithm>
#include <cmath>
#include <utility>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

namespace {

constexpr int mostPixels = 4096; // of the longer side: what any screen shows, enlarged a little
constexpr double grip = 12;      // screen pixels on each side of the divider

// The two pictures as nodes, with the textures of the images that they were made from.
class CompareNode : public QSGNode
{
public:
    void set(int side, QQuickWindow *window, const QImage &image)
    {
        if (m_keys[size_t(side)] == image.cacheKey())
            return;
        m_keys[size_t(side)] = image.cacheKey();
        QSGImageNode *&node = m_nodes[size_t(side)];
        if (node) {
            removeChildNode(node);
            delete std::exchange(node, nullptr);
        }
        if (image.isNull())
            return;
        node = window->createImageNode();
        node->setTexture(window->createTextureFromImage(image));
        node->setOwnsTexture(true);
        node->setFiltering(QSGTexture::Linear);
        appendChildNode(node);
    }
    QSGImageNode *node(int side) const { return m_nodes[size_t(side)]; }

private:
    std::array<QSGImageNode *, 2> m_nodes{}; // owned by the tree
    std::array<qint64, 2> m_keys{};
};

} // namespace

BoardCompare::BoardCompare(QQuickItem *parent) : QQuickItem(parent)
{
    setFlag(ItemHasContents);
    setAcceptedMouseButtons(Qt::LeftButton | Qt::MiddleButton);
    setClip(true);
    connect(this, &BoardCompare::viewChanged, this, [this] { update(); });
    connect(this, &BoardCompare::picturesChanged, this, [this] { update(); });
}

void BoardCompare::setBoard(board::Board *board)
{
    if (m_board == board)
        return;
    m_board = board;
    clear();
    Q_EMIT boardChanged();
}

void BoardCompare::clear()
{
    ++m_serial;
    m_sides = {};
    m_problem.clear();
    Q_EMIT picturesChanged();
}

void BoardCompare::compare(const QString &first, const QString &second)
{
    clear();
    m_split = 0.5;
    fit();
    const Item *a = m_board ? m_board->item(ItemId(first)) : nullptr;
    const Item *b = m_board ? m_board->item(ItemId(second)) : nullptr;
    if (!a || !b)
        return;
    read(0, *a);
    read(1, *b);
}

void BoardCompare::read(int side, const Item &item)
{
    QString hash, path;
    QRectF crop; // shares
    bool grey = false;
    if (const board::Picture *picture = item.picture()) {
        hash = picture->hash;
        path = picture->path;
        grey = picture->greyscale;
        const QRectF part = shownPart(*picture);
        if (!picture->size.isEmpty())
            crop = {part.x() / picture->size.width(), part.y() / picture->size.height(),
                    part.width() / picture->size.width(), part.height() / picture->size.height()};
    } else if (item.frame()) {
        if (const board::FrameTake *take = m_board->take(item.frame()->shownTake))
            hash = take->hash;
    }
    // Cut, made grey, mirrored and turned on the reading thread.
    const bool mirroredX = item.flippedX, mirroredY = item.flippedY;
    const double rotation = std::remainder(item.rotation, 360.0);
    const auto finish = [crop, grey, mirroredX, mirroredY, rotation](const QImage &read) {
        QImage image = read;
        if (!crop.isNull())
            image = image.copy(QRectF(crop.x() * image.width(), crop.y() * image.height(),
                                      crop.width() * image.width(), crop.height() * image.height())
                                   .toRect());
        if (grey)
            image = image.convertToFormat(QImage::Format_Grayscale8);
        image = image.mirrored(mirroredX, mirroredY);
        if (rotation != 0)
            image = image.convertToFormat(QImage::Format_ARGB32_Premultiplied)
                        .transformed(QTransform().rotate(rotation), Qt::SmoothTransformation);
        return image.convertToFormat(QImage::Format_RGBA8888_Premultiplied);
    };
    const quint64 serial = m_serial;
    m_board->store()
        ->picture(hash, path, mostPixels, {}, finish)
        .then(this, [this, side, serial](const Result<QImage> &read) {
            if (serial != m_serial)
                return;
            if (read) {
                m_sides[size_t(side)].image = *read;
                m_sides[size_t(side)].size = read->size();
            } else {
                m_problem = userText(read.error());
            }
            Q_EMIT picturesChanged();
        });
}

void BoardCompare::exchange()
{
    std::swap(m_sides[0], m_sides[1]);
    Q_EMIT picturesChanged();
}

void BoardCompare::setSplit(double split)
{
    split = std::clamp(split, 0.0, 1.0);
    if (split == m_split)
        return;
    m_split = split;
    Q_EMIT viewChanged();
}

void BoardCompare::fit()
{
    m_zoom = 1;
    m_pan = {};
    Q_EMIT viewChanged();
}

void BoardCompare::zoomBy(double factor)
{
    zoomAt(paneOf(0).center(), factor);
}

void BoardCompare::zoomAt(QPointF at, double factor)
{
    const QRectF pane = paneOf(m_mode == Mode::SideBySide && at.x() > width() / 2 ? 1 : 0);
    if (pane.isEmpty())
        return;
    // From the pane's middle, in shares of it: the same place in both pictures.
    const QPointF from((at.x() - pane.center().x()) / pane.width(),
                       (at.y() - pane.center().y()) / pane.height());
    const double zoom = std::clamp(m_zoom * factor, 0.2, 64.0);
    m_pan = from - (from - m_pan) * (zoom / m_zoom);
    m_zoom = zoom;
    Q_EMIT viewChanged();
}

QRectF BoardCompare::paneOf(int side) const
{
    if (m_mode == Mode::Wipe)
        return {0, 0, width(), height()};
    const double half = std::max(0.0, (width() - 2) / 2);
    return {side == 0 ? 0 : width() - half, 0, half, height()};
}

QRectF BoardCompare::placeOf(int side) const
{
    const QRectF pane = paneOf(side);
    const QSizeF natural = m_sides[size_t(side)].size;
    if (natural.isEmpty() || pane.isEmpty())
        return {};
    const QSizeF size = natural.scaled(pane.size(), Qt::KeepAspectRatio) * m_zoom;
    const QPointF middle =
        pane.center() + QPointF(m_pan.x() * pane.width(), m_pan.y() * pane.height());
    return {middle - QPointF(size.width(), size.height()) / 2, size};
}

QSGNode *BoardCompare::updatePaintNode(QSGNode *old, UpdatePaintNodeData *)
{
    auto *root = static_cast<CompareNode *>(old);
    if (!root)
        root = new CompareNode;
    for (int side = 0; side < 2; ++side) {
        const Side &shown = m_sides[size_t(side)];
        root->set(side, window(), shown.image);
        QSGImageNode *node = root->node(side);
        if (!node)
            continue;
        const QRectF place = placeOf(side);
        QRectF seen = paneOf(side);
        if (m_mode == Mode::Wipe) // each up to the divider
            seen = side == 0 ? QRectF(0, 0, width() * m_split, height())
                             : QRectF(width() * m_split, 0, width() * (1 - m_split), height());
        seen &= place;
        if (seen.isEmpty()) {
            node->setRect(0, 0, 0, 0);
            continue;
        }
        const QRectF source((seen.x() - place.x()) / place.width(),
                            (seen.y() - place.y()) / place.height(), seen.width() / place.width(),
                            seen.height() / place.height());
        const QSizeF pixels = shown.image.size();
        node->setSourceRect(source.x() * pixels.width(), source.y() * pixels.height(),
                            source.width() * pixels.width(), source.height() * pixels.height());
        node->setRect(seen);
    }
    return root;
}

void BoardCompare::geometryChange(const QRectF &geometry, const QRectF &old)
{
    QQuickItem::geometryChange(geometry, old);
    Q_EMIT viewChanged();
}

void BoardCompare::mousePressEvent(QMouseEvent *event)
{
    m_last = event->position();
    const bool onDivider = m_mode == Mode::Wipe && std::abs(m_last.x() - m_split * width()) <= grip;
    m_drag = onDivider && event->button() == Qt::LeftButton ? Drag::Split : Drag::Pan;
}

void BoardCompare::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF way = event->position() - m_last;
    m_last = event->position();
    if (m_drag == Drag::Split && width() > 0) {
        setSplit(event->position().x() / width());
    } else if (m_drag == Drag::Pan && !paneOf(0).isEmpty()) {
        m_pan += QPointF(way.x() / paneOf(0).width(), way.y() / paneOf(0).height());
        Q_EMIT viewChanged();
    }
}

void BoardCompare::mouseReleaseEvent(QMouseEvent *)
{
    m_drag = Drag::None;
}

void BoardCompare::wheelEvent(QWheelEvent *event)
{
    zoomAt(event->position(), std::pow(1.2, event->angleDelta().y() / 120.0));
    event->accept();
}

} // namespace moodloom::ui
