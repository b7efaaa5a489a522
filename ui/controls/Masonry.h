// Lays its children out in columns of equal width, each child below the shortest column so far.
//
// A child tells its shape by the property `aspect` (width / height); Masonry sets its x, y, width and
// height. Order is kept from top to bottom, so that the best picture comes first. UI thread.
#pragma once

#include <QQuickItem>

namespace moodloom::ui {

class Masonry : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(int columns READ columns WRITE setColumns NOTIFY layoutChanged)
    Q_PROPERTY(qreal spacing READ spacing WRITE setSpacing NOTIFY layoutChanged)
public:
    using QQuickItem::QQuickItem;

    int columns() const { return m_columns; }
    void setColumns(int columns);
    qreal spacing() const { return m_spacing; }
    void setSpacing(qreal spacing);

Q_SIGNALS:
    void layoutChanged();

protected:
    void updatePolish() override;
    void itemChange(ItemChange change, const ItemChangeData &data) override;
    void geometryChange(const QRectF &newGeometry, const QRectF &oldGeometry) override;

private:
    int m_columns = 2;
    qreal m_spacing = 4;
};

} // namespace moodloom::ui
