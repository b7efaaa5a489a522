// An immutable, serialisable snapshot of everything that one generation needs.
//
// Same recipe, same machine, same thread count: the same pixels. Plain values; JSON in and out.
#pragma once

#include "core/base/Result.h"
#include "core/generation/Sampler.h"
#include "core/prompt/Emphasis.h"
#include "core/prompt/ReferenceKind.h"

#include <QByteArray>
#include <QJsonObject>
#include <QPointF>
#include <QRectF>
#include <QSize>
#include <QString>
#include <QStringList>
#include <QVector>

#include <optional>

namespace moodloom::generation {

struct RecipeReference
{
    QString path;      // where the picture was when the recipe was made
    QString hash;      // content hash; checked before painting
    QString caption;   // for people
    double weight = 1; // 0..2; 0 equals absence
    QRectF region;     // inside the picture, 0..1; empty = everywhere
    ReferenceRole role = ReferenceRole::Content;
    StepRange steps;   // of the run; outside it is as if absent
    QRectF part;       // of its own picture that is used, 0..1; empty = the whole
    // Corners of the convex shape in which it acts, whose bounds are the region; empty = all of that.
    QVector<QPointF> shape{};
    bool operator==(const RecipeReference &) const = default;
};

// Words that act in a part of the picture: a note's.
struct RecipeText
{
    QString text;
    double weight = 1;    // 0..2; 0 equals absence
    QVector<QPointF> shape; // corners of a convex shape in 0..1 of the picture, or beyond it
    StepRange steps{};      // of the run; outside it is as if absent
    QVector<prompt::Emphasis> emphasis{};
    bool operator==(const RecipeText &) const = default;
};

// A picture file, as it was when the recipe was made.
struct RecipePicture
{
    QString path;
    QString hash; // content hash; checked before painting; empty = not checked
    bool isEmpty() const { return path.isEmpty(); }
    bool operator==(const RecipePicture &) const = default;
};

// Painting over a picture instead of from noise alone.
struct RecipeStart
{
    RecipePicture picture;  // scaled to cover the size, its middle; empty = from noise alone
    double strength = 0.75; // 0..1: how much may change
    RecipePicture mask;     // white is painted, black kept to the pixel; empty = everywhere
    bool operator==(const RecipeStart &) const = default;
};

// A control picture (edges, depth, a pose) and the ControlNet that follows it.
struct RecipeControl
{
    QString network; // folder or single file
    RecipePicture picture;
    double scale = 1; // 0 equals absence
    bool operator==(const RecipeControl &) const = default;
};

struct RecipeLora
{
    QString path;
    double scale = 1; // 0 equals absence; negative ones take away what it learnt
    bool operator==(const RecipeLora &) const = default;
};

struct Recipe
{
    QString prompt;         // as it is painted: nothing is left open in it
    QString promptTemplate; // what it was chosen from (prompt/Choices.h); empty = the prompt itself
    QVector<prompt::Emphasis> emphasis; // of the prompt
    QString negativePrompt;
    QVector<prompt::Emphasis> negativeEmphasis;
    QVector<RecipeReference> references; // from the back to the front, where layered
    bool layered = false; // those with a region cover what lies below them (models::ConditioningRequest)
    QVector<RecipeText> texts; // from the back to the front: where they overlap, the later ones act
    QString model; // folder or single file; empty = the built-in one
    QVector<RecipeLora> loras;
    RecipeStart start;
    QVector<RecipeControl> controls;
    QStringList adapters; // IP-Adapters' files for the references; empty = the model's own
    QString imageEncoder; // folder or single file; empty = the model's own
    quint64 seed = 0;
    QSize size{256, 256};            // pixels; multiples of the model's latent factor
    int steps = 20;                  // 1..200
    double guidance = 5.0;           // 1 = none
    Sampler sampler = Sampler::Auto; // in a take's recipe: the one that it became
    bool operator==(const Recipe &) const = default;
};

QString referenceRoleName(ReferenceRole role); // "content", "style", "layout": in files
std::optional<ReferenceRole> referenceRoleFromName(const QString &name);

QJsonObject toJson(const Recipe &recipe);
// Errors: Corrupt (a field is missing or of the wrong type), NewerVersion.
Result<Recipe> recipeFromJson(const QJsonObject &json);

} // namespace moodloom::generation
