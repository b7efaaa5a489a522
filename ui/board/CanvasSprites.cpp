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
    if (pinned) { // the icon pin-filled.svg, which the cards of references wear
        painter.translate(badgeSide / 2.0, badgeSide / 2.0);
        painter.scale(0.75, 0.75);
        painter.translate(-8, -8.2);
        painter.setPen(QPen(ink, 1.25, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(ink);
        painter.drawPolygon(
            QPolygonF({{6.3, 2.5}, {6.3, 6.5}, {4, 9.2}, {12, 9.2}, {9.7, 6.5}, {9.7, 2.5}}));
        painter.drawLine(QPointF(5.5, 2.5), QPointF(10.5, 2.5));
        painter.drawLine(QPointF(8, 9.2), QPointF(8, 13.8));
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

QImage awayPicture(const QString &text, QSizeF shape, double longest, QFont font, const QColor &ink,
                   const QColor &ground)
{
    const double scale = std::max(longest, 16.0) / 640;
    QImage image = canvas(shape.scaled(640, 640, Qt::KeepAspectRatio).expandedTo({16, 16}), scale);
    image.setDevicePixelRatio(1);
    image.fill(ground);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(scale, scale);
    const QSizeF area = QSizeF(image.size()) / scale;
    const QPointF middle(area.width() / 2, area.height() / 2 - 30);
    painter.setPen(QPen(ink, 5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolygon(QPolygonF({middle + QPointF(0, -42), middle + QPointF(48, 42), middle + QPointF(-48, 42)}));
    painter.drawLine(middle + QPointF(0, -12), middle + QPointF(0, 14));
    painter.drawPoint(middle + QPointF(0, 28));
    font.setPixelSize(36);
    painter.setFont(font);
    const QRectF below(28, middle.y() + 56, area.width() - 56, area.height() - middle.y() - 60);
    painter.drawText(below, Qt::AlignHCenter | Qt::TextWordWrap, text);
    return image;
}

QColor inkOn(const QColor &ground)
{
    const double luminance = 0.2126 * ground.redF() + 0.7152 * ground.greenF() + 0.0722 * ground.blueF();
    return luminance > 0.5 ? QColor(0x1b, 0x1b, 0x1c) : QColor(0xf0, 0xf0, 0xf2);
}

} // namespace moodloom::ui
