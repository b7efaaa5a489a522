#include "ui/controls/DropContent.h"

#include "core/base/WebAddress.h"

#include <QMimeData>
#include <QRegularExpression>
#include <QStringDecoder>
#include <QTextDocumentFragment>

namespace moodloom::ui {
namespace {

constexpr qsizetype mostText = 64 << 20; // characters

const QStringList &encodedTypes()
{
    static const QStringList types{QStringLiteral("image/png"),     QStringLiteral("image/jpeg"),
                                   QStringLiteral("image/webp"),    QStringLiteral("image/tiff"),
                                   QStringLiteral("image/gif"),     QStringLiteral("image/avif"),
                                   QStringLiteral("image/svg+xml"), QStringLiteral("image/bmp")};
    return types;
}

QStringList localFiles(const QMimeData &mime)
{
    QStringList files;
    QList<QUrl> urls = mime.urls();
    if (urls.isEmpty()) // some file managers copy files in this form alone: "copy", then an address
                        // a line
        for (const QByteArray &line :
             mime.data(QStringLiteral("x-special/gnome-copied-files")).split('\n').mid(1))
            urls.append(QUrl::fromEncoded(line.trimmed()));
    for (const QUrl &url : urls)
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    return files;
}

// Text that is a picture: the source of an SVG, or a data URL, as editors and browsers copy them.
QByteArray pictureInText(const QString &text)
{
    if (text.startsWith(QLatin1String("data:image/"))) {
        const qsizetype comma = text.indexOf(QLatin1Char(','));
        const QStringView head = QStringView(text).left(comma);
        if (comma < 0 || text.size() > mostText)
            return {};
        const QByteArray data = QByteArray::fromPercentEncoding(text.mid(comma + 1).toLatin1());
        return head.endsWith(QLatin1String(";base64")) ? QByteArray::fromBase64(data) : data;
    }
    const bool maybe =
        text.startsWith(QLatin1String("<svg")) || text.startsWith(QLatin1String("<?xml")) ||
        text.startsWith(QLatin1String("<!DOCTYPE svg")) || text.startsWith(QLatin1String("<!--"));
    if (maybe && text.size() <= mostText && text.contains(QLatin1String("<svg")) &&
        text.endsWith(QLatin1String("</svg>")))
        return text.toUtf8();
    return {};
}

constexpr qsizetype mostLinks = 64, mostTitle = 200;
constexpr qsizetype mostMarkup = 1 << 20; // characters of it that become a text

QString titleFrom(const QString &text)
{
    const QString title = text.simplified().left(mostTitle);
    return webAddress(title).isValid() ? QString() : title;
}

// The value of an attribute of a tag's inside, entities resolved as far as addresses have them.
QString attribute(const QString &tag, const char *name)
{
    const QRegularExpression pattern(
        QStringLiteral("\\b%1\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>]+))")
            .arg(QLatin1String(name)),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(tag);
    QString value = match.captured(1) + match.captured(2) + match.captured(3);
    return value.replace(QLatin1String("&quot;"), QLatin1String("\""))
        .replace(QLatin1String("&#39;"), QLatin1String("'"))
        .replace(QLatin1String("&amp;"), QLatin1String("&"));
}

// A picture alone, as browsers put it beside its pixels: the inside of its <img>. Words around it
// make it a piece of a page, whose text is meant.
QString onlyPicture(const QString &html)
{
    static const QRegularExpression image(QStringLiteral("<img\\b([^>]*)>"),
                                          QRegularExpression::CaseInsensitiveOption),
        unseen(QStringLiteral("<!--.*?-->|<(head|style|script|title)\\b.*?</\\1>"),
               QRegularExpression::CaseInsensitiveOption |
                   QRegularExpression::DotMatchesEverythingOption),
        tags(QStringLiteral("<[^>]*>|&nbsp;"));
    if (html.size() > mostText)
        return {};
    QString rest = html;
    rest.remove(unseen);
    const auto match = image.match(rest);
    if (!match.hasMatch() || image.match(rest, match.capturedEnd()).hasMatch())
        return {};
    return rest.remove(tags).trimmed().isEmpty() ? match.captured(1) : QString();
}

// Firefox: the address and, in the next line, what it is called; UTF-16.
QStringList mozillaLines(const QMimeData &mime, const char *type)
{
    const QByteArray data = mime.data(QLatin1String(type)).left(mostText);
    QStringDecoder decode(QStringDecoder::Utf16LE);
    const QString text = decode(data);
    return text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

// What of the web is offered, best first; `picture`: the inside of an <img>, which names the
// picture where everything else may name a page that it leads to.
QVector<WebLink> linksFrom(const QMimeData &mime, const QString &picture)
{
    QVector<WebLink> links;
    const auto add = [&links](const QString &text, const QString &title) {
        const QUrl address = webAddress(text);
        const bool known = std::any_of(links.begin(), links.end(), [&](const WebLink &link) {
            return link.address == address;
        });
        if (address.isValid() && !known && links.size() < mostLinks)
            links.append({address, titleFrom(title)});
        return address.isValid();
    };
    const QStringList mozilla = mozillaLines(mime, "text/x-moz-url");
    QString source = attribute(picture, "src");
    if (source.startsWith(QLatin1String("//")))
        source.prepend(QLatin1String("https:"));
    const QString alternative = attribute(picture, "alt");
    if (add(source, alternative.isEmpty() ? mozilla.value(1) : alternative))
        return links;
    if (add(mozillaLines(mime, "application/x-moz-file-promise-url").value(0), mozilla.value(1)))
        return links;
    for (qsizetype i = 0; i < mozilla.size(); i += 2) // as many as were dragged
        add(mozilla[i], mozilla.value(i + 1));
    if (!links.isEmpty())
        return links;
    if (mime.hasFormat(QStringLiteral("text/uri-list")))
        for (const QUrl &url : mime.urls())
            add(url.toString(QUrl::FullyEncoded), {});
    if (links.isEmpty()) // a line each, and nothing else
        for (const QString &line :
             mime.text().left(mostText).split(QLatin1Char('\n'), Qt::SkipEmptyParts))
            if (!line.trimmed().isEmpty() && !add(line, {}))
                return {};
    return links;
}

} // namespace

DropContent dropContentFrom(const QMimeData &mime)
{
    DropContent content;
    content.files = localFiles(mime);
    if (!content.files.isEmpty()) {
        if (content.files.size() == 1)
            content.assetId = mime.data(QLatin1String(assetMimeType)).toLongLong();
        return content;
    }
    const QString picture = mime.hasHtml() ? onlyPicture(mime.html()) : QString();
    content.links = linksFrom(mime, picture);
    // The encoded form first: it is the file itself, with its colours and without another loss.
    for (const QString &type : encodedTypes())
        if (mime.hasFormat(type)) {
            content.encoded = mime.data(type);
            if (!content.encoded.isEmpty())
                return content;
        }
    if (mime.hasImage()) {
        content.image = mime.imageData().value<QImage>();
        if (!content.image.isNull())
            return content;
    }
    content.encoded = pictureInText(attribute(picture, "src")); // a page's small pictures are in it
    if (!content.encoded.isEmpty())
        return content;
    content.text = mime.text().trimmed();
    if (content.text.isEmpty() && content.links.isEmpty() && mime.hasHtml())
        content.text =
            QTextDocumentFragment::fromHtml(mime.html().left(mostMarkup)).toPlainText().trimmed();
    if (content.text.isEmpty() && !content.links.isEmpty())
        content.text = content.links.first().address.toString(QUrl::FullyEncoded);
    if (content.encoded = pictureInText(content.text); !content.encoded.isEmpty())
        content.text.clear();
    return content;
}

bool canDrop(const QMimeData &mime)
{
    return mime.hasImage() || mime.hasText() || mime.hasHtml() || mime.hasUrls() ||
           mime.hasFormat(QStringLiteral("text/x-moz-url")) || !localFiles(mime).isEmpty();
}

QString DropContent::source() const
{
    return links.isEmpty() ? QString() : links.first().address.toString(QUrl::FullyEncoded);
}

QString captionFrom(const QMimeData &mime)
{
    const QString text = mime.text();
    const bool says = !text.contains(QLatin1Char('\n')) && text.size() < 200 &&
                      !text.contains(QLatin1String("://"));
    return says ? text : QString();
}

} // namespace moodloom::ui
