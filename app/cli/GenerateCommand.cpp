// moodloom generate "PROMPT" ... --out x.png [--psd x.psd] [--board x.moodloom]
#include "app/cli/Commands.h"
#include "app/cli/Interrupt.h"
#include "app/cli/OpenIndex.h"
#include "app/cli/Options.h"
#include "app/cli/Words.h"
#include "core/base/ContentHash.h"
#include "core/base/Paths.h"
#include "core/generation/Compose.h"
#include "core/generation/Generator.h"
#include "core/image/Decode.h"
#include "core/models/Inspect.h"
#include "core/prompt/FacetParser.h"
#include "core/session/Exchange.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

namespace moodloom::cli {
namespace {

using generation::Recipe;
using generation::RecipeReference;
using generation::Take;

struct Wanted
{
    QString prompt, library, model, out, psd, board;
    QVector<RecipeReference> pins;
    QStringList drops; // content hashes
    generation::PaintSettings settings;
    bool search = true;
};

void addOptions(QCommandLineParser &parser)
{
    const auto option = [&parser](const char *name, const char *help, const char *value) {
        parser.addOption({QLatin1String(name), QCoreApplication::translate("CommandLine", help),
                          QLatin1String(value)});
    };
    parser.setApplicationDescription(Words::tr("Finds references for a prompt, paints a picture "
                                               "that stays true to them, writes PNG and PSD."));
    parser.addPositionalArgument(QStringLiteral("PROMPT"), Words::tr("English or Chinese"));
    addLibraryOption(parser);
    option("model",
           QT_TRANSLATE_NOOP("CommandLine",
                             "a model folder, or a checkpoint in one file (the built-in model)"),
           "DIR|FILE");
    option(
        "pin",
        QT_TRANSLATE_NOOP("CommandLine",
                          "a picture that must act, with a weight from 0 to 2; may be given again"),
        "FILE[:WEIGHT]");
    option("drop",
           QT_TRANSLATE_NOOP("CommandLine", "a picture that must not act; may be given again"),
           "FILE");
    option("lora",
           QT_TRANSLATE_NOOP("CommandLine", "a LoRA of the model's family, with a scale from -4 to "
                                            "4; may be given again"),
           "FILE[:SCALE]");
    option("negative", QT_TRANSLATE_NOOP("CommandLine", "what should not appear"), "TEXT");
    option("seed",
           QT_TRANSLATE_NOOP("CommandLine",
                             "the same seed and recipe give the same picture (a fresh one)"),
           "N");
    option("steps", QT_TRANSLATE_NOOP("CommandLine", "denoising steps, 1 to 200 (20)"), "N");
    option("size", QT_TRANSLATE_NOOP("CommandLine", "pixels (the model's own size)"), "WxH");
    option("guidance",
           QT_TRANSLATE_NOOP("CommandLine", "how strictly the prompt is followed, 1 to 30 (5)"),
           "G");
    parser.addOption({QStringLiteral("sampler"),
                      Words::tr("%1 (auto: the model's own)").arg(generation::samplerNames()),
                      QStringLiteral("NAME")});
    option("out", QT_TRANSLATE_NOOP("CommandLine", "the picture"), "x.png");
    option("psd", QT_TRANSLATE_NOOP("CommandLine", "the same with its references as layers"),
           "x.psd");
    option("board", QT_TRANSLATE_NOOP("CommandLine", "a board with references and take"),
           "x.moodloom");
    parser.addOption({QStringLiteral("no-search"), Words::tr("use only the pinned pictures")});
}

// "FILE:NUMBER": the number is behind the last colon; a file may have colons in its name.
std::pair<QString, double> fileAndNumber(const QString &text)
{
    static const QRegularExpression number(QStringLiteral("^(.*):(-?\\d*\\.?\\d+)$"));
    const auto match = number.match(text);
    if (!match.hasMatch() || QFileInfo::exists(text))
        return {text, 1};
    return {match.captured(1), match.captured(2).toDouble()};
}

Result<generation::RecipeLora> readLora(const QString &text)
{
    const auto [path, scale] = fileAndNumber(text);
    if (!(scale >= -4 && scale <= 4))
        return fail(ErrorCode::Invalid, ("--lora " + text).toStdString(),
                    Words::tr("scales go from -4 to 4").toStdString());
    if (!QFileInfo(path).isFile()) // said before the model is loaded
        return fail(ErrorCode::NotFound, path.toStdString(),
                    Words::tr("there is no such file").toStdString());
    return generation::RecipeLora{QDir::current().absoluteFilePath(path), scale};
}

Result<RecipeReference> readPin(const QString &text)
{
    RecipeReference pin;
    const auto [path, weight] = fileAndNumber(text);
    pin.weight = weight;
    if (!(pin.weight >= 0 && pin.weight <= 2))
        return fail(ErrorCode::Invalid, ("--pin " + text).toStdString(),
                    Words::tr("weights go from 0 to 2").toStdString());
    pin.path = QDir::current().absoluteFilePath(path);
    const auto bytes = image::readPictureFile(pin.path);
    if (!bytes)
        return fail(bytes.error());
    pin.hash = contentHash(*bytes);
    pin.caption = QFileInfo(pin.path).completeBaseName();
    return pin;
}

Result<Wanted> read(const QCommandLineParser &parser)
{
    Wanted wanted;
    if (parser.positionalArguments().isEmpty())
        return fail(
            ErrorCode::Invalid, "generate",
            Words::tr("write a prompt: moodloom generate \"PROMPT\" --out x.png").toStdString());
    wanted.prompt = parser.positionalArguments().join(QLatin1Char(' '));
    wanted.library = libraryFolder(parser);
    wanted.model = parser.isSet(QStringLiteral("model")) ? modelFolder(parser) : QString();
    wanted.out = parser.value(QStringLiteral("out"));
    wanted.psd = parser.value(QStringLiteral("psd"));
    wanted.board = parser.value(QStringLiteral("board"));
    wanted.search = !parser.isSet(QStringLiteral("no-search"));
    if (wanted.out.isEmpty() && wanted.psd.isEmpty() && wanted.board.isEmpty())
        return fail(ErrorCode::Invalid, "generate",
                    Words::tr("say where the picture goes: --out x.png").toStdString());
    for (const QString &path : {wanted.out, wanted.psd, wanted.board})
        if (!path.isEmpty() && !QFileInfo(path).absoluteDir().exists())
            return fail(ErrorCode::NotFound, path.toStdString(),
                        Words::tr("its folder does not exist").toStdString());
    if (!wanted.board.isEmpty() && QFileInfo::exists(wanted.board))
        return fail(ErrorCode::Invalid, wanted.board.toStdString(),
                    Words::tr("is there already; name a new file").toStdString());
    for (const QString &text : parser.values(QStringLiteral("pin"))) {
        auto pin = readPin(text);
        if (!pin)
            return fail(pin.error());
        wanted.pins.append(*pin);
    }
    for (const QString &path : parser.values(QStringLiteral("drop"))) {
        const auto bytes = image::readPictureFile(QDir::current().absoluteFilePath(path));
        if (!bytes)
            return fail(bytes.error());
        wanted.drops.append(contentHash(*bytes));
    }
    generation::PaintSettings &settings = wanted.settings;
    for (const QString &text : parser.values(QStringLiteral("lora"))) {
        const auto lora = readLora(text);
        if (!lora)
            return fail(lora.error());
        settings.loras.append(*lora);
    }
    settings.negativePrompt = parser.value(QStringLiteral("negative"));
    settings.model = wanted.model;
    settings.randomSeed = !parser.isSet(QStringLiteral("seed"));
    const auto number = seed(parser, QStringLiteral("seed"), 0);
    const auto steps = integer(parser, QStringLiteral("steps"), 1, 200, settings.steps);
    const auto guidance = real(parser, QStringLiteral("guidance"), 1, 30, settings.guidance);
    const auto sampler = parser.isSet(QStringLiteral("sampler"))
                             ? generation::samplerFromName(parser.value(QStringLiteral("sampler")))
                             : Result<generation::Sampler>(settings.sampler);
    const auto pixels = parser.isSet(QStringLiteral("size"))
                            ? size(parser.value(QStringLiteral("size")))
                            : Result<QSize>(QSize());
    for (const Error *error :
         {number ? nullptr : &number.error(), steps ? nullptr : &steps.error(),
          guidance ? nullptr : &guidance.error(), sampler ? nullptr : &sampler.error(),
          pixels ? nullptr : &pixels.error()})
        if (error)
            return fail(*error);
    settings.seed = *number;
    settings.steps = *steps;
    settings.guidance = *guidance;
    settings.sampler = *sampler;
    settings.size = *pixels;
    return wanted;
}

struct Found
{
    prompt::Prompt prompt;
    QVector<retrieval::Reference> references;
};

// What the library offers. No library at the studio's usual place is no error: then only pins act.
Result<Found> find(const Wanted &wanted, Output &output)
{
    Found found;
    found.prompt = prompt::parsePrompt(wanted.prompt);
    if (!wanted.search)
        return found;
    // A checkpoint in one file sees no pictures.
    const bool sees = !wanted.model.isEmpty() && !QFileInfo(wanted.model).isFile();
    const QString encoder = sees ? wanted.model : builtInModelFolder();
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
    for (const retrieval::Reference &reference : found.references)
        if (output.isJson())
            output.result(QStringLiteral("reference"), referenceFields(reference, found.prompt),
                          {});
    return found;
}

// Whether a problem with the model keeps it from painting is told later, by painting.
bool takesReferences(const Wanted &wanted)
{
    const QString model = wanted.model.isEmpty() ? builtInModelFolder() : wanted.model;
    const auto report = models::inspectModel(model.toStdString());
    return !report || report->takesReferences;
}

Result<Take> paint(const Recipe &recipe, Output &output)
{
    generation::Generator generator;
    const auto sink = [&output](const generation::StepInfo &step) {
        output.progress(QStringLiteral("step"), {{"step", step.step}, {"total", step.total}},
                        step.step == 0 ? Words::tr("Preparing")
                                       : Words::tr("Step %1 of %2").arg(step.step).arg(step.total));
    };
    return generator.paint(recipe, sink, stopOnInterrupt());
}

// The board that the studio would have made of it: references, frame, take.
Result<void> writeBoard(const QString &path, const Wanted &wanted, const Found &found,
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
    content.prompt = wanted.prompt;
    (*board)->setFrame(frame, content, QStringLiteral("Settings"));
    QVector<board::Picture> pictures;
    for (const retrieval::Reference &reference : found.references)
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
        pictures.append(picture);
    }
    (*board)->placeReferences(pictures);
    board::FrameTake kept;
    kept.id = take.id;
    kept.frame = frame;
    kept.recipe = generation::toJson(take.recipe);
    kept.made = take.made;
    kept.seconds = take.seconds;
    (*board)->addTake(kept, take.image);
    return session::waitUntilSaved(**board, frame);
}

} // namespace

int generate(const QStringList &arguments, Output &output)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (auto ok = parse(parser, QStringLiteral("generate"), arguments); !ok)
        return output.error(ok.error());
    auto wanted = read(parser);
    if (!wanted)
        return output.error(wanted.error());
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
        wanted->settings.size = native->native;
    }
    const Recipe recipe = generation::composeRecipe(found->prompt.clean, wanted->settings,
                                                    generation::strongest(acting));
    for (const RecipeReference &reference : recipe.references)
        output.result(QStringLiteral("using"),
                      {{"path", reference.path}, {"weight", reference.weight}},
                      Words::tr("reference: %1").arg(reference.path));
    const auto take = paint(recipe, output);
    if (!take)
        return output.error(take.error());

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
