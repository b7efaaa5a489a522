#include "core/generation/Recipe.h"

#include <QJsonArray>

namespace moodloom::generation {
namespace {

// 1: from noise, with the model as it is. 2: whatever older versions would not do, see isPlain().
constexpr int kVersion = 2;

Failure corrupt(const char *field, const char *expected)
{
    return fail(ErrorCode::Corrupt, "recipe", std::string(field) + ": expected " + expected);
}

// Older versions repeat it just as well.
bool isPlain(const Recipe &recipe)
{
    return recipe.loras.isEmpty() && recipe.start == RecipeStart() && recipe.controls.isEmpty() &&
           recipe.adapters.isEmpty() && recipe.imageEncoder.isEmpty();
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

// Keys that are there when they are used.
void writeExtras(const Recipe &recipe, QJsonObject &json)
{
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

} // namespace

QJsonObject toJson(const Recipe &recipe)
{
    QJsonArray references;
    for (const RecipeReference &reference : recipe.references) {
        QJsonObject entry{{"path", reference.path},
                          {"hash", reference.hash},
                          {"caption", reference.caption},
                          {"weight", reference.weight}};
        if (!reference.region.isEmpty())
            entry["region"] = QJsonArray{reference.region.x(), reference.region.y(),
                                         reference.region.width(), reference.region.height()};
        references.append(entry);
    }
    QJsonObject json{{"version", isPlain(recipe) ? 1 : kVersion},
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
        if (const QJsonArray r = entry["region"].toArray(); r.size() == 4)
            reference.region =
                QRectF(r[0].toDouble(), r[1].toDouble(), r[2].toDouble(), r[3].toDouble());
        recipe.references.append(reference);
    }
    return recipe;
}

} // namespace moodloom::generation
