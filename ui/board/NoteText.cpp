#include "ui/board/NoteText.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextOption>

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
    QImage image(QSize(int(std::ceil(size.width() * pixelsPerUnit)),
                       int(std::ceil(size.height() * pixelsPerUnit))),
                 QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    NoteDocument document;
    layOut(document, markdown, font, size.width());
    paintLinks(document, ink);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(pixelsPerUnit, pixelsPerUnit);
    painter.translate(marginX, marginY);
    QAbstractTextDocumentLayout::PaintContext context;
    context.palette.setColor(QPalette::Text, ink);
    context.clip = QRectF(0, 0, size.width() - 2 * marginX, size.height() - 2 * marginY);
    painter.setClipRect(context.clip);
    document.documentLayout()->draw(&painter, context);
    return image;
}

QString noteWords(const QString &markdown)
{
    QTextDocument document;
    document.setMarkdown(markdown, QTextDocument::MarkdownDialectGitHub);
    return document.toPlainText().simplified();
}

} // namespace moodloom::ui
