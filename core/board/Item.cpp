#include "core/board/Item.h"

#include "core/base/WebAddress.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>

namespace moodloom::board {
namespace {

constexpr std::array kinds{"picture", "note", "frame", "stroke"};
constexpr std::array states{"suggested", "pinned", "dropped"};
constexpr std::array roles{"content", "style", "layout"};
constexpr std::array axisKinds{"none", "seed", "weight", "model", "words"};

template <class Enum, size_t N>
bool readEnum(const QJsonValue &json, const std::array<const char *, N> &names, Enum *value)
{
    for (size_t i = 0; i < N; ++i)
        if (json.toString() == QLatin1String(names[i])) {
            *value = Enum(i);
            return true;
        }
    return false;
}

QJsonArray pair(double a, double b)
{
    return {a, b};
}

bool readPair(const QJsonValue &json, double *a, double *b)
{
    const QJsonArray array = json.toArray();
    if (array.size() != 2 || !array[0].isDouble() || !array[1].isDouble())
        return false;
    *a = array[0].toDouble();
    *b = array[1].toDouble();
    return std::isfinite(*a) && std::isfinite(*b);
}

template <class Size> bool readSize(const QJsonValue &json, Size *size)
{
    double w = 0, h = 0;
    if (!readPair(json, &w, &h) || w < 0 || h < 0 || w > 1e9 || h > 1e9)
        return false;
    *size = Size(decltype(size->width())(w), decltype(size->height())(h));
    return true;
}

// Empty = null; else inside `size`, so that there are pixels to show.
bool readCrop(const QJsonValue &json, QSize size, QRectF *crop)
{
    if (json.isUndefined())
        return true;
    const QJsonArray array = json.toArray();
    double values[4];
    if (array.size() != 4 || !readPair(QJsonArray{array[0], array[1]}, &values[0], &values[1]) ||
        !readPair(QJsonArray{array[2], array[3]}, &values[2], &values[3]))
        return false;
    *crop = QRectF(values[0], values[1], values[2], values[3]);
    return crop->width() > 0 && crop->height() > 0 &&
           QRectF(QPointF(), QSizeF(size)).adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(*crop);
}

QJsonObject pictureJson(const Picture &picture)
{
    QJsonObject json{{QStringLiteral("hash"), picture.hash},
            {QStringLiteral("path"), picture.path},
            {QStringLiteral("size"), pair(picture.size.width(), picture.size.height())},
            {QStringLiteral("caption"), picture.caption},
            {QStringLiteral("facet"), picture.facet},
            {QStringLiteral("state"), stateName(picture.state)},
            {QStringLiteral("role"), roleName(picture.role)},
            {QStringLiteral("weight"), picture.weight},
            {QStringLiteral("asset"), picture.assetId},
            {QStringLiteral("touched"), picture.touched}};
    const QRectF &crop = picture.crop;
    if (!crop.isNull())
        json.insert(QStringLiteral("crop"),
                    QJsonArray{crop.x(), crop.y(), crop.width(), crop.height()});
    if (!picture.steps.isWhole())
        json.insert(QStringLiteral("steps"), pair(picture.steps.from, picture.steps.to));
    if (picture.greyscale)
        json.insert(QStringLiteral("greyscale"), true);
    return json;
}

bool readSteps(const QJsonValue &json, StepRange *steps)
{
    return json.isUndefined() || (readPair(json, &steps->from, &steps->to) && steps->isValid());
}

bool readPicture(const QJsonObject &json, Picture *picture)
{
    picture->hash = json[QStringLiteral("hash")].toString();
    picture->path = json[QStringLiteral("path")].toString();
    picture->caption = json[QStringLiteral("caption")].toString();
    picture->facet = json[QStringLiteral("facet")].toString();
    picture->weight = json[QStringLiteral("weight")].toDouble(1);
    picture->assetId = json[QStringLiteral("asset")].toInteger();
    picture->touched = json[QStringLiteral("touched")].toBool();
    picture->greyscale = json[QStringLiteral("greyscale")].toBool();
    return readSize(json[QStringLiteral("size")], &picture->size) &&
           readCrop(json[QStringLiteral("crop")], picture->size, &picture->crop) &&
           readSteps(json[QStringLiteral("steps")], &picture->steps) &&
           readEnum(json[QStringLiteral("state")], states, &picture->state) &&
           readEnum(json[QStringLiteral("role")], roles, &picture->role);
}

QJsonObject noteJson(const Note &note)
{
    QJsonObject json{{QStringLiteral("text"), note.text},
                     {QStringLiteral("color"), note.color.name(QColor::HexArgb)},
                     {QStringLiteral("size"), pair(note.size.width(), note.size.height())}};
    if (!note.acts)
        json.insert(QStringLiteral("acts"), false);
    if (note.weight != 1)
        json.insert(QStringLiteral("weight"), note.weight);
    if (!note.steps.isWhole())
        json.insert(QStringLiteral("steps"), pair(note.steps.from, note.steps.to));
    return json;
}

bool readNote(const QJsonObject &json, Note *note)
{
    note->text = json[QStringLiteral("text")].toString();
    note->color = QColor(json[QStringLiteral("color")].toString());
    note->acts = json[QStringLiteral("acts")].toBool(true);
    note->weight = std::clamp(json[QStringLiteral("weight")].toDouble(1), 0.0, 2.0);
    return note->color.isValid() && readSize(json[QStringLiteral("size")], &note->size) &&
           readSteps(json[QStringLiteral("steps")], &note->steps);
}

QJsonObject strokeJson(const Stroke &stroke)
{
    QJsonArray points; // three numbers each: thousands of small arrays would be slow to read
    for (const StrokePoint &point : stroke.points) {
        points.append(point.at.x());
        points.append(point.at.y());
        points.append(point.pressure);
    }
    return {{QStringLiteral("color"), stroke.color.name()},
            {QStringLiteral("width"), stroke.width},
            {QStringLiteral("size"), pair(stroke.size.width(), stroke.size.height())},
            {QStringLiteral("points"), points}};
}

bool readStroke(const QJsonObject &json, Stroke *stroke)
{
    stroke->color = QColor(json[QStringLiteral("color")].toString());
    stroke->width = json[QStringLiteral("width")].toDouble();
    const QJsonArray points = json[QStringLiteral("points")].toArray();
    if (points.isEmpty() || points.size() % 3 != 0)
        return false;
    for (qsizetype i = 0; i < points.size(); i += 3) {
        StrokePoint point;
        double x = 0, y = 0;
        if (!readPair(QJsonArray{points[i], points[i + 1]}, &x, &y) || !points[i + 2].isDouble())
            return false;
        point.at = {x, y};
        point.pressure = std::clamp(points[i + 2].toDouble(), 0.0, 1.0);
        stroke->points.append(point);
    }
    return stroke->color.isValid() && stroke->width > 0 && readSize(json[QStringLiteral("size")], &stroke->size);
}

QJsonObject framePictureJson(const FramePicture &picture)
{
    return {{QStringLiteral("path"), picture.path}, {QStringLiteral("hash"), picture.hash}};
}

FramePicture readFramePicture(const QJsonValue &json)
{
    return {json[QStringLiteral("path")].toString(), json[QStringLiteral("hash")].toString()};
}

// What a frame is painted with besides the model: there when it is used.
void writeMaterial(const Frame &frame, QJsonObject &json)
{
    if (!frame.loras.isEmpty()) {
        QJsonArray loras;
        for (const FrameLora &lora : frame.loras)
            loras.append(QJsonObject{{QStringLiteral("path"), lora.path},
                                     {QStringLiteral("scale"), lora.scale}});
        json.insert(QStringLiteral("loras"), loras);
    }
    if (!frame.start.picture.path.isEmpty()) {
        QJsonObject start{{QStringLiteral("picture"), framePictureJson(frame.start.picture)},
                          {QStringLiteral("strength"), frame.start.strength}};
        if (!frame.start.mask.path.isEmpty())
            start.insert(QStringLiteral("mask"), framePictureJson(frame.start.mask));
        json.insert(QStringLiteral("start"), start);
    }
    if (!frame.controls.isEmpty()) {
        QJsonArray controls;
        for (const FrameControl &control : frame.controls)
            controls.append(
                QJsonObject{{QStringLiteral("network"), control.network},
                            {QStringLiteral("picture"), framePictureJson(control.picture)},
                            {QStringLiteral("scale"), control.scale}});
        json.insert(QStringLiteral("controls"), controls);
    }
    if (!frame.adapters.isEmpty())
        json.insert(QStringLiteral("adapters"), QJsonArray::fromStringList(frame.adapters));
    if (!frame.imageEncoder.isEmpty())
        json.insert(QStringLiteral("imageEncoder"), frame.imageEncoder);
}

void readMaterial(const QJsonObject &json, Frame *frame)
{
    for (const QJsonValue lora : json[QStringLiteral("loras")].toArray())
        frame->loras.append({lora[QStringLiteral("path")].toString(),
                             lora[QStringLiteral("scale")].toDouble(1)});
    if (const QJsonValue start = json[QStringLiteral("start")]; start.isObject())
        frame->start = {readFramePicture(start[QStringLiteral("picture")]),
                        start[QStringLiteral("strength")].toDouble(0.75),
                        readFramePicture(start[QStringLiteral("mask")])};
    for (const QJsonValue control : json[QStringLiteral("controls")].toArray())
        frame->controls.append({control[QStringLiteral("network")].toString(),
                                readFramePicture(control[QStringLiteral("picture")]),
                                control[QStringLiteral("scale")].toDouble(1)});
    for (const QJsonValue adapter : json[QStringLiteral("adapters")].toArray())
        frame->adapters.append(adapter.toString());
    frame->imageEncoder = json[QStringLiteral("imageEncoder")].toString();
}

QJsonObject axisJson(const VariationAxis &axis)
{
    QJsonObject json{{QStringLiteral("kind"), QLatin1String(axisKinds[size_t(axis.kind)])},
                     {QStringLiteral("values"), QJsonArray::fromStringList(axis.values)}};
    if (!axis.labels.isEmpty())
        json.insert(QStringLiteral("labels"), QJsonArray::fromStringList(axis.labels));
    if (!axis.reference.isEmpty())
        json.insert(QStringLiteral("reference"), axis.reference);
    if (axis.place != 0)
        json.insert(QStringLiteral("place"), axis.place);
    return json;
}

// None where it is no axis, or of a kind that is not known.
VariationAxis readAxis(const QJsonValue &json)
{
    const auto texts = [&json](QLatin1String key) {
        QStringList list;
        for (const QJsonValue text : json[key].toArray())
            list.append(text.toString());
        return list;
    };
    VariationAxis axis;
    if (!readEnum(json[QLatin1String("kind")], axisKinds, &axis.kind))
        return {};
    axis.values = texts(QLatin1String("values"));
    axis.labels = texts(QLatin1String("labels"));
    axis.reference = json[QLatin1String("reference")].toString();
    axis.place = json[QLatin1String("place")].toInt();
    return axis;
}

void writeVariations(const Frame &frame, QJsonObject &json)
{
    QJsonObject axes;
    if (frame.across.kind != VariationAxis::Kind::None)
        axes.insert(QStringLiteral("across"), axisJson(frame.across));
    if (frame.down.kind != VariationAxis::Kind::None)
        axes.insert(QStringLiteral("down"), axisJson(frame.down));
    if (!axes.isEmpty())
        json.insert(QStringLiteral("variations"), axes);
}

void readVariations(const QJsonValue &json, Frame *frame)
{
    frame->across = readAxis(json[QLatin1String("across")]);
    frame->down = readAxis(json[QLatin1String("down")]);
}

QJsonObject frameJson(const Frame &frame)
{
    QJsonArray shelf;
    for (const ItemId &id : frame.shelf)
        shelf.append(id.toString(QUuid::WithoutBraces));
    QJsonObject json{{QStringLiteral("size"), pair(frame.size.width(), frame.size.height())},
            {QStringLiteral("prompt"), frame.prompt},
            {QStringLiteral("negative"), frame.negativePrompt},
            {QStringLiteral("randomSeed"), frame.randomSeed},
            {QStringLiteral("seed"), QString::number(frame.seed)}, // JSON numbers end at 2^53
            {QStringLiteral("steps"), frame.steps},
            {QStringLiteral("guidance"), frame.guidance},
            {QStringLiteral("sampler"), frame.sampler},
            {QStringLiteral("model"), frame.model},
            {QStringLiteral("pixels"), pair(frame.pixels.width(), frame.pixels.height())},
            {QStringLiteral("shelf"), shelf},
            {QStringLiteral("shownTake"), frame.shownTake}};
    writeMaterial(frame, json);
    writeVariations(frame, json);
    return json;
}

bool readFrame(const QJsonObject &json, Frame *frame)
{
    bool seedOk = false;
    frame->prompt = json[QStringLiteral("prompt")].toString();
    frame->negativePrompt = json[QStringLiteral("negative")].toString();
    frame->randomSeed = json[QStringLiteral("randomSeed")].toBool(true);
    frame->seed = json[QStringLiteral("seed")].toString().toULongLong(&seedOk);
    frame->steps = json[QStringLiteral("steps")].toInt(20);
    frame->guidance = json[QStringLiteral("guidance")].toDouble(5);
    frame->sampler = json[QStringLiteral("sampler")].toString();
    frame->model = json[QStringLiteral("model")].toString();
    for (const QJsonValue &id : json[QStringLiteral("shelf")].toArray())
        frame->shelf.append(ItemId(id.toString()));
    frame->shownTake = json[QStringLiteral("shownTake")].toString();
    readMaterial(json, frame);
    readVariations(json[QStringLiteral("variations")], frame);
    return seedOk && readSize(json[QStringLiteral("size")], &frame->size) &&
           readSize(json[QStringLiteral("pixels")], &frame->pixels);
}

} // namespace

QString stateName(ReferenceState state)
{
    return QLatin1String(states[size_t(state)]);
}

QString roleName(ReferenceRole role)
{
    return QLatin1String(roles[size_t(role)]);
}

bool Item::isVisible() const
{
    return !hidden && (!picture() || picture()->state != ReferenceState::Dropped);
}

bool isWebCard(const Item &item)
{
    return item.note() && webAddress(item.source).isValid();
}

QRectF shownPart(const Picture &picture)
{
    return picture.crop.isNull() ? QRectF(QPointF(), QSizeF(picture.size)) : picture.crop;
}

QRectF shownShare(const Picture &picture)
{
    if (picture.crop.isNull() || picture.size.isEmpty())
        return {};
    const QSizeF size = picture.size;
    return QRectF(picture.crop.x() / size.width(), picture.crop.y() / size.height(),
                  picture.crop.width() / size.width(), picture.crop.height() / size.height()) &
           QRectF(0, 0, 1, 1);
}

QSizeF naturalSize(const Item &item)
{
    if (const Picture *picture = item.picture())
        return shownPart(*picture).size();
    if (const Note *note = item.note())
        return note->size;
    if (const Stroke *stroke = item.stroke())
        return stroke->size;
    return item.frame()->size;
}

QRectF localRect(const Item &item)
{
    const QSizeF size = naturalSize(item);
    return {-size.width() / 2, -size.height() / 2, size.width(), size.height()};
}

QTransform toBoard(const Item &item)
{
    QTransform transform;
    transform.translate(item.centre.x(), item.centre.y());
    transform.rotate(item.rotation);
    transform.scale(item.flippedX ? -item.scale : item.scale,
                    item.flippedY ? -item.scale : item.scale);
    return transform;
}

QPolygonF outline(const Item &item)
{
    QTransform transform;
    transform.translate(item.centre.x(), item.centre.y());
    transform.rotate(item.rotation);
    transform.scale(item.scale, item.scale);
    const QRectF rect = localRect(item);
    return QPolygonF({transform.map(rect.topLeft()), transform.map(rect.topRight()),
                      transform.map(rect.bottomRight()), transform.map(rect.bottomLeft())});
}

QRectF boundingRect(const Item &item)
{
    if (item.rotation == 0) { // nearly always, and asked of thousands for each frame
        const QSizeF size = naturalSize(item) * item.scale;
        return {item.centre - QPointF(size.width(), size.height()) / 2, size};
    }
    return outline(item).boundingRect();
}

QJsonObject toJson(const Item &item)
{
    QJsonObject json{{QStringLiteral("id"), item.id.toString(QUuid::WithoutBraces)},
                     {QStringLiteral("kind"), QLatin1String(kinds[item.content.index()])},
                     {QStringLiteral("centre"), pair(item.centre.x(), item.centre.y())},
                     {QStringLiteral("scale"), item.scale},
                     {QStringLiteral("rotation"), item.rotation},
                     {QStringLiteral("flippedX"), item.flippedX},
                     {QStringLiteral("flippedY"), item.flippedY},
                     {QStringLiteral("opacity"), item.opacity},
                     {QStringLiteral("z"), item.z},
                     {QStringLiteral("locked"), item.locked}};
    if (item.hidden)
        json.insert(QStringLiteral("hidden"), true);
    if (!item.group.isNull())
        json.insert(QStringLiteral("group"), item.group.toString(QUuid::WithoutBraces));
    if (!item.innerGroups.isEmpty()) {
        QJsonArray inner;
        for (const QUuid &group : item.innerGroups)
            inner.append(group.toString(QUuid::WithoutBraces));
        json.insert(QStringLiteral("innerGroups"), inner);
    }
    if (item.added != 0)
        json.insert(QStringLiteral("added"), item.added);
    if (!item.tags.isEmpty())
        json.insert(QStringLiteral("tags"), QJsonArray::fromStringList(item.tags));
    if (!item.source.isEmpty())
        json.insert(QStringLiteral("source"), item.source);
    QJsonObject content;
    switch (item.kind()) {
    case ItemKind::Picture: content = pictureJson(*item.picture()); break;
    case ItemKind::Note: content = noteJson(*item.note()); break;
    case ItemKind::Frame: content = frameJson(*item.frame()); break;
    case ItemKind::Stroke: content = strokeJson(*item.stroke()); break;
    }
    json.insert(QLatin1String(kinds[item.content.index()]), content);
    return json;
}

Result<Item> itemFromJson(const QJsonObject &json)
{
    Item item;
    item.id = ItemId(json[QStringLiteral("id")].toString());
    const QString kindName = json[QStringLiteral("kind")].toString();
    const auto damaged = [&] {
        return fail(ErrorCode::Corrupt, "item " + item.id.toString(QUuid::WithoutBraces).toStdString(),
                    "a field of this " + kindName.toStdString() + " is missing or of the wrong type");
    };
    ItemKind kind{};
    if (!readEnum(QJsonValue(kindName), kinds, &kind))
        return fail(ErrorCode::Unsupported, "item kind \"" + kindName.toStdString() + "\"",
                    "this version of Moodloom does not know it");
    double x = 0, y = 0;
    item.scale = json[QStringLiteral("scale")].toDouble(1);
    item.rotation = json[QStringLiteral("rotation")].toDouble();
    item.flippedX = json[QStringLiteral("flippedX")].toBool();
    item.flippedY = json[QStringLiteral("flippedY")].toBool();
    item.opacity = json[QStringLiteral("opacity")].toDouble(1);
    item.z = json[QStringLiteral("z")].toInteger();
    item.locked = json[QStringLiteral("locked")].toBool();
    item.hidden = json[QStringLiteral("hidden")].toBool();
    item.group = QUuid(json[QStringLiteral("group")].toString());
    for (const QJsonValue group : json[QStringLiteral("innerGroups")].toArray())
        item.innerGroups.append(QUuid(group.toString()));
    item.added = json[QStringLiteral("added")].toInteger();
    for (const QJsonValue tag : json[QStringLiteral("tags")].toArray())
        item.tags.append(tag.toString());
    item.source = json[QStringLiteral("source")].toString();
    if (item.id.isNull() || !readPair(json[QStringLiteral("centre")], &x, &y) || !(item.scale > 0))
        return damaged();
    item.centre = {x, y};
    const QJsonObject content = json[kindName].toObject();
    bool ok = false;
    switch (kind) {
    case ItemKind::Picture: ok = readPicture(content, &item.content.emplace<Picture>()); break;
    case ItemKind::Note: ok = readNote(content, &item.content.emplace<Note>()); break;
    case ItemKind::Frame: ok = readFrame(content, &item.content.emplace<Frame>()); break;
    case ItemKind::Stroke: ok = readStroke(content, &item.content.emplace<Stroke>()); break;
    }
    if (!ok)
        return damaged();
    return item;
}

} // namespace moodloom::board
