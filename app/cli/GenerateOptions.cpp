#include "app/cli/GenerateOptions.h"

#include "app/cli/OpenIndex.h"
#include "app/cli/OptionValues.h"
#include "app/cli/Options.h"
#include "app/cli/ReadReuse.h"
#include "app/cli/Words.h"
#include "core/base/ContentHash.h"
#include "core/base/Memory.h"
#include "core/generation/Compose.h"
#include "core/image/Decode.h"
#include "core/prompt/Wildcards.h"

#include <QDir>
#include <QFileInfo>

namespace moodloom::cli {
namespace {

using generation::PaintSettings;

Result<void> readLoras(const QCommandLineParser &parser, PaintSettings &settings)
{
    for (const QString &text : parser.values(QStringLiteral("lora"))) {
        const auto lora = readLora(text);
        if (!lora)
            return fail(lora.error());
        settings.loras.append(*lora);
    }
    return {};
}

Failure wrong(const char *option, const QString &what)
{
    return fail(ErrorCode::Invalid, option, what.toStdString());
}

Result<void> readStart(const QCommandLineParser &parser, PaintSettings &settings)
{
    const bool masked = parser.isSet(QStringLiteral("mask"));
    if (!parser.isSet(QStringLiteral("init"))) {
        if (masked || parser.isSet(QStringLiteral("strength")))
            return wrong(masked ? "--mask" : "--strength",
                         Words::tr("say which picture is painted over: --init FILE"));
        return {};
    }
    const auto picture = readPicture(parser.value(QStringLiteral("init")));
    if (!picture)
        return fail(picture.error());
    settings.start.picture = *picture;
    const auto strength = real(parser, QStringLiteral("strength"), 0, 1, masked ? 1 : 0.75);
    if (!strength)
        return fail(strength.error());
    settings.start.strength = *strength;
    if (!masked)
        return {};
    const auto mask = readPicture(parser.value(QStringLiteral("mask")));
    if (!mask)
        return fail(mask.error());
    settings.start.mask = *mask;
    return {};
}

// Networks, pictures and scales belong together in the order in which they are given.
Result<void> readControls(const QCommandLineParser &parser, PaintSettings &settings)
{
    const QStringList networks = parser.values(QStringLiteral("control"));
    const QStringList pictures = parser.values(QStringLiteral("control-image"));
    const QStringList scales = parser.values(QStringLiteral("control-scale"));
    if (networks.size() != pictures.size())
        return wrong("--control-image", Words::tr("give one for each --control, in their order"));
    if (scales.size() > 1 && scales.size() != networks.size())
        return wrong("--control-scale",
                     Words::tr("give one for all, or one for each --control, in their order"));
    for (qsizetype i = 0; i < networks.size(); ++i) {
        const auto network = existing(networks[i]);
        if (!network)
            return fail(network.error());
        const auto picture = readPicture(pictures[i]);
        if (!picture)
            return fail(picture.error());
        generation::RecipeControl control{*network, *picture, 1};
        if (!scales.isEmpty()) {
            bool ok = false;
            control.scale = (scales.size() == 1 ? scales.first() : scales[i]).toDouble(&ok);
            if (!ok || !(control.scale >= 0 && control.scale <= 2))
                return wrong("--control-scale", Words::tr("scales go from 0 to 2"));
        }
        settings.controls.append(control);
    }
    return {};
}

Result<void> readAdapters(const QCommandLineParser &parser, PaintSettings &settings)
{
    for (const QString &path : parser.values(QStringLiteral("ip-adapter"))) {
        const auto adapter = existing(path);
        if (!adapter)
            return fail(adapter.error());
        settings.adapters.append(*adapter);
    }
    if (!parser.isSet(QStringLiteral("image-encoder")))
        return {};
    const auto encoder = existing(parser.value(QStringLiteral("image-encoder")));
    if (!encoder)
        return fail(encoder.error());
    settings.imageEncoder = *encoder;
    return {};
}

// {a red|a blue} car: what the prompt leaves open is chosen by the seed, before anything is looked up.
Result<void> choose(const QCommandLineParser &parser, GenerateOptions &wanted)
{
    if (prompt::choicesIn(wanted.prompt).isEmpty())
        return {};
    if (std::exchange(wanted.settings.randomSeed, false))
        wanted.settings.seed = generation::freshSeed();
    const QString given = parser.value(QStringLiteral("wildcards"));
    const QString folder =
        given.isEmpty() ? prompt::defaultWildcardFolder() : QDir::current().absoluteFilePath(given);
    const auto chosen =
        prompt::chosen(wanted.prompt, wanted.settings.seed, prompt::wildcardsIn(folder));
    if (!chosen)
        return fail(chosen.error());
    wanted.promptTemplate = std::exchange(wanted.prompt, *chosen);
    return {};
}

Result<void> readMemoryLimit(const QCommandLineParser &parser)
{
    const QString option = QStringLiteral("memory-limit");
    const bool given = parser.isSet(option);
    const QString text =
        given ? parser.value(option) : qEnvironmentVariable("MOODLOOM_MEMORY_LIMIT");
    if (text.isEmpty() && !given)
        return {};
    const auto bytes = bytesFromText(text.toStdString());
    if (!bytes || *bytes == 0)
        return wrong(given ? "--memory-limit" : "MOODLOOM_MEMORY_LIMIT",
                     Words::tr("\"%1\": give bytes, or a size as 6G or 800M").arg(text));
    setMemoryLimit(*bytes);
    return {};
}

} // namespace

void addGenerateOptions(QCommandLineParser &parser)
{
    const auto option = [&parser](const char *name, const char *help, const char *value) {
        parser.addOption({QLatin1String(name), QCoreApplication::translate("CommandLine", help),
                          QLatin1String(value)});
    };
    parser.setApplicationDescription(Words::tr("Finds references for a prompt, paints a picture "
                                               "that stays true to them, writes PNG and PSD."));
    parser.addPositionalArgument(
        QStringLiteral("PROMPT"),
        Words::tr("English or Chinese; {a|b} is one of them, __name__ a line of name.txt"));
    option("from",
           QT_TRANSLATE_NOOP("CommandLine",
                             "a picture that tells how it was made (see inspect): its prompt, "
                             "settings and references, where nothing else is said"),
           "FILE");
    addLibraryOption(parser);
    option("encoder",
           QT_TRANSLATE_NOOP("CommandLine", "a model or CLIP folder that searches the library, as "
                                            "it was added with (the model's own)"),
           "DIR");
    option("model",
           QT_TRANSLATE_NOOP("CommandLine",
                             "a model folder, or a checkpoint in one file (the built-in model)"),
           "DIR|FILE");
    option(
        "pin",
        QT_TRANSLATE_NOOP("CommandLine",
                          "a picture that must act, with a weight from 0 to 2, a role (content, "
                          "style or layout: all of it, its look, its arrangement), and the part of "
                          "the run in which it acts (0-0.5: the first half); may be given again"),
        "FILE[:WEIGHT[:ROLE[:FROM-TO]]]");
    option("note",
           QT_TRANSLATE_NOOP("CommandLine",
                             "words that act in a part of the picture (shares of it, 0 to 1), with "
                             "a weight from 0 to 2, and the part of the run in which they act; may "
                             "be given again: later ones lie over earlier ones"),
           "LEFT,TOP,WIDTH,HEIGHT[:WEIGHT[:FROM-TO]]=TEXT");
    option("drop",
           QT_TRANSLATE_NOOP("CommandLine", "a picture that must not act; may be given again"),
           "FILE");
    option("lora",
           QT_TRANSLATE_NOOP("CommandLine", "a LoRA of the model's family, with a scale from -4 to "
                                            "4; may be given again"),
           "FILE[:SCALE]");
    option("init",
           QT_TRANSLATE_NOOP("CommandLine", "a picture to paint over, instead of from noise"),
           "FILE");
    option(
        "strength",
        QT_TRANSLATE_NOOP("CommandLine", "how much of it may change, 0 to 1 (0.75; with a mask 1)"),
        "S");
    option("mask",
           QT_TRANSLATE_NOOP("CommandLine",
                             "where it may change: white is painted, black stays as it is"),
           "FILE");
    option("control",
           QT_TRANSLATE_NOOP("CommandLine", "a ControlNet; may be given again, each time with a "
                                            "--control-image"),
           "DIR|FILE");
    option(
        "control-image",
        QT_TRANSLATE_NOOP("CommandLine",
                          "the picture that it follows: edges, depth, a pose, ... as it wants it"),
        "FILE");
    option("control-scale",
           QT_TRANSLATE_NOOP("CommandLine", "how strictly, 0 to 2 (1); for all, or one for each"),
           "S");
    option("ip-adapter",
           QT_TRANSLATE_NOOP("CommandLine",
                             "how references are seen, in place of the model's own IP-Adapter; may "
                             "be given again"),
           "FILE");
    option("image-encoder",
           QT_TRANSLATE_NOOP("CommandLine",
                             "the CLIP image encoder that the IP-Adapter needs (the model's own)"),
           "DIR|FILE");
    option("wildcards",
           QT_TRANSLATE_NOOP("CommandLine",
                             "where __name__ in a prompt finds name.txt, one choice a line "
                             "(MOODLOOM_WILDCARDS, else wildcards in the data folder)"),
           "DIR");
    option("negative", QT_TRANSLATE_NOOP("CommandLine", "what should not appear"), "TEXT");
    option("seed",
           QT_TRANSLATE_NOOP("CommandLine",
                             "the same seed and recipe give the same picture (a fresh one)"),
           "N");
    option("steps", QT_TRANSLATE_NOOP("CommandLine", "denoising steps, 1 to 200 (20)"), "N");
    option(
        "size",
        QT_TRANSLATE_NOOP("CommandLine", "pixels (the model's own size, in the shape of --init)"),
        "WxH");
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
    option("preview",
           QT_TRANSLATE_NOOP("CommandLine", "the newest preview while it paints, written anew"),
           "x.png");
    option("preview-decoder",
           QT_TRANSLATE_NOOP("CommandLine",
                             "a tiny autoencoder (TAESD) that the previews are decoded with; it "
                             "has no influence on the picture"),
           "DIR|FILE");
    option("memory-limit",
           QT_TRANSLATE_NOOP("CommandLine",
                             "the most memory that is taken, as 6G (MOODLOOM_MEMORY_LIMIT, else "
                             "what can be had)"),
           "SIZE");
    parser.addOption({QStringLiteral("no-search"), Words::tr("use only the pinned pictures")});
}

// What the picture of --from tells, before the other options come over it.
static Result<void> readFrom(const QCommandLineParser &parser, GenerateOptions &wanted, Output &output)
{
    const auto reuse = readReuse(parser.value(QStringLiteral("from")), output);
    if (!reuse)
        return fail(reuse.error());
    for (const QString &note : reuse->notes)
        output.notice(note);
    wanted.settings = reuse->settings;
    wanted.prompt = reuse->origin.prompt.value_or(QString());
    for (const origin::FoundReference &found : reuse->references)
        wanted.pins.append(found.reference);
    if (reuse->origin.recipe)
        wanted.texts = reuse->origin.recipe->texts;
    // A whole recipe names all that acted.
    wanted.search = !reuse->origin.recipe;
    return {};
}

Result<GenerateOptions> readGenerateOptions(const QCommandLineParser &parser, Output &output)
{
    GenerateOptions wanted;
    const bool from = parser.isSet(QStringLiteral("from"));
    if (from)
        if (auto read = readFrom(parser, wanted, output); !read)
            return fail(read.error());
    if (parser.positionalArguments().isEmpty() && wanted.prompt.isEmpty())
        return fail(
            ErrorCode::Invalid, "generate",
            Words::tr("write a prompt: moodloom generate \"PROMPT\" --out x.png").toStdString());
    if (!parser.positionalArguments().isEmpty())
        wanted.prompt = parser.positionalArguments().join(QLatin1Char(' '));
    wanted.library = libraryFolder(parser);
    wanted.model = parser.isSet(QStringLiteral("model")) ? modelFolder(parser) : wanted.settings.model;
    if (const QString encoder = parser.value(QStringLiteral("encoder")); !encoder.isEmpty())
        wanted.encoder = QDir::current().absoluteFilePath(encoder);
    wanted.out = parser.value(QStringLiteral("out"));
    wanted.psd = parser.value(QStringLiteral("psd"));
    wanted.board = parser.value(QStringLiteral("board"));
    if (parser.isSet(QStringLiteral("no-search")))
        wanted.search = false;
    wanted.preview = parser.value(QStringLiteral("preview"));
    if (parser.isSet(QStringLiteral("preview-decoder"))) {
        const auto decoder = existing(parser.value(QStringLiteral("preview-decoder")));
        if (!decoder)
            return fail(decoder.error());
        wanted.previewDecoder = *decoder;
    }
    if (auto limited = readMemoryLimit(parser); !limited)
        return fail(limited.error());
    if (wanted.out.isEmpty() && wanted.psd.isEmpty() && wanted.board.isEmpty())
        return fail(ErrorCode::Invalid, "generate",
                    Words::tr("say where the picture goes: --out x.png").toStdString());
    for (const QString &path : {wanted.out, wanted.psd, wanted.board, wanted.preview})
        if (!path.isEmpty() && !QFileInfo(path).absoluteDir().exists())
            return fail(ErrorCode::NotFound, path.toStdString(),
                        Words::tr("its folder does not exist").toStdString());
    if (!wanted.board.isEmpty() && QFileInfo::exists(wanted.board))
        return fail(ErrorCode::Invalid, wanted.board.toStdString(),
                    Words::tr("is there already; name a new file").toStdString());
    if (parser.isSet(QStringLiteral("pin")))
        wanted.pins.clear();
    for (const QString &text : parser.values(QStringLiteral("pin"))) {
        auto pin = readPin(text);
        if (!pin)
            return fail(pin.error());
        wanted.pins.append(*pin);
    }
    if (parser.isSet(QStringLiteral("note")))
        wanted.texts.clear();
    for (const QString &text : parser.values(QStringLiteral("note"))) {
        auto note = readNote(text);
        if (!note)
            return fail(note.error());
        wanted.texts.append(*note);
    }
    for (const QString &path : parser.values(QStringLiteral("drop"))) {
        const auto bytes = image::readPictureFile(QDir::current().absoluteFilePath(path));
        if (!bytes)
            return fail(bytes.error());
        wanted.drops.append(contentHash(*bytes));
    }
    generation::PaintSettings &settings = wanted.settings;
    // Given once, an option is all of its kind.
    if (parser.isSet(QStringLiteral("lora")))
        settings.loras.clear();
    if (parser.isSet(QStringLiteral("control")))
        settings.controls.clear();
    if (parser.isSet(QStringLiteral("ip-adapter")))
        settings.adapters.clear();
    for (const auto read : {readLoras, readStart, readControls, readAdapters})
        if (auto ok = read(parser, settings); !ok)
            return fail(ok.error());
    if (parser.isSet(QStringLiteral("negative")))
        settings.negativePrompt = parser.value(QStringLiteral("negative"));
    settings.model = wanted.model;
    settings.randomSeed = settings.randomSeed && !parser.isSet(QStringLiteral("seed"));
    const auto number = seed(parser, QStringLiteral("seed"), settings.seed);
    const auto steps = integer(parser, QStringLiteral("steps"), 1, 200, settings.steps);
    const auto guidance = real(parser, QStringLiteral("guidance"), 1, 30, settings.guidance);
    const auto sampler = parser.isSet(QStringLiteral("sampler"))
                             ? generation::samplerFromName(parser.value(QStringLiteral("sampler")))
                             : Result<generation::Sampler>(settings.sampler);
    const auto pixels = parser.isSet(QStringLiteral("size"))
                            ? size(parser.value(QStringLiteral("size")))
                            : Result<QSize>(from ? settings.size : QSize());
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
    if (auto ok = choose(parser, wanted); !ok)
        return fail(ok.error());
    return wanted;
}

} // namespace moodloom::cli
