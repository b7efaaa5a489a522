#include "core/generation/Recipe.h"

#include <QJsonArray>

namespace moodloom::generation {
namespace {

constexpr int kVersion = 2; // 1: without LoRAs

Failure corrupt(const char *field, const char *expected)
{
    return fail(ErrorCode::Corrupt, "recipe", std::string(field) + ": expected " + expected);
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
    QJsonArray loras;
    for (const RecipeLora &lora : recipe.loras)
        loras.append(QJsonObject{{"path", lora.path}, {"scale", lora.scale}});
    // Without LoRAs, older versions repeat it just as well.
    return {{"version", recipe.loras.isEmpty() ? 1 : kVersion},
            {"loras", loras},
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
    for (const QJsonValue value : json["loras"].toArray()) {
        const QJsonObject entry = value.toObject();
        if (!entry["path"].isString() || !entry["scale"].isDouble())
            return corrupt("loras", "a path and a scale for each");
        recipe.loras.append({entry["path"].toString(), entry["scale"].toDouble()});
    }
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
