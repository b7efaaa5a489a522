#include "core/origin/Origin.h"

#include "core/origin/Formats.h"
#include "core/prompt/Emphasis.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QXmlStreamReader>

#include <algorithm>

namespace moodloom::origin {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Origin)
};

constexpr qsizetype kMostLeftovers = 64;
constexpr qsizetype kLongestWhat = 200;

constexpr char kSilence[] = "it does not say how it was made";

const QString kOwn = QStringLiteral("https://moodloom.invalid/ns/1.0/"); // a name, not an address

// The first text of this keyword; null when there is none.
QString textOf(const QVector<image::PictureText> &texts, const char *keyword)
{
    for (const image::PictureText &text : texts)
        if (text.keyword == keyword)
            return text.text;
    return {};
}

// ComfyUI writes "prompt:{...}" and "workflow:{...}" into EXIF tags that have other names.
QString graphInTags(const QVector<image::PictureText> &texts, QLatin1String name)
{
    for (const image::PictureText &text : texts)
        if (text.text.startsWith(name, Qt::CaseInsensitive))
            return text.text.mid(name.size());
    return {};
}

} // namespace

bool Origin::isEmpty() const
{
    return !prompt && !negativePrompt && !model && loras.isEmpty() && !seed && !size && !steps &&
           !guidance && !sampler;
}

void Origin::leave(Leftover::Kind kind, const QString &what)
{
    const Leftover leftover{kind, what.simplified().left(kLongestWhat)};
    if (leftovers.size() < kMostLeftovers && !leftovers.contains(leftover))
        leftovers.append(leftover);
}

void leaveMarks(Origin &origin)
{
    static const QRegularExpression embedding(QStringLiteral("\\bembedding:([\\w.\\-]{1,100})"));
    for (const auto *text : {&origin.prompt, &origin.negativePrompt}) {
        if (!*text)
            continue;
        if (prompt::stripEmphasis(**text).text != **text)
            origin.leave(Leftover::Kind::Emphasis, {});
        auto matches = embedding.globalMatch(**text);
        while (matches.hasNext())
            origin.leave(Leftover::Kind::Embedding, matches.next().captured(1));
    }
}

void takeSteps(Origin &origin, double steps)
{
    if (steps >= 1 && steps <= 200 && steps == int(steps))
        origin.steps = int(steps);
    else
        origin.leave(Leftover::Kind::OutOfRange, QStringLiteral("Steps: %1").arg(steps));
}

void takeGuidance(Origin &origin, double guidance)
{
    if (guidance >= 1 && guidance <= 30)
        origin.guidance = guidance;
    else
        origin.leave(Leftover::Kind::OutOfRange, QStringLiteral("CFG: %1").arg(guidance));
}

void takeSize(Origin &origin, double width, double height)
{
    const auto fits = [](double side) { return side >= 1 && side <= 65536 && side == int(side); };
    if (fits(width) && fits(height))
        origin.size = QSize(int(width), int(height));
    else
        origin.leave(Leftover::Kind::OutOfRange,
                     QStringLiteral("Size: %1x%2").arg(width).arg(height));
}

Result<Origin> fromRecipe(const QString &text)
{
    QJsonParseError parsing;
    const QJsonDocument json = QJsonDocument::fromJson(text.toUtf8(), &parsing);
    if (!json.isObject())
        return fail(ErrorCode::Corrupt, "recipe", parsing.errorString().toStdString());
    const auto recipe = generation::recipeFromJson(json.object());
    if (!recipe)
        return fail(recipe.error());
    Origin origin;
    origin.program = QStringLiteral("Moodloom");
    origin.recipe = *recipe;
    origin.prompt = prompt::withMarks(recipe->prompt, recipe->emphasis);
    origin.negativePrompt = prompt::withMarks(recipe->negativePrompt, recipe->negativeEmphasis);
    origin.model = NamedWeights{recipe->model, {}, 1};
    for (const generation::RecipeLora &lora : recipe->loras)
        origin.loras.append({lora.path, {}, lora.scale});
    origin.seed = recipe->seed;
    takeSize(origin, recipe->size.width(), recipe->size.height());
    takeSteps(origin, recipe->steps);
    takeGuidance(origin, recipe->guidance);
    origin.sampler = recipe->sampler;
    return origin;
}

QString recipeInXmp(const QString &packet)
{
    QXmlStreamReader xml(packet);
    xml.setEntityExpansionLimit(0);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (const auto attribute = xml.attributes().value(kOwn, QLatin1String("recipe"));
            !attribute.isEmpty())
            return attribute.toString();
        if (xml.namespaceUri() == kOwn && xml.name() == QLatin1String("recipe"))
            return xml.readElementText(QXmlStreamReader::IncludeChildElements);
    }
    return {};
}

Result<Origin> originOf(const QVector<image::PictureText> &texts)
{
    bool newer = false;
    for (const QString &text :
         {textOf(texts, "moodloom"), recipeInXmp(textOf(texts, "XML:com.adobe.xmp"))}) {
        if (text.isEmpty())
            continue;
        if (auto origin = fromRecipe(text))
            return origin;
        else if (origin.error().code == ErrorCode::NewerVersion)
            newer = true;
    }
    using Reader = std::optional<Origin> (*)(const QString &);
    const std::pair<QString, Reader> tries[] = {
        {textOf(texts, "parameters"), fromParameters},
        {textOf(texts, "UserComment"), fromParameters},
        {textOf(texts, "invokeai_metadata"), fromInvokeMetadata},
        {textOf(texts, "prompt"), fromComfyGraph},
        {graphInTags(texts, QLatin1String("prompt:")), fromComfyGraph},
        {textOf(texts, "workflow"), fromComfyWorkflow},
        {graphInTags(texts, QLatin1String("workflow:")), fromComfyWorkflow},
    };
    for (const auto &[text, read] : tries) {
        if (text.isEmpty())
            continue;
        std::optional<Origin> origin = read(text);
        if (!origin || origin->isEmpty())
            continue;
        if (newer)
            origin->leave(Leftover::Kind::Newer, {});
        return *origin;
    }
    return fail(ErrorCode::NotFound, "picture", kSilence);
}

QString readOriginText(const QString &path)
{
    const auto texts = image::readPictureTexts(path);
    if (!texts)
        return {};
    for (const char *keyword :
         {"parameters", "UserComment", "invokeai_metadata", "prompt", "workflow"})
        for (const image::PictureText &text : *texts)
            if (text.keyword == keyword && originOf({text}))
                return text.text;
    return {};
}

bool isSilence(const Error &error)
{
    return error.code == ErrorCode::NotFound && error.detail == kSilence;
}

Result<Origin> readOrigin(const QString &path)
{
    const auto texts = image::readPictureTexts(path);
    if (!texts)
        return fail(texts.error());
    auto origin = originOf(*texts);
    if (!origin)
        return fail(origin.error().code, path.toStdString(), origin.error().detail);
    return origin;
}

QString leftoverWords(const Leftover &leftover)
{
    switch (leftover.kind) {
    case Leftover::Kind::Sampler:
        return Words::tr("There is no sampler %1 here; the sampler stays as it is")
            .arg(leftover.what);
    case Leftover::Kind::Schedule:
        return Words::tr("The schedule %1 is not one of this sampler's; the model's own is taken")
            .arg(leftover.what);
    case Leftover::Kind::OutOfRange:
        return Words::tr("%1 is beyond what can be set here").arg(leftover.what);
    case Leftover::Kind::Setting:
        return Words::tr("Not taken over: %1").arg(leftover.what);
    case Leftover::Kind::StartPicture:
        return Words::tr("It was painted over another picture, which is not in the file");
    case Leftover::Kind::MorePasses:
        return Words::tr(
                   "It was painted in several passes (%1); the first one's settings are taken")
            .arg(leftover.what);
    case Leftover::Kind::Node:
        return Words::tr("What the node %1 did is not done here").arg(leftover.what);
    case Leftover::Kind::Unresolved:
        return Words::tr("Another node computes it, so it stays as it is: %1").arg(leftover.what);
    case Leftover::Kind::Emphasis:
        return Words::tr("Weights of words, as (word:1.2), are taken over, but programs differ in "
                         "how strongly they act");
    case Leftover::Kind::Embedding:
        return Words::tr("The embedding %1 is not loaded: its name is read as a word")
            .arg(leftover.what);
    case Leftover::Kind::Newer:
        return Words::tr("Its recipe is of a newer Moodloom; only the plain settings are taken");
    }
    return {};
}

} // namespace moodloom::origin
