#include "core/generation/Recipe.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace moodloom::generation {
namespace {

// 1: from noise, with the model as it is. 2: what version 1 would not do, see isPlain(). 3:
// references with a role or a part of the run. 4: references of which a part is used. 5: words that
// act in a part of the picture. 6: references that act in a shape. 7: such words in a part of the
// run. 8: references that cover one another; words that count more or less than others.
constexpr int kVersion = 8;

constexpr std::array kRoles{"content", "style", "layout"};

Failure corrupt(const char *field, const char *expected)
{
    return fail(ErrorCode::Corrupt, "recipe", std::string(field) + ": expected " + expected);
}

// Version 1 repeats it just as well.
bool isPlain(const Recipe &recipe)
{
    return recipe.loras.isEmpty() && recipe.start == RecipeStart() && recipe.controls.isEmpty() &&
           recipe.adapters.isEmpty() && recipe.imageEncoder.isEmpty();
}

// The oldest version that repeats it just as well.
int versionFor(const Recipe &recipe)
{
    const auto isEmphatic = [](const RecipeText &text) { return !text.emphasis.isEmpty(); };
    if (recipe.layered || !recipe.emphasis.isEmpty() || !recipe.negativeEmphasis.isEmpty() ||
        std::any_of(recipe.texts.begin(), recipe.texts.end(), isEmphatic))
        return 8;
    if (std::any_of(recipe.texts.begin(), recipe.texts.end(),
                    [](const RecipeText &text) { return !text.steps.isWhole(); }))
        return 7;
    if (std::any_of(recipe.references.begin(), recipe.references.end(),
                    [](const RecipeReference &reference) { return !reference.shape.isEmpty(); }))
        return 6;
    if (!recipe.texts.isEmpty())
        return 5;
    if (std::any_of(recipe.references.begin(), recipe.references.end(),
                    [](const RecipeReference &reference) { return !reference.part.isEmpty(); }))
        return 4;
    const auto plain = [](const RecipeReference &reference) {
        return reference.role == ReferenceRole::Content && reference.steps.isWhole();
    };
    if (!std::all_of(recipe.references.begin(), recipe.references.end(), plain))
        return 3;
    return isPlain(recipe) ? 1 : 2;
}

QJsonObject toJson(const RecipePicture &picture)
{
    return {{"path", picture.path}, {"hash", picture.hash}};
}

RecipePicture pictureFromJson(const QJsonValue &json)
{
    return {json["path"].toString(), json["hash"].toString()};
}

QJsonObject toJson(const RecipeStart &start)
{
    QJsonObject json{{"picture", toJson(start.picture)}, {"strength", start.strength}};
    if (!start.mask.isEmpty())
        json["mask"] = toJson(start.mask);
    return json;
}

QJsonArray toJson(const QVector<QPointF> &shape)
{
    QJsonArray corners;
    for (const QPointF &corner : shape)
        corners.append(QJsonArray{corner.x(), corner.y()});
    return corners;
}

// Nothing where that is no shape.
QVector<QPointF> shapeFromJson(const QJsonValue &json)
{
    QVector<QPointF> shape;
    for (const QJsonValue value : json.toArray()) {
        const QJsonArray corner = value.toArray();
        if (corner.size() != 2 || !corner[0].isDouble() || !corner[1].isDouble())
            return {};
        shape.append({corner[0].toDouble(), corner[1].toDouble()});
    }
    return shape.size() < 3 ? QVector<QPointF>() : shape;
}

QJsonArray toJson(const QVector<prompt::Emphasis> &emphasis)
{
    QJsonArray parts;
    for (const prompt::Emphasis &part : emphasis)
        parts.append(QJsonArray{part.start, part.length, part.weight});
    return parts;
}

// Of `text`, in its order. Nothing where nothing is said.
Result<QVector<prompt::Emphasis>> emphasisFromJson(const QJsonValue &json, const QString &text)
{
    QVector<prompt::Emphasis> emphasis;
    qsizetype done = 0;
    for (const QJsonValue value : json.toArray()) {
        const QJsonArray part = value.toArray();
        const prompt::Emphasis read{part.at(0).toInt(-1), part.at(1).toInt(-1),
                                    part.at(2).toDouble(-1)};
        if (part.size() != 3 || read.start < done || read.length < 1 ||
            read.length > text.size() - read.start || !(read.weight >= 0 && read.weight <= 2))
            return corrupt("emphasis", "start and length within the text, in its order, and a "
                                       "weight from 0 to 2 for each");
        emphasis.append(read);
        done = read.start + read.length;
    }
    return emphasis;
}

QJsonObject toJson(const RecipeText &text)
{
    QJsonObject json{
        {"text", text.text}, {"weight", text.weight}, {"shape", toJson(text.shape)}};
    if (!text.steps.isWhole())
        json["steps"] = QJsonArray{text.steps.from, text.steps.to};
    if (!text.emphasis.isEmpty())
        json["emphasis"] = toJson(text.emphasis);
    return json;
}

// Of a reference or a text: all of the run where nothing is said.
Result<StepRange> stepsFromJson(const QJsonValue &json)
{
    if (json.isUndefined())
        return StepRange();
    const QJsonArray range = json.toArray();
    const StepRange steps{range.at(0).toDouble(-1), range.at(1).toDouble(-1)};
    if (range.size() != 2 || !steps.isValid())
        return corrupt("steps", "two shares of the run, 0 to 1, the smaller one first");
    return steps;
}

Result<RecipeText> textFromJson(const QJsonObject &json)
{
    RecipeText text{json["text"].toString(), json["weight"].toDouble(),
                    shapeFromJson(json["shape"])};
    if (!json["text"].isString() || !json["weight"].isDouble() || text.shape.isEmpty())
        return corrupt("texts", "a text, a weight and three or more corners for each");
    const auto steps = stepsFromJson(json["steps"]);
    if (!steps)
        return fail(steps.error());
    text.steps = *steps;
    auto emphasis = emphasisFromJson(json["emphasis"], text.text);
    if (!emphasis)
        return fail(emphasis.error());
    text.emphasis = *std::move(emphasis);
    return text;
}

// Keys that are there when they are used.
void writeExtras(const Recipe &recipe, QJsonObject &json)
{
    if (!recipe.promptTemplate.isEmpty())
        json["template"] = recipe.promptTemplate;
    if (!recipe.emphasis.isEmpty())
        json["emphasis"] = toJson(recipe.emphasis);
    if (!recipe.negativeEmphasis.isEmpty())
        json["negative_emphasis"] = toJson(recipe.negativeEmphasis);
    if (recipe.layered)
        json["layered"] = true;
    if (!recipe.texts.isEmpty()) {
        QJsonArray texts;
        for (const RecipeText &text : recipe.texts)
            texts.append(toJson(text));
        json["texts"] = texts;
    }
    if (!recipe.loras.isEmpty()) {
        QJsonArray loras;
        for (const RecipeLora &lora : recipe.loras)
            loras.append(QJsonObject{{"path", lora.path}, {"scale", lora.scale}});
        json["loras"] = loras;
    }
    if (!recipe.start.picture.isEmpty())
        json["start"] = toJson(recipe.start);
    if (!recipe.controls.isEmpty()) {
        QJsonArray controls;
        for (const RecipeControl &control : recipe.controls)
            controls.append(QJsonObject{{"network", control.network},
                                        {"picture", toJson(control.picture)},
                                        {"scale", control.scale}});
        json["controls"] = controls;
    }
    if (!recipe.adapters.isEmpty())
        json["ip_adapters"] = QJsonArray::fromStringList(recipe.adapters);
    if (!recipe.imageEncoder.isEmpty())
        json["image_encoder"] = recipe.imageEncoder;
}

Result<void> readExtras(const QJsonObject &json, Recipe &recipe)
{
    recipe.promptTemplate = json["template"].toString();
    auto emphasis = emphasisFromJson(json["emphasis"], recipe.prompt);
    auto negative = emphasisFromJson(json["negative_emphasis"], recipe.negativePrompt);
    if (!emphasis || !negative)
        return fail((emphasis ? negative : emphasis).error());
    recipe.emphasis = *std::move(emphasis);
    recipe.negativeEmphasis = *std::move(negative);
    recipe.layered = json["layered"].toBool();
    for (const QJsonValue value : json["texts"].toArray()) {
        auto text = textFromJson(value.toObject());
        if (!text)
            return fail(text.error());
        recipe.texts.append(*text);
    }
    for (const QJsonValue lora : json["loras"].toArray()) {
        if (!lora["path"].isString() || !lora["scale"].isDouble())
            return corrupt("loras", "a path and a scale for each");
        recipe.loras.append({lora["path"].toString(), lora["scale"].toDouble()});
    }
    if (const QJsonValue start = json["start"]; !start.isUndefined()) {
        recipe.start = {pictureFromJson(start["picture"]), start["strength"].toDouble(),
                        pictureFromJson(start["mask"])};
        if (recipe.start.picture.isEmpty() || !start["strength"].isDouble())
            return corrupt("start", "a picture with its path, and a strength");
    }
    for (const QJsonValue control : json["controls"].toArray()) {
        const RecipePicture picture = pictureFromJson(control["picture"]);
        if (!control["network"].isString() || picture.isEmpty() || !control["scale"].isDouble())
            return corrupt("controls", "a network, a picture and a scale for each");
        recipe.controls.append(
            {control["network"].toString(), picture, control["scale"].toDouble()});
    }
    for (const QJsonValue adapter : json["ip_adapters"].toArray()) {
        if (!adapter.isString())
            return corrupt("ip_adapters", "paths");
        recipe.adapters.append(adapter.toString());
    }
    recipe.imageEncoder = json["image_encoder"].toString();
    return {};
}

QJsonArray toJson(const QRectF &rect)
{
    return {rect.x(), rect.y(), rect.width(), rect.height()};
}

// Empty when there is none.
QRectF rectFromJson(const QJsonValue &json)
{
    const QJsonArray r = json.toArray();
    return r.size() == 4
               ? QRectF(r[0].toDouble(), r[1].toDouble(), r[2].toDouble(), r[3].toDouble())
               : QRectF();
}

Result<void> readUse(const QJsonObject &json, RecipeReference &reference)
{
    if (const QJsonValue part = json["part"]; !part.isUndefined()) {
        reference.part = rectFromJson(part);
        if (reference.part.isEmpty() || !QRectF(0, 0, 1, 1).contains(reference.part))
            return corrupt("part", "left, top, width and height within the picture, 0 to 1");
    }
    if (const QJsonValue shape = json["shape"]; !shape.isUndefined()) {
        reference.shape = shapeFromJson(shape);
        if (reference.shape.isEmpty())
            return corrupt("shape", "three or more corners");
    }
    if (const QJsonValue role = json["role"]; !role.isUndefined()) {
        const auto known = referenceRoleFromName(role.toString());
        if (!known)
            return corrupt("role", "content, style or layout");
        reference.role = *known;
    }
    const auto steps = stepsFromJson(json["steps"]);
    if (!steps)
        return fail(steps.error());
    reference.steps = *steps;
    return {};
}

} // namespace

QString referenceRoleName(ReferenceRole role)
{
    return QLatin1String(kRoles[size_t(role)]);
}

std::optional<ReferenceRole> referenceRoleFromName(const QString &name)
{
    for (size_t i = 0; i < kRoles.size(); ++i)
        if (name == QLatin1String(kRoles[i]))
            return ReferenceRole(i);
    return std::nullopt;
}

QJsonObject toJson(const Recipe &recipe)
{
    QJsonArray references;
    for (const RecipeReference &reference : recipe.references) {
        QJsonObject entry{{"path", reference.path},
                          {"hash", reference.hash},
                          {"caption", reference.caption},
                          {"weight", reference.weight}};
        if (!reference.region.isEmpty())
            entry["region"] = toJson(reference.region);
        if (!reference.part.isEmpty())
            entry["part"] = toJson(reference.part);
        if (!reference.shape.isEmpty())
            entry["shape"] = toJson(reference.shape);
        if (reference.role != ReferenceRole::Content)
            entry["role"] = referenceRoleName(reference.role);
        if (!reference.steps.isWhole())
            entry["steps"] = QJsonArray{reference.steps.from, reference.steps.to};
        references.append(entry);
    }
    QJsonObject json{{"version", versionFor(recipe)},
                     {"prompt", recipe.prompt},
                     {"negative_prompt", recipe.negativePrompt},
                     {"references", references},
                     {"model", recipe.model},
                     {"seed", QString::number(recipe.seed)}, // 64 bits do not fit a JSON number
                     {"width", recipe.size.width()},
                     {"height", recipe.size.height()},
                     {"steps", recipe.steps},
                     {"guidance", recipe.guidance},
                     {"sampler", samplerName(recipe.sampler)}};
    writeExtras(recipe, json);
    return json;
}

Result<Recipe> recipeFromJson(const QJsonObject &json)
{
    if (json["version"].toInt() > kVersion)
        return fail(ErrorCode::NewerVersion, "recipe", "update Moodloom to repeat it");
    if (!json["prompt"].isString())
        return corrupt("prompt", "text");
    if (!json["steps"].isDouble() || !json["width"].isDouble() || !json["height"].isDouble() ||
        !json["guidance"].isDouble())
        return corrupt("steps, width, height, guidance", "numbers");
    Recipe recipe;
    recipe.prompt = json["prompt"].toString();
    recipe.negativePrompt = json["negative_prompt"].toString();
    recipe.model = json["model"].toString();
    bool ok = false;
    recipe.seed = json["seed"].toString().toULongLong(&ok);
    if (!ok)
        return corrupt("seed", "a whole number in quotes");
    recipe.size = QSize(json["width"].toInt(), json["height"].toInt());
    recipe.steps = json["steps"].toInt();
    recipe.guidance = json["guidance"].toDouble();
    const auto sampler = samplerFromName(json["sampler"].toString());
    if (!sampler)
        return corrupt("sampler", "one of the samplers' names");
    recipe.sampler = *sampler;
    if (auto extras = readExtras(json, recipe); !extras)
        return fail(extras.error());
    for (const QJsonValue value : json["references"].toArray()) {
        const QJsonObject entry = value.toObject();
        RecipeReference reference;
        reference.path = entry["path"].toString();
        reference.hash = entry["hash"].toString();
        reference.caption = entry["caption"].toString();
        reference.weight = entry["weight"].toDouble(1);
        reference.region = rectFromJson(entry["region"]);
        if (auto use = readUse(entry, reference); !use)
            return fail(use.error());
        recipe.references.append(reference);
    }
    return recipe;
}

} // namespace moodloom::generation
