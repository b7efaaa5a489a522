#include "ui/board/CanvasSprites.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace moodloom::ui {
namespace {

QImage canvas(QSizeF size, double pixelRatio)
{
    QImage image(QSize(int(std::ceil(size.width() * pixelRatio)), int(std::ceil(size.height() * pixelRatio))),
                 QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(pixelRatio);
    image.fill(Qt::transparent);
    return image;
}

} // namespace

QImage badge(double weight, bool pinned, const QColor &ink, double pixelRatio)
{
    QImage image = canvas({badgeSide, badgeSide}, pixelRatio);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF disc(1, 1, badgeSide - 2, badgeSide - 2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 176));
    painter.drawEllipse(disc);
    const QRectF ring = disc.adjusted(3, 3, -3, -3);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(255, 255, 255, 60), 2));
    painter.drawEllipse(ring);
    painter.setPen(QPen(ink, 2.5, Qt::SolidLine, Qt::FlatCap));
    painter.drawArc(ring, 90 * 16, int(-std::clamp(weight / 2, 0.0, 1.0) * 360 * 16));
    if (pinned) { // a needle seen from the side
        painter.translate(badgeSide / 2.0, badgeSide / 2.0);
        painter.rotate(40);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawRoundedRect(QRectF(-3.4, -5, 6.8, 1.8), 0.9, 0.9);
        painter.drawRect(QRectF(-1.9, -4, 3.8, 4.2));
        painter.drawRoundedRect(QRectF(-3.4, 0, 6.8, 1.6), 0.8, 0.8);
        painter.drawRect(QRectF(-0.6, 1, 1.2, 4.6));
    }
    return image;
}

QImage turnHandle(const QColor &fill, const QColor &line, double pixelRatio)
{
    QImage image = canvas({turnHandleSide, turnHandleSide}, pixelRatio);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(line, 1));
    painter.setBrush(fill);
    painter.drawEllipse(QRectF(3.5, 3.5, turnHandleSide - 7, turnHandleSide - 7));
    return image;
}

QImage lockMark(const QColor &ink, const QColor &ground, double pixelRatio)
{
    QImage image = canvas({turnHandleSide, turnHandleSide}, pixelRatio);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(0, 0, turnHandleSide, turnHandleSide), 3, 3);
    painter.setBrush(ink);
    painter.drawRoundedRect(QRectF(3.5, 7, 9, 6.5), 1, 1);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ink, 1.5));
    painter.drawArc(QRectF(5.25, 3, 5.5, 7), 0, 180 * 16);
    return image;
}

QImage label(const QString &text, const QFont &font, const QColor &ink, const QColor &ground,
             double width, double pixelRatio)
{
    const QFontMetricsF metrics(font);
    const double margin = 5;
    const QString line = metrics.elidedText(text, Qt::ElideRight, std::max(0.0, width - 2 * margin));
    QImage image = canvas({metrics.horizontalAdvance(line) + 2 * margin, metrics.height() + 4}, pixelRatio);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    const QRectF area(QPointF(), image.deviceIndependentSize());
    painter.drawRoundedRect(area, 4, 4);
    painter.setPen(ink);
    painter.setFont(font);
    painter.drawText(QPointF(margin, 2 + metrics.ascent()), line);
    return image;
}

QImage awayPicture(const QString &text, QSizeF shape, QFont font, const QColor &ink, const QColor &ground)
{
    QImage image = canvas(shape.scaled(640, 640, Qt::KeepAspectRatio).expandedTo({16, 16}), 1);
    image.fill(ground);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF middle = QRectF(image.rect()).center() - QPointF(0, 30);
    painter.setPen(QPen(ink, 5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolygon(QPolygonF({middle + QPointF(0, -42), middle + QPointF(48, 42), middle + QPointF(-48, 42)}));
    painter.drawLine(middle + QPointF(0, -12), middle + QPointF(0, 14));
    painter.drawPoint(middle + QPointF(0, 28));
    font.setPixelSize(36);
    painter.setFont(font);
    const QRectF below(8, middle.y() + 56, image.width() - 16, image.height() - middle.y() - 60);
    painter.drawText(below, Qt::AlignHCenter | Qt::TextWordWrap, text);
    return image;
}

QColor inkOn(const QColor &ground)
{
    const double luminance = 0.2126 * ground.redF() + 0.7152 * ground.greenF() + 0.0722 * ground.blueF();
    return luminance > 0.5 ? QColor(0x1b, 0x1b, 0x1c) : QColor(0xf0, 0xf0, 0xf2);
}

} // namespace moodloom::ui
