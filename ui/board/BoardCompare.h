// Two pictures of a board beside or over each other, zoomed and moved together: what differs is
// seen.
//
// An item of the UI thread; pixels are read in the background. Each picture fits its pane at zoom
// 1, so that a sketch and a large photograph compare. In a wipe both share the pane, the first left
// of `split`.
#pragma once

#include "core/board/Board.h"

#include <QImage>
#include <QPointer>
#include <QQuickItem>

#include <array>

namespace moodloom::ui {

class BoardCompare : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(moodloom::board::Board *board READ board WRITE setBoard NOTIFY boardChanged)
    Q_PROPERTY(Mode mode MEMBER m_mode NOTIFY viewChanged)
    Q_PROPERTY(double split READ split WRITE setSplit NOTIFY viewChanged) // 0..1 of the width
    Q_PROPERTY(double zoom READ zoom NOTIFY viewChanged)                  // 1 = fits
    Q_PROPERTY(bool complete READ isComplete NOTIFY picturesChanged)      // both can be seen
    Q_PROPERTY(QString problem READ problem NOTIFY picturesChanged)       // why not
public:
    enum class Mode { Wipe, SideBySide };
    Q_ENUM(Mode)

    explicit BoardCompare(QQuickItem *parent = nullptr);

    board::Board *board() const { return m_board; }
    void setBoard(board::Board *board);
    double split() const { return m_split; }
    void setSplit(double split);
    double zoom() const { return m_zoom; }
    bool isComplete() const { return !m_sides[0].image.isNull() && !m_sides[1].image.isNull(); }
    QString problem() const { return m_problem; }

    // Items of the board: pictures, or frames that show a take.
    Q_INVOKABLE void compare(const QString &first, const QString &second);
    Q_INVOKABLE void exchange(); // the first becomes the second
    Q_INVOKABLE void zoomBy(double factor);
    Q_INVOKABLE void fit();
    Q_INVOKABLE void clear(); // gives the pixels back

    // Where a picture (0, 1) lies now and the part of the item that shows it.
    QRectF placeOf(int side) const;
    QRectF paneOf(int side) const;

Q_SIGNALS:
    void boardChanged();
    void viewChanged();
    void picturesChanged();

protected:
    QSGNode *updatePaintNode(QSGNode *old, UpdatePaintNodeData *) override;
    void geometryChange(const QRectF &geometry, const QRectF &old) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    struct Side
    {
        QImage image;
        QSizeF size; // as it is shown: of the crop, turned as on the board
    };
    enum class Drag { None, Split, Pan };
    void zoomAt(QPointF at, double factor);
    void read(int side, const board::Item &item);

    QPointer<board::Board> m_board;
    std::array<Side, 2> m_sides;
    Mode m_mode = Mode::Wipe;
    double m_split = 0.5;
    double m_zoom = 1;
    QPointF m_pan;        // shares of the pane, of the middle
    quint64 m_serial = 0; // another pair, another number: late pixels are ignored
    QString m_problem;
    Drag m_drag = Drag::None;
    QPointF m_last;
};

} // namespace moodloom::ui
