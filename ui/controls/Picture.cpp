#include "ui/controls/Picture.h"

#include <QQuickWindow>
#include <QSGImageNode>

namespace moodloom::ui {

Picture::Picture(QQuickItem *parent) : QQuickItem(parent)
{
    setFlag(ItemHasContents);
}

void Picture::setImage(const QVariant &image)
{
    const QImage next = image.value<QImage>();
    if (next.cacheKey() == m_image.cacheKey())
        return;
    m_image = next;
    m_fresh = true;
    setImplicitSize(m_image.width(), m_image.height());
    update();
    Q_EMIT imageChanged();
}

void Picture::setFit(Fit fit)
{
    if (m_fit == fit)
        return;
    m_fit = fit;
    update();
    Q_EMIT fitChanged();
}

QSGNode *Picture::updatePaintNode(QSGNode *old, UpdatePaintNodeData *)
{
    auto *node = static_cast<QSGImageNode *>(old);
    if (m_image.isNull() || width() <= 0 || height() <= 0) {
        delete node;
        m_fresh = true;
        return nullptr;
    }
    if (!node) {
        node = window()->createImageNode();
        node->setOwnsTexture(true);
        m_fresh = true;
    }
    if (m_fresh) {
        node->setTexture(window()->createTextureFromImage(m_image));
        m_fresh = false;
    }
    const QRectF bounds = boundingRect();
    const QSizeF whole = m_image.size();
    if (m_fit == Fit::Inside) {
        QRectF place(QPointF(), whole.scaled(bounds.size(), Qt::KeepAspectRatio));
        place.moveCenter(bounds.center());
        node->setRect(place);
        node->setSourceRect(QRectF(QPointF(), whole));
    } else {
        QRectF part(QPointF(), bounds.size().scaled(whole, Qt::KeepAspectRatio));
        part.moveCenter(QRectF(QPointF(), whole).center());
        node->setRect(bounds);
        node->setSourceRect(part);
    }
    node->setFiltering(QSGTexture::Linear);
    return node;
}

void Picture::geometryChange(const QRectF &newGeometry, const QRectF &oldGeometry)
{
    QQuickItem::geometryChange(newGeometry, oldGeometry);
    update();
}

} // namespace moodloom::ui
