// moodloom generate "PROMPT" ... --out x.png [--psd x.psd] [--board x.moodloom]
#include "app/cli/Commands.h"
#include "app/cli/GenerateOptions.h"
#include "app/cli/Interrupt.h"
#include "app/cli/OpenIndex.h"
#include "app/cli/Options.h"
#include "app/cli/Words.h"
#include "core/base/Paths.h"
#include "core/base/Worker.h"
#include "core/generation/Compose.h"
#include "core/generation/Generator.h"
#include "core/image/Decode.h"
#include "core/models/Inspect.h"
#include "core/prompt/FacetParser.h"
#include "core/session/Exchange.h"
#include "core/session/Placement.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <nlohmann/json.hpp>

namespace moodloom::cli {
namespace {

using generation::Recipe;
using generation::RecipeReference;
using generation::Take;

struct Found
{
    std::unique_ptr<session::LibraryIndex> index; // null without a library
    prompt::Prompt prompt;
    QVector<retrieval::Reference> references;
};

// What the library offers. No library at the studio's usual place is no error: then only pins act.
Result<Found> find(const GenerateOptions &wanted, Output &output)
{
    Found found;
    found.prompt = prompt::parsePrompt(wanted.prompt);
    if (!wanted.search)
        return found;
    // A checkpoint in one file sees no pictures.
    const bool sees = !wanted.model.isEmpty() && !QFileInfo(wanted.model).isFile();
    const QString own = sees ? wanted.model : builtInModelFolder();
    const QString encoder = wanted.encoder.isEmpty() ? own : wanted.encoder;
    auto index = openIndex(wanted.library, encoder, library::Library::Mode::ReadOnly, output);
    if (!index) {
        if (index.error().code != ErrorCode::NotFound)
            return fail(index.error());
        output.notice(Words::tr("no library yet (moodloom library add FOLDER makes one): painting "
                                "without retrieved references"));
        return found;
    }
    if (auto fresh = (*index)->retriever().refresh(stopOnInterrupt()); !fresh)
        return fail(fresh.error());
    retrieval::Query query;
    query.prompt = found.prompt = (*index)->parse(wanted.prompt);
    for (const QString &hash : wanted.drops) {
        const auto asset = (*index)->library().assetByHash(hash);
        if (!asset)
            continue; // not of this library: nothing to push away
        retrieval::Reference dropped;
        dropped.asset = *asset;
        dropped.state = ReferenceState::Dropped;
        query.dropped.append(dropped);
    }
    auto retrieval = (*index)->retriever().retrieve(query, stopOnInterrupt());
    if (!retrieval)
        return fail(retrieval.error());
    found.references = retrieval->references;
    if (auto focused = (*index)->retriever().focusAll(found.references, found.prompt, stopOnInterrupt());
        !focused)
        return fail(focused.error());
    for (const int facet : retrieval->lacking) {
        const QString &words = found.prompt.facets[facet].text;
        if (output.isJson())
            output.result(QStringLiteral("lacking"), {{"facet", words}}, {});
        else
            output.notice(Words::tr("%1 It is painted from the words alone.").arg(lackingLine(words)));
    }
    for (const retrieval::Reference &reference : found.references)
        if (output.isJson())
            output.result(QStringLiteral("reference"), referenceFields(reference, found.prompt),
                          {});
    found.index = std::move(*index);
    return found;
}

// Whether a problem with the model keeps it from painting is told later, by painting.
bool takesReferences(const GenerateOptions &wanted)
{
    if (!wanted.settings.adapters.isEmpty())
        return true;
    const QString model = wanted.model.isEmpty() ? builtInModelFolder() : wanted.model;
    const auto report = models::inspectModel(model.toStdString());
    return !report || report->takesReferences;
}

// The model's own size, in the shape of the picture that is painted over. What is wrong with the
// picture is told by painting.
QSize sizeFor(const generation::PaintSettings &settings, const generation::Canvas &canvas)
{
    const QSize own = canvas.native;
    if (settings.start.picture.isEmpty())
        return own;
    const auto read = image::decodePicture(settings.start.picture.path, {.maxSide = 64});
    return read ? canvas.shaped(read->fullSize, double(own.width()) * own.height()) : own;
}

QJsonObject planFields(const moodloom::models::MemoryPlan &plan)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(moodloom::models::toJson(plan).dump()))
        .object();
}

// What it takes, before anything is loaded.
void tellMemory(const Recipe &recipe, Output &output)
{
    const auto memory = generation::Generator::memory(recipe);
    if (!memory)
        return; // painting says why
    const auto &plan = memory->plan;
    output.result(QStringLiteral("memory"),
                  {{"plan", planFields(plan)},
                   {"room", qint64(memory->room.of(plan.device))},
                   {"fits", memory->fits}},
                  Words::tr("memory: %1").arg(generation::memorySummary(*memory)));
}

void tellFallback(const generation::MemoryFallback &fallback, Output &output)
{
    const QString text = generation::fallbackWords(fallback);
    if (!output.isJson()) {
        output.notice(text);
        return;
    }
    output.result(QStringLiteral("memory-fallback"),
                  {{"stage", QLatin1String(moodloom::models::paintStageName(fallback.stage))},
                   {"needed", qint64(fallback.needed)},
                   {"room", qint64(fallback.available)},
                   {"plan", planFields(fallback.plan)}},
                  text);
}

Result<Take> paint(const Recipe &recipe, const GenerateOptions &wanted, Output &output)
{
    Worker saver(QStringLiteral("preview")); // the sampler waits for no file
    generation::Generator generator;
    if (!wanted.previewDecoder.isEmpty())
        generator.setPreviewDecoders({wanted.previewDecoder}, true);
    tellMemory(recipe, output);
    size_t fallbacks = 0;
    const auto sink = [&](const generation::StepInfo &step) {
        for (; fallbacks < step.memory.fallbacks.size(); ++fallbacks)
            tellFallback(step.memory.fallbacks[fallbacks], output);
        if (!wanted.preview.isEmpty() && !step.preview.isNull() && saver.pending() == 0)
            saver.run([image = step.preview, path = wanted.preview](std::stop_token) {
                return image.save(path);
            });
        if (step.loading >= 0) {
            output.progress(QStringLiteral("loading"), {{"share", step.loading}},
                            Words::tr("Loading the model: %1 %").arg(int(step.loading * 100)));
            return;
        }
        output.progress(QStringLiteral("step"), {{"step", step.step}, {"total", step.total}},
                        step.step == 0 ? Words::tr("Preparing")
                                       : Words::tr("Step %1 of %2").arg(step.step).arg(step.total));
    };
    auto take = generator.paint(recipe, sink, stopOnInterrupt());
    // What decoding fell back to comes after the last step.
    for (; take && fallbacks < take->memory.fallbacks.size(); ++fallbacks)
        tellFallback(take->memory.fallbacks[fallbacks], output);
    return take;
}

QString shownWord(generation::Shown shown)
{
    switch (shown) {
    case generation::Shown::Found: return Words::tr("found");
    case generation::Shown::Weak: return Words::tr("weak");
    case generation::Shown::Missing: return Words::tr("missing");
    case generation::Shown::Unchecked: return Words::tr("not checked");
    }
    return {};
}

// Which facets of the prompt the take shows. Without a library there is nothing to hold it against.
void checkShown(Take &take, const Found &found, Output &output)
{
    if (!found.index)
        return;
    QHash<QString, QString> served;
    for (const retrieval::Reference &reference : found.references)
        if (!reference.nearest && reference.facet >= 0 &&
            reference.facet < found.prompt.facets.size())
            served.insert(reference.asset.hash, found.prompt.facets[reference.facet].text);
    const auto check =
        found.index->checker().check(take.image, take.recipe, served, stopOnInterrupt());
    if (!check) {
        if (check.error().code != ErrorCode::Cancelled)
            output.notice(Words::tr("what the picture shows could not be checked: %1")
                              .arg(errorLine(check.error())));
        return;
    }
    take.grounding = *check;
    for (const QJsonValue &facet : generation::toJson(*check)[QStringLiteral("facets")].toArray())
        if (output.isJson())
            output.result(QStringLiteral("shows"), facet.toObject(), {});
    if (!output.isJson())
        for (const generation::FacetCheck &facet : check->facets)
            output.result(QStringLiteral("shows"), {},
                          Words::tr("shows: %1: %2").arg(facet.text, shownWord(facet.shown)));
}

// The board that the studio would have made of it: references, frame, notes, take.
Result<void> writeBoard(const QString &path, const GenerateOptions &wanted, const Found &found,
                        const Take &take)
{
    auto board = board::Board::create(QDir::current().absoluteFilePath(path));
    if (!board)
        return fail(board.error());
    const QSizeF size = QSizeF(take.recipe.size).scaled(512, 512, Qt::KeepAspectRatio);
    const board::ItemId frame = (*board)->addFrame({}, size);
    generation::PaintSettings settings = wanted.settings;
    settings.size = take.recipe.size;
    board::Frame content = session::withSettings(*(*board)->item(frame)->frame(), settings);
    content.prompt = take.recipe.promptTemplate.isEmpty() ? wanted.prompt : take.recipe.promptTemplate;
    (*board)->setFrame(frame, content,
                       QT_TRANSLATE_NOOP("moodloom::board::Board", "Change picture settings"));
    QVector<board::Picture> pictures;
    for (const retrieval::Reference &reference : found.references)
        if (!reference.nearest)
            pictures.append(session::pictureOf(reference, found.prompt.facets));
    for (const RecipeReference &pin : wanted.pins) {
        board::Picture picture;
        picture.hash = pin.hash;
        picture.path = pin.path;
        // Only the size is wanted: reduced while it is read.
        if (const auto read = image::decodePicture(pin.path, {.maxSide = 64}))
            picture.size = read->fullSize;
        picture.caption = pin.caption;
        picture.state = ReferenceState::Pinned;
        picture.weight = pin.weight;
        picture.role = pin.role;
        picture.steps = pin.steps;
        pictures.append(picture);
    }
    (*board)->placeReferences(pictures);
    for (const generation::RecipeText &text : wanted.texts)
        session::placeNote(**board, frame, text);
    board::FrameTake kept;
    kept.id = take.id;
    kept.frame = frame;
    kept.recipe = generation::toJson(take.recipe);
    kept.made = take.made;
    kept.seconds = take.seconds;
    if (take.grounding)
        kept.grounding = generation::toJson(*take.grounding);
    (*board)->addTake(kept, take.image);
    return session::waitUntilSaved(**board, frame);
}

} // namespace

int generate(const QStringList &arguments, Output &output)
{
    QCommandLineParser parser;
    addGenerateOptions(parser);
    if (auto ok = parse(parser, QStringLiteral("generate"), arguments); !ok)
        return output.error(ok.error());
    auto wanted = readGenerateOptions(parser, output);
    if (!wanted)
        return output.error(wanted.error());
    if (!wanted->promptTemplate.isEmpty())
        output.result(QStringLiteral("chosen"), {{"prompt", wanted->prompt}},
                      Words::tr("prompt: %1").arg(wanted->prompt));
    const auto found = find(*wanted, output);
    if (!found)
        return output.error(found.error());

    QVector<RecipeReference> acting = wanted->pins;
    if (acting.isEmpty())
        acting = generation::actingReferences(found->references, found->prompt.facets);
    acting.removeIf([&](const RecipeReference &r) { return wanted->drops.contains(r.hash); });
    if (wanted->pins.isEmpty() && !acting.isEmpty() && !takesReferences(*wanted)) {
        output.notice(Words::tr("this model has no IP-Adapter and takes no references: painting "
                                "from the words alone"));
        acting.clear();
    }
    if (wanted->settings.size.isEmpty()) {
        const auto native = generation::Generator::canvas(wanted->model);
        if (!native)
            return output.error(native.error());
        wanted->settings.size = sizeFor(wanted->settings, *native);
    }
    Recipe recipe = generation::composeRecipe(found->prompt, wanted->settings,
                                              generation::strongest(acting));
    recipe.promptTemplate = wanted->promptTemplate;
    recipe.texts = wanted->texts;
    for (const RecipeReference &reference : recipe.references) {
        QJsonObject fields{{"path", reference.path},
                           {"weight", reference.weight},
                           {"role", generation::referenceRoleName(reference.role)},
                           {"from", reference.steps.from},
                           {"to", reference.steps.to}};
        const QRectF &part = reference.part;
        if (!part.isEmpty())
            fields["part"] = QJsonArray{part.x(), part.y(), part.width(), part.height()};
        output.result(QStringLiteral("using"), fields,
                      part.isEmpty() ? Words::tr("reference: %1").arg(reference.path)
                                     : Words::tr("reference: a part of %1").arg(reference.path));
    }
    for (const generation::RecipeText &note : recipe.texts)
        output.result(QStringLiteral("note"),
                      {{"text", note.text},
                       {"weight", note.weight},
                       {"from", note.steps.from},
                       {"to", note.steps.to}},
                      Words::tr("note: %1").arg(note.text));
    auto take = paint(recipe, *wanted, output);
    if (!take)
        return output.error(take.error());
    checkShown(*take, *found, output);

    if (!wanted->out.isEmpty())
        if (auto written = exporting::exportPng(*take, wanted->out); !written)
            return output.error(written.error());
    if (!wanted->psd.isEmpty()) {
        const auto content = session::exportOf(*take, nullptr, {});
        if (auto written = exporting::exportPsd(content, wanted->psd); !written)
            return output.error(written.error());
    }
    if (!wanted->board.isEmpty())
        if (auto written = writeBoard(wanted->board, *wanted, *found, *take); !written)
            return output.error(written.error());
    output.result(QStringLiteral("painted"),
                  {{"seed", QString::number(recipe.seed)},
                   {"seconds", take->seconds},
                   {"plan", planFields(take->memory.plan)},
                   {"out", wanted->out},
                   {"psd", wanted->psd},
                   {"board", wanted->board}},
                  Words::tr("painted in %1 s with seed %2: %3")
                      .arg(take->seconds, 0, 'f', 1)
                      .arg(recipe.seed)
                      .arg(QStringList{wanted->out, wanted->psd, wanted->board}
                               .filter(QRegularExpression(QStringLiteral(".")))
                               .join(QStringLiteral(", "))));
    return Ok;
}

} // namespace moodloom::cli
