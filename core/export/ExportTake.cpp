#include "core/export/ExportTake.h"

#include "core/base/Text.h"
#include "core/export/NoteImage.h"
#include "core/export/Png.h"
#include "core/export/TakeMetadata.h"
#include "core/image/Decode.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>

namespace moodloom::exporting {
namespace {

const QByteArray kRecipeKeyword = QByteArrayLiteral("moodloom");

QString text(const char *source)
{
    return QCoreApplication::translate("moodloom::exporting", source);
}

// In pixels; everything when the region is empty.
QRect pixelArea(const QRectF &region, QSize size)
{
    if (region.isEmpty())
        return {QPoint(), size};
    return QRectF(region.x() * size.width(), region.y() * size.height(),
                  region.width() * size.width(), region.height() * size.height())
        .toRect();
}

// The first line of a text, as the name of a layer: captions have a line for each language.
QString firstLine(const QString &text)
{
    constexpr qsizetype kLongest = 80;
    QString line = text.trimmed().section(u'\n', 0, 0).simplified();
    if (line.size() > kLongest)
        line.truncate(line.at(kLongest - 1).isHighSurrogate() ? kLongest - 1 : kLongest);
    return line;
}

QString layerName(const ExportReference &reference)
{
    if (const QString name = firstLine(reference.caption); !name.isEmpty())
        return name;
    const QString file = QFileInfo(reference.path).completeBaseName();
    return file.isEmpty() ? text(QT_TRANSLATE_NOOP("moodloom::exporting", "Reference")) : file;
}

// The picture itself, reduced while it is read where the file has far more pixels than `most`.
Result<QImage> pictureOf(const ExportReference &reference, int most)
{
    if (!reference.image.isNull())
        return reference.image;
    image::DecodeOptions options;
    options.maxSide = most;
    return image::decode(reference.path, options);
}

PsdLayer referenceLayer(const ExportReference &reference, QSize size, ExportReport &report)
{
    PsdLayer layer;
    layer.name = layerName(reference);
    const QRect area = pixelArea(reference.region, size);
    const auto picture = pictureOf(reference, std::max({area.width(), area.height(), 1}));
    if (!picture) {
        report.missing.append(QStringLiteral("%1: %2").arg(layer.name, userText(picture.error())));
        return layer;
    }
    const QSize scaled =
        picture->size().scaled(area.size(), Qt::KeepAspectRatio).expandedTo({1, 1});
    layer.image = picture->scaled(scaled, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    layer.position = area.topLeft() + QPoint((area.width() - scaled.width()) / 2,
                                             (area.height() - scaled.height()) / 2);
    return layer;
}

PsdLayer group(const char *name, bool visible)
{
    PsdLayer layer;
    layer.kind = PsdLayer::Kind::Group;
    layer.name = text(name);
    layer.visible = visible;
    return layer;
}

PsdLayer takeGroup(const generation::Take &take)
{
    PsdLayer result = group(QT_TRANSLATE_NOOP("moodloom::exporting", "Take"), true);
    PsdLayer picture;
    picture.name = firstLine(take.recipe.prompt);
    if (picture.name.isEmpty())
        picture.name = text(QT_TRANSLATE_NOOP("moodloom::exporting", "Picture"));
    picture.image = take.image;
    result.children.push_back(std::move(picture));
    return result;
}

PsdLayer noteGroup(const QVector<ExportNote> &notes, QSize size)
{
    PsdLayer result = group(QT_TRANSLATE_NOOP("moodloom::exporting", "Notes"), false);
    const int margin = std::max(4, size.width() / 64);
    int y = margin;
    for (const ExportNote &note : notes) {
        const QRect area = note.region.isEmpty() ? QRect(margin, y, size.width() / 3, 0)
                                                 : pixelArea(note.region, size);
        PsdLayer layer;
        layer.name = firstLine(note.text);
        layer.image = noteImage(note.text, area.size(), size);
        layer.position = area.topLeft();
        if (note.region.isEmpty())
            y += layer.image.height() + margin;
        result.children.push_back(std::move(layer));
    }
    return result;
}

} // namespace

Result<PsdDocument> takeDocument(const TakeExport &content, ExportReport *report,
                                 const ExportControl &control)
{
    const generation::Take &take = content.take;
    if (take.image.isNull())
        return fail(ErrorCode::Invalid, take.id.toStdString(), "the take has no picture");
    PsdDocument document;
    document.size = take.image.size();
    document.caption = take.recipe.prompt;
    QStringList notes;
    for (const ExportNote &note : content.notes)
        notes.append(note.text);
    document.xmp = recipeXmp(take.recipe, notes);

    document.layers.push_back(takeGroup(take));
    ExportReport problems;
    PsdLayer references = group(QT_TRANSLATE_NOOP("moodloom::exporting", "References"), false);
    for (const ExportReference &reference : content.references) {
        if (control.stop.stop_requested())
            return cancelled();
        references.children.push_back(referenceLayer(reference, document.size, problems));
    }
    if (!references.children.empty())
        document.layers.push_back(std::move(references));
    if (!content.notes.isEmpty())
        document.layers.push_back(noteGroup(content.notes, document.size));
    if (!content.drawing.isNull()) {
        PsdLayer drawing = group(QT_TRANSLATE_NOOP("moodloom::exporting", "Drawing"), false);
        PsdLayer lines;
        lines.name = drawing.name;
        lines.image = content.drawing.scaled(document.size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        drawing.children.push_back(std::move(lines));
        document.layers.push_back(std::move(drawing));
    }
    if (report)
        *report = std::move(problems);
    return document;
}

Result<ExportReport> exportPsd(const TakeExport &content, const QString &path, PsdFormat format,
                               const ExportControl &control)
{
    ExportReport report;
    const auto document = takeDocument(content, &report, control);
    if (!document)
        return fail(document.error());
    if (auto written = writePsd(*document, path, format, control); !written)
        return fail(written.error());
    return report;
}

Result<void> exportPng(const generation::Take &take, const QString &path,
                       const ExportControl &control)
{
    const QVector<PngText> texts{
        {kRecipeKeyword, recipeText(take.recipe)},
        {QByteArrayLiteral("parameters"), parametersText(take.recipe)},
        {QByteArrayLiteral("Software"), QStringLiteral("Moodloom " MOODLOOM_VERSION)},
        {QByteArrayLiteral("XML:com.adobe.xmp"), QString::fromUtf8(recipeXmp(take.recipe))}};
    return writePng(take.image, path, texts, control);
}

Result<generation::Recipe> readRecipe(const QString &pngPath)
{
    const auto texts = readPngTexts(pngPath);
    if (!texts)
        return fail(texts.error());
    const auto found = std::find_if(texts->begin(), texts->end(), [](const PngText &text) {
        return text.keyword == kRecipeKeyword;
    });
    if (found == texts->end())
        return fail(ErrorCode::NotFound, pngPath.toStdString(), "the picture has no recipe inside");
    QJsonParseError error;
    const auto json = QJsonDocument::fromJson(found->text.toUtf8(), &error);
    if (!json.isObject())
        return fail(ErrorCode::Corrupt, pngPath.toStdString(),
                    "its recipe is damaged: " + error.errorString().toStdString());
    return generation::recipeFromJson(json.object());
}

} // namespace moodloom::exporting
