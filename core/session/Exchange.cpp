#include "core/session/Exchange.h"

#include "core/board/Regions.h"
#include "core/board/Stroke.h"

#include <QEventLoop>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace moodloom::session {
namespace {

generation::RecipePicture recipePicture(const board::FramePicture &picture)
{
    return {picture.path, picture.hash};
}

board::FramePicture framePicture(const generation::RecipePicture &picture)
{
    return {picture.path, picture.hash};
}

} // namespace

generation::PaintSettings settingsOf(const board::Frame &frame)
{
    generation::PaintSettings settings;
    settings.negativePrompt = frame.negativePrompt;
    settings.seed = frame.seed;
    settings.randomSeed = frame.randomSeed;
    settings.size = frame.pixels;
    settings.steps = frame.steps;
    settings.guidance = frame.guidance;
    settings.sampler =
        generation::samplerFromName(frame.sampler).value_or(generation::Sampler::Auto);
    settings.model = frame.model;
    for (const board::FrameLora &lora : frame.loras)
        settings.loras.append({lora.path, lora.scale});
    settings.start = {recipePicture(frame.start.picture), frame.start.strength,
                      recipePicture(frame.start.mask)};
    for (const board::FrameControl &control : frame.controls)
        settings.controls.append({control.network, recipePicture(control.picture), control.scale});
    settings.adapters = frame.adapters;
    settings.imageEncoder = frame.imageEncoder;
    return settings;
}

board::Frame withSettings(board::Frame frame, const generation::PaintSettings &settings)
{
    frame.negativePrompt = settings.negativePrompt;
    frame.seed = settings.seed;
    frame.randomSeed = settings.randomSeed;
    if (frame.pixels != settings.size) {
        // The frame keeps its area and takes the picture's aspect.
        const double area = frame.size.width() * frame.size.height();
        const double aspect = double(settings.size.width()) / settings.size.height();
        frame.size = QSizeF(std::sqrt(area * aspect), std::sqrt(area / aspect));
        frame.pixels = settings.size;
    }
    frame.steps = settings.steps;
    frame.guidance = settings.guidance;
    frame.sampler = generation::samplerName(settings.sampler);
    frame.model = settings.model;
    frame.loras.clear();
    for (const generation::RecipeLora &lora : settings.loras)
        frame.loras.append({lora.path, lora.scale});
    frame.start = {framePicture(settings.start.picture), settings.start.strength,
                   framePicture(settings.start.mask)};
    frame.controls.clear();
    for (const generation::RecipeControl &control : settings.controls)
        frame.controls.append({control.network, framePicture(control.picture), control.scale});
    frame.adapters = settings.adapters;
    frame.imageEncoder = settings.imageEncoder;
    return frame;
}

board::Picture pictureOf(const retrieval::Reference &reference, const QVector<prompt::Facet> &facets)
{
    board::Picture picture;
    picture.hash = reference.asset.hash;
    picture.path = reference.asset.path;
    picture.size = reference.asset.size;
    picture.caption = reference.asset.description;
    if (reference.facet >= 0 && reference.facet < facets.size())
        picture.facet = facets[reference.facet].text;
    picture.state = reference.state;
    picture.role = reference.role;
    picture.steps = reference.steps;
    picture.weight = reference.weight;
    picture.assetId = reference.asset.id;
    // What is shown of a picture is what acts: a part that was found is a crop to look at and edit.
    const QRectF &part = reference.part;
    if (!part.isEmpty())
        picture.crop = QRectF(part.x() * picture.size.width(), part.y() * picture.size.height(),
                              part.width() * picture.size.width(),
                              part.height() * picture.size.height())
                           .toRect();
    return picture;
}

namespace {

// What was drawn over the frame, as large as its picture; null when nothing was.
QImage drawingIn(const board::Board &board, const board::Item &frame, QSize size)
{
    const QRectF rect = board::localRect(frame);
    if (rect.isEmpty() || size.isEmpty())
        return {};
    QTransform toPixels = board::toBoard(frame).inverted();
    toPixels *= QTransform::fromTranslate(-rect.left(), -rect.top());
    toPixels *= QTransform::fromScale(size.width() / rect.width(), size.height() / rect.height());
    QImage image;
    for (const board::ItemId &id : board.items()) {
        const board::Item &item = *board.item(id);
        if (!item.stroke() || !item.isVisible() || board::outline(item).intersected(board::outline(frame)).isEmpty())
            continue;
        if (image.isNull()) {
            image = QImage(size, QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::transparent);
        }
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setOpacity(item.opacity);
        painter.setTransform(board::toBoard(item) * toPixels);
        board::paintStroke(painter, *item.stroke());
    }
    return image;
}

} // namespace

exporting::TakeExport exportOf(const generation::Take &take, const board::Board *board,
                               board::ItemId frame)
{
    exporting::TakeExport content;
    content.take = take;
    for (const generation::RecipeReference &reference : take.recipe.references)
        content.references.append(
            {reference.caption, {}, reference.path, reference.weight, reference.region});
    const board::Item *canvas = board ? board->item(frame) : nullptr;
    if (!canvas)
        return content;
    for (const board::ItemId &id : board->items()) {
        const board::Item *item = board->item(id);
        if (!item->note())
            continue;
        const QRectF region = board::regionInFrame(*item, *canvas);
        if (!region.isEmpty())
            content.notes.append({item->note()->text, region});
    }
    content.drawing = drawingIn(*board, *canvas, take.image.size());
    return content;
}

Result<void> waitUntilSaved(board::Board &board, board::ItemId frame)
{
    QEventLoop loop;
    const auto check = [&] {
        if (!board.takes(frame).isEmpty() && board.saveState() != board::Board::SaveState::Saving)
            loop.quit();
    };
    QObject::connect(&board, &board::Board::takesChanged, &loop, check);
    QObject::connect(&board, &board::Board::acknowledged, &loop, check);
    QObject::connect(&board, &board::Board::saveStateChanged, &loop, check);
    QMetaObject::invokeMethod(&loop, check, Qt::QueuedConnection);
    loop.exec();
    if (board.saveError())
        return fail(*board.saveError());
    return {};
}

const generation::Take *findTake(const QVector<generation::Take> &takes, const QString &id)
{
    const auto found = std::find_if(takes.cbegin(), takes.cend(),
                                    [&](const generation::Take &take) { return take.id == id; });
    return found == takes.cend() ? nullptr : &*found;
}

} // namespace moodloom::session
