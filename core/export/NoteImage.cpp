#include "core/export/NoteImage.h"

#include <QFont>
#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace moodloom::exporting {

QImage noteImage(const QString &text, QSize box, QSize canvas)
{
    constexpr int kWrap = Qt::TextWordWrap | Qt::TextWrapAnywhere; // Chinese has no spaces
    constexpr int kSmallest = 9, kLinesDownTheCanvas = 36, kTallest = 30'000;
    QFont font;
    font.setPixelSize(std::max(kSmallest, canvas.height() / kLinesDownTheCanvas));
    const int margin = font.pixelSize() / 2;
    const int width = std::max(box.width(), font.pixelSize() * 4);
    const QRect room(margin, margin, width - 2 * margin, kTallest);
    const QRect used = QFontMetrics(font).boundingRect(room, kWrap, text);
    const int height =
        std::clamp(used.height() + 2 * margin, box.height(), std::max(box.height(), kTallest));

    QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return image;
    image.fill(QColor(244, 244, 246, 235));
    QPainter painter(&image);
    painter.setFont(font);
    painter.setPen(QColor(27, 27, 28));
    painter.drawText(room, kWrap, text);
    return image;
}

} // namespace moodloom::exporting
