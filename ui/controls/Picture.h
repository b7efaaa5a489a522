// Shows a QImage that may change many times a second: the new one replaces the old in the same frame,
// so that a preview never flickers. With the software renderer too.
//
// The image is shared, not copied. UI thread.
#pragma once

#include <QImage>
#include <QQuickItem>

namespace moodloom::ui {

class Picture : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QVariant image READ image WRITE setImage NOTIFY imageChanged) // a QImage, or nothing
    Q_PROPERTY(Fit fit READ fit WRITE setFit NOTIFY fitChanged)
    Q_PROPERTY(bool present READ isPresent NOTIFY imageChanged)
    Q_PROPERTY(QSize pixels READ pixels NOTIFY imageChanged)
public:
    enum class Fit { Inside, Cover };
    Q_ENUM(Fit)

    explicit Picture(QQuickItem *parent = nullptr);

    QVariant image() const { return m_image; }
    void setImage(const QVariant &image);
    Fit fit() const { return m_fit; }
    void setFit(Fit fit);
    bool isPresent() const { return !m_image.isNull(); }
    QSize pixels() const { return m_image.size(); }

Q_SIGNALS:
    void imageChanged();
    void fitChanged();

protected:
    QSGNode *updatePaintNode(QSGNode *old, UpdatePaintNodeData *) override;
    void geometryChange(const QRectF &newGeometry, const QRectF &oldGeometry) override;

private:
    QImage m_image;
    Fit m_fit = Fit::Inside;
    bool m_fresh = false; // the texture is of an older image
};

} // namespace moodloom::ui
