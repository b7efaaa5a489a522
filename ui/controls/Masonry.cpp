#include "ui/controls/Masonry.h"

#include <algorithm>
#include <vector>

namespace moodloom::ui {

void Masonry::setColumns(int columns)
{
    columns = std::max(1, columns);
    if (m_columns == columns)
        return;
    m_columns = columns;
    polish();
    Q_EMIT layoutChanged();
}

void Masonry::setSpacing(qreal spacing)
{
    if (m_spacing == spacing)
        return;
    m_spacing = spacing;
    polish();
    Q_EMIT layoutChanged();
}

void Masonry::updatePolish()
{
    const qreal columnWidth = (width() - (m_columns - 1) * m_spacing) / m_columns;
    if (columnWidth <= 0)
        return;
    std::vector<qreal> bottoms(size_t(m_columns), 0.0);
    const QList<QQuickItem *> children = childItems();
    for (QQuickItem *child : children) {
        const QVariant shape = child->property("aspect");
        // A Repeater has no shape. On a page that is not shown nothing is visible, yet it has its place.
        if (!shape.isValid() || (isVisible() && !child->isVisible()))
            continue;
        const qreal aspect = std::clamp(shape.toReal(), 0.4, 3.0);
        const auto column = std::min_element(bottoms.begin(), bottoms.end());
        const qreal height = std::round(columnWidth / aspect);
        child->setSize({std::floor(columnWidth), height});
        child->setPosition({std::round((column - bottoms.begin()) * (columnWidth + m_spacing)),
                            *column});
        *column += height + m_spacing;
    }
    const qreal bottom = *std::max_element(bottoms.begin(), bottoms.end());
    setImplicitHeight(std::max(0.0, bottom - m_spacing));
}

void Masonry::itemChange(ItemChange change, const ItemChangeData &data)
{
    QQuickItem::itemChange(change, data);
    if (change == ItemChildAddedChange || change == ItemChildRemovedChange)
        polish();
}

void Masonry::geometryChange(const QRectF &newGeometry, const QRectF &oldGeometry)
{
    QQuickItem::geometryChange(newGeometry, oldGeometry);
    if (newGeometry.width() != oldGeometry.width())
        polish();
}

} // namespace moodloom::ui
