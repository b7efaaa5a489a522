#include "ui/board/NoteText.h"

#include <QAbstractTextDocumentLayout>
#include <QFontMetricsF>
#include <QLinearGradient>
#include <QPainter>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextOption>

#include <algorithm>
#include <cmath>
#include <vector>

namespace moodloom::ui {
namespace {

constexpr double marginX = 10, marginY = 8;

class NoteDocument : public QTextDocument
{
protected:
    // A note must not make the UI thread read files.
    QVariant loadResource(int, const QUrl &) override { return {}; }
};

// Two blanks before the end of a line make Markdown keep it: people break lines where they mean it.
QString withBreaks(const QString &text)
{
    QString kept = text;
    return kept.replace(QLatin1Char('\n'), QStringLiteral("  \n"));
}

// Links in the note's own ink, so that they can be read on every paper.
void paintLinks(QTextDocument &document, const QColor &ink)
{
    struct Range
    {
        int from, to;
    };
    std::vector<Range> links; // first all of them: changing formats makes other fragments
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        for (auto it = block.begin(); !it.atEnd(); ++it)
            if (const QTextFragment fragment = it.fragment();
                fragment.isValid() && fragment.charFormat().isAnchor())
                links.push_back({fragment.position(), fragment.position() + fragment.length()});
    QTextCharFormat format;
    format.setForeground(ink);
    format.setFontUnderline(true);
    QTextCursor cursor(&document);
    for (const Range &link : links) {
        cursor.setPosition(link.from);
        cursor.setPosition(link.to, QTextCursor::KeepAnchor);
        cursor.mergeCharFormat(format);
    }
}

void layOut(NoteDocument &document, const QString &markdown, const QFont &font, double width)
{
    document.setDocumentMargin(0);
    document.setDefaultFont(font);
    document.setIndentWidth(18);
    QTextOption option = document.defaultTextOption();
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere); // an address is one long word
    document.setDefaultTextOption(option);
    document.setMarkdown(withBreaks(markdown),
                         QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub |
                                                         QTextDocument::MarkdownNoHTML));
    document.setTextWidth(width - 2 * marginX);
}

QImage blank(QSizeF size, double pixelsPerUnit)
{
    QImage image(QSize(int(std::ceil(size.width() * pixelsPerUnit)),
                       int(std::ceil(size.height() * pixelsPerUnit))),
                 QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    return image;
}

// What is cut below fades, and an ellipsis says that there is more.
void paintCut(QPainter &painter, const QFont &font, const QColor &ink, const QRectF &shown)
{
    const QFontMetricsF metrics(font);
    const double height = std::min(1.5 * metrics.height(), shown.height());
    const QRectF end(shown.left(), shown.bottom() - height, shown.width(), height);
    QLinearGradient fade(end.topLeft(), end.bottomLeft());
    fade.setColorAt(0, Qt::black);
    fade.setColorAt(0.9, Qt::transparent);
    painter.setCompositionMode(QPainter::CompositionMode_DestinationIn);
    painter.fillRect(end, fade);
    const QString ellipsis(QChar(0x2026));
    QRectF corner = end;
    corner.setLeft(end.right() - metrics.horizontalAdvance(ellipsis) - 2);
    corner.setTop(std::max(end.top(), end.bottom() - metrics.height()));
    painter.setCompositionMode(QPainter::CompositionMode_Clear);
    painter.fillRect(corner, Qt::black);
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(corner, Qt::AlignRight | Qt::AlignBottom, ellipsis);
}

void paintText(QPainter &painter, const QString &markdown, const QFont &font, const QColor &ink,
               const QRectF &paper)
{
    NoteDocument document;
    layOut(document, markdown, font, paper.width());
    paintLinks(document, ink);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(paper.left() + marginX, paper.top() + marginY);
    QAbstractTextDocumentLayout::PaintContext context;
    context.palette.setColor(QPalette::Text, ink);
    context.clip = QRectF(0, 0, paper.width() - 2 * marginX, paper.height() - 2 * marginY);
    painter.setClipRect(context.clip);
    document.documentLayout()->draw(&painter, context);
    if (document.size().height() > context.clip.height() + 1)
        paintCut(painter, font, ink, context.clip);
}

} // namespace

QFont noteFont(QFont font)
{
    font.setPixelSize(15);
    return font;
}

double noteHeight(const QString &markdown, const QFont &font, double width)
{
    NoteDocument document;
    layOut(document, markdown, font, width);
    return std::ceil(document.size().height()) + 2 * marginY;
}

QImage noteText(const QString &markdown, const QFont &font, const QColor &ink, QSizeF size,
                double pixelsPerUnit)
{
    QImage image = blank(size, pixelsPerUnit);
    QPainter painter(&image);
    painter.scale(pixelsPerUnit, pixelsPerUnit);
    paintText(painter, markdown, font, ink, QRectF(QPointF(), size));
    return image;
}

QImage webCard(const QString &host, const QString &state, const QString &markdown,
               const QFont &font, const QColor &ink, QSizeF size, double pixelsPerUnit)
{
    QImage image = blank(size, pixelsPerUnit);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(pixelsPerUnit, pixelsPerUnit);
    // A globe, as everywhere for the web.
    const QRectF globe(marginX, (webHeadingHeight - 14) / 2, 14, 14);
    painter.setPen(QPen(ink, 1.2));
    painter.drawEllipse(globe);
    painter.drawEllipse(globe.center(), globe.width() / 4, globe.height() / 2);
    painter.drawLine(QPointF(globe.left(), globe.center().y()),
                     QPointF(globe.right(), globe.center().y()));
    QFont small = font;
    small.setPixelSize(13);
    painter.setFont(small);
    const QFontMetricsF metrics(small);
    const double stateWidth = state.isEmpty() ? 0 : metrics.horizontalAdvance(state) + marginX;
    const QRectF line(globe.right() + 7, 0, size.width() - globe.right() - 7 - marginX,
                      webHeadingHeight);
    painter.drawText(line.adjusted(0, 0, -stateWidth, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(host, Qt::ElideLeft, line.width() - stateWidth));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, state);
    painter.setOpacity(0.35);
    painter.drawLine(QPointF(0, webHeadingHeight), QPointF(size.width(), webHeadingHeight));
    painter.setOpacity(1);
    paintText(painter, markdown, font, ink,
              QRectF(0, webHeadingHeight, size.width(), size.height() - webHeadingHeight));
    return image;
}

QString noteWords(const QString &markdown)
{
    QTextDocument document;
    document.setMarkdown(markdown, QTextDocument::MarkdownDialectGitHub);
    return document.toPlainText().simplified();
}

} // namespace moodloom::ui
