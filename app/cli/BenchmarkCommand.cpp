// moodloom benchmark grounding --seed S --count N --model DIR --out FOLDER
#include "app/cli/Commands.h"
#include "app/cli/Interrupt.h"
#include "app/cli/OpenIndex.h"
#include "app/cli/Options.h"
#include "core/base/Paths.h"
#include "core/generation/Generator.h"
#include "core/grounding/AutoencoderPass.h"
#include "core/grounding/Report.h"

#include <QDir>

namespace moodloom::cli {
namespace {

void addOptions(QCommandLineParser &parser)
{
    const auto option = [&parser](const char *name, const char *help, const char *value) {
        parser.addOption({QLatin1String(name), QLatin1String(help), QLatin1String(value)});
    };
    parser.setApplicationDescription(QStringLiteral(
        "Measures whether a model paints what its references show: paints prompts with no, right, "
        "wrong and random references and judges the pictures. Ctrl+C ends it with a partial "
        "report."));
    parser.addPositionalArgument(QStringLiteral("grounding"), QStringLiteral("what to measure"));
    option("model", "a model folder (the built-in one)", "DIR");
    option("encoders", "a model folder whose encoders search the library (the model's own)", "DIR");
    option("out", "where report and pictures go (grounding-report)", "FOLDER");
    option("seed", "what is asked and painted (1)", "S");
    option("count", "prompts of each group, 1 to 240 (8)", "N");
    option("takes", "pictures of each prompt and condition, 1 to 16 (2)", "N");
    option("only",
           "paint under these conditions alone, without the controls: none, retrieved, oracle, "
           "wrong, random, separated by commas (all)",
           "NAMES");
    option("steps", "denoising steps, 1 to 200 (20)", "N");
    option("sampler", "as of generate (auto)", "NAME");
    option("guidance", "how strictly the prompt is followed, 1 to 30 (5)", "G");
    option("library", "pictures of the library made for it, 1 to 100000 (600)", "N");
    option("judge", "drawings that the judge learns from, 600 to 100000 (2600)", "N");
}

Result<grounding::BenchmarkOptions> read(const QCommandLineParser &parser)
{
    grounding::BenchmarkOptions options;
    const auto number = seed(parser, QStringLiteral("seed"), options.seed);
    const auto count = integer(parser, QStringLiteral("count"), 1, 240, options.count);
    const auto takes = integer(parser, QStringLiteral("takes"), 1, 16, options.takes);
    const auto steps = integer(parser, QStringLiteral("steps"), 1, 200, options.steps);
    const auto guidance = real(parser, QStringLiteral("guidance"), 1, 30, options.guidance);
    const auto sampler = generation::samplerFromName(
        parser.isSet(QStringLiteral("sampler")) ? parser.value(QStringLiteral("sampler"))
                                                : generation::samplerName(options.sampler));
    const auto pictures =
        integer(parser, QStringLiteral("library"), 1, 100'000, options.library.pictures);
    const auto drawings =
        integer(parser, QStringLiteral("judge"), 600, 100'000, options.judge.scenes);
    for (const Error *error :
         {number ? nullptr : &number.error(), count ? nullptr : &count.error(),
          takes ? nullptr : &takes.error(), steps ? nullptr : &steps.error(),
          guidance ? nullptr : &guidance.error(), sampler ? nullptr : &sampler.error(), pictures ? nullptr : &pictures.error(),
          drawings ? nullptr : &drawings.error()})
        if (error)
            return fail(*error);
    const QStringList names =
        parser.value(QStringLiteral("only")).split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &name : names) {
        const auto condition = grounding::conditionFromName(name.trimmed());
        if (!condition || *condition == grounding::Condition::Drawn ||
            *condition == grounding::Condition::Decoded)
            return fail(ErrorCode::Invalid, name.toStdString(),
                        "no condition; choose among none, retrieved, oracle, wrong and random");
        options.conditions.push_back(*condition);
    }
    options.seed = *number;
    options.count = *count;
    options.takes = *takes;
    options.steps = *steps;
    options.guidance = *guidance;
    options.sampler = *sampler;
    options.library.pictures = *pictures;
    options.library.seed = *number;
    options.judge.scenes = *drawings;
    options.model = modelFolder(parser);
    if (const QString encoders = parser.value(QStringLiteral("encoders")); !encoders.isEmpty())
        options.encoders = QDir::current().absoluteFilePath(encoders);
    const QString out = parser.value(QStringLiteral("out"));
    options.folder =
        QDir::current().absoluteFilePath(out.isEmpty() ? QStringLiteral("grounding-report") : out);
    return options;
}

} // namespace

int benchmark(const QStringList &arguments, Output &output)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (auto ok = parse(parser, QStringLiteral("benchmark"), arguments); !ok)
        return output.error(ok.error());
    if (parser.positionalArguments() != QStringList{QStringLiteral("grounding")})
        return output.usage(QStringLiteral("say what to measure: moodloom benchmark grounding"));
    const auto options = read(parser);
    if (!options)
        return output.error(options.error());
    const std::stop_token stop = stopOnInterrupt();
    const auto canvas = generation::Generator::canvas(options->model);
    if (!canvas)
        return output.error(canvas.error());
    const auto autoencoder = grounding::AutoencoderPass::open(options->model, stop);
    if (!autoencoder)
        return output.error(autoencoder.error());

    generation::Generator generator;
    grounding::BenchmarkTools tools;
    tools.size = canvas->native;
    tools.paint = [&generator](const generation::Recipe &recipe,
                               std::stop_token cancel) -> Result<QImage> {
        auto take = generator.paint(recipe, {}, cancel);
        if (!take)
            return fail(take.error());
        return take->image;
    };
    tools.decode = [&autoencoder](const QImage &picture) { return (*autoencoder)(picture); };
    tools.progress = [&output](const QString &what, int done, int total) {
        output.progress(QStringLiteral("progress"),
                        {{"stage", what}, {"done", done}, {"total", total}},
                        QStringLiteral("%1: %2 of %3").arg(what).arg(done).arg(total));
    };
    const auto outcome = grounding::runBenchmark(*options, tools, stop);
    if (!outcome)
        return output.error(outcome.error());
    if (auto written = grounding::writeReport(*outcome); !written)
        return output.error(written.error());
    output.result(QStringLiteral("grounding"), grounding::jsonReport(*outcome),
                  grounding::textReport(*outcome) +
                      QStringLiteral("\nReport: %1/report.html").arg(options->folder));
    return outcome->partial ? Interrupted : Ok;
}

} // namespace moodloom::cli
