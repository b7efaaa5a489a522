// The whole board small, with the part that is seen: press or drag to look elsewhere.
//
// UI thread; painted anew when the board changes, not while the view moves.
#pragma once

#include "ui/board/BoardCanvas.h"

#include <QPointer>
#include <QQuickPaintedItem>

namespace moodloom::ui {

class BoardMinimap : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(moodloom::ui::BoardCanvas *canvas READ canvas WRITE setCanvas NOTIFY canvasChanged REQUIRED)
    Q_PROPERTY(QRectF viewRect READ viewRect NOTIFY viewRectChanged) // what is seen, in the minimap
    Q_PROPERTY(QColor pictureColor MEMBER m_pictureColor NOTIFY colorsChanged)
    Q_PROPERTY(QColor frameColor MEMBER m_frameColor NOTIFY colorsChanged)
    Q_PROPERTY(QColor selectionColor MEMBER m_selectionColor NOTIFY colorsChanged)
public:
    explicit BoardMinimap(QQuickItem *parent = nullptr);

    BoardCanvas *canvas() const { return m_canvas; }
    void setCanvas(BoardCanvas *canvas);
    QRectF viewRect() const;
    void paint(QPainter *painter) override;

Q_SIGNALS:
    void canvasChanged();
    void viewRectChanged();
    void colorsChanged();

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void updatePolish() override;
    void geometryChange(const QRectF &geometry, const QRectF &old) override;

private:
    void followController();
    void contentChanged();
    const QRectF &extent() const;
    QTransform fromBoard() const; // board coordinates -> the minimap's

    QPointer<BoardCanvas> m_canvas;
    QPointer<BoardController> m_controller; // the canvas's
    mutable QRectF m_extent; // of all items, unless stale
    mutable bool m_stale = true;
    QColor m_pictureColor{0xa0, 0xa0, 0xa8}, m_frameColor{0x38, 0x38, 0x3c}, m_selectionColor{0xf4, 0xf4, 0xf6};
};

} // namespace moodloom::ui
