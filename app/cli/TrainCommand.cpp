// moodloom train FOLDER --out FILE [--model DIR] [--minutes M] [--steps N] ...
#include "app/cli/Commands.h"
#include "app/cli/Interrupt.h"
#include "app/cli/Options.h"
#include "app/cli/Words.h"
#include "core/base/Paths.h"
#include "core/session/TaughtFolder.h"
#include "core/session/TaughtSamples.h"
#include "core/training/FineTuning.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

namespace moodloom::cli {
namespace {

constexpr double kUsualMinutes = 15;

void addTrainOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(Words::tr("Teaches a model your own pictures: writes a LoRA, "
                                               "and beside it an IP-Adapter where the model has\n"
                                               "one. Captions come from NAME.txt beside a picture, "
                                               "else from inside of it, else from its name."));
    parser.addPositionalArgument(QStringLiteral("FOLDER"), Words::tr("the captioned pictures"));
    const auto option = [&parser](const char *name, const QString &text, const char *value) {
        parser.addOption({QLatin1String(name), text, QLatin1String(value)});
    };
    option("out", Words::tr("the LoRA to write (.safetensors)"), "FILE");
    option("model", Words::tr("the model to teach: folder or single file (the built-in one)"),
           "DIR");
    option("minutes", Words::tr("how long to teach in this call (15, without --steps)"), "M");
    option("steps", Words::tr("steps of the whole run"), "N");
    option("rank",
           Words::tr("rank of the changes: how much can be learnt, and the files' size (8)"), "R");
    option("rate", Words::tr("learning rate (0.001; 0.0001 for large models)"), "LR");
    option("batch", Words::tr("pictures in a step (8; 1 for large models)"), "B");
    option("size", Words::tr("pixels of a side while teaching (the model's own)"), "PX");
    option("seed", Words::tr("of everything random (1)"), "S");
    option("device", Words::tr("cpu or cuda (cuda where it can be used)"), "D");
    option("samples", Words::tr("paint samples into this folder as it goes"), "DIR");
    option("save-seconds", Words::tr("between two saves (60)"), "S");
    parser.addOption({QStringLiteral("convolutions"),
                      Words::tr("also change the filters outside the attentions")});
    parser.addOption({QStringLiteral("no-adapter"), Words::tr("leave the IP-Adapter as it is")});
    parser.addOption({QStringLiteral("resume"), Words::tr("go on with the run that --out names")});
}

// Numbers, folders and devices.
Result<training::FineTuningOptions> readTrainOptions(const QCommandLineParser &parser)
{
    training::FineTuningOptions options;
    QString out = parser.value(QStringLiteral("out"));
    if (out.isEmpty())
        return fail(ErrorCode::Invalid, "--out",
                    Words::tr("say where the LoRA goes: --out FILE").toStdString());
    if (!out.endsWith(QLatin1String(".safetensors"), Qt::CaseInsensitive))
        out += QLatin1String(".safetensors");
    out = QDir::current().absoluteFilePath(out);
    if (!QFileInfo(out).dir().exists())
        return fail(ErrorCode::NotFound, QFileInfo(out).path().toStdString(), "no such folder");
    const QString model = parser.value(QStringLiteral("model"));
    if (!model.isEmpty() && !QFileInfo::exists(model))
        return fail(ErrorCode::NotFound, model.toStdString(),
                    Words::tr("there is no such file").toStdString());
    const auto steps = integer(parser, QStringLiteral("steps"), 1, 10'000'000, 0);
    const auto minutes = real(parser, QStringLiteral("minutes"), 0.01, 100'000,
                              parser.isSet(QStringLiteral("steps")) ? 0 : kUsualMinutes);
    const auto rank = integer(parser, QStringLiteral("rank"), 1, 512, 8);
    const auto rate = real(parser, QStringLiteral("rate"), 1e-8, 1, 0);
    const auto batch = integer(parser, QStringLiteral("batch"), 1, 4096, 0);
    const auto size = integer(parser, QStringLiteral("size"), 16, 4096, 0);
    const auto number = seed(parser, QStringLiteral("seed"), 1);
    const auto saving = real(parser, QStringLiteral("save-seconds"), 0, 1e6, options.saveSeconds);
    for (const auto *value : {&steps, &rank, &batch, &size})
        if (!*value)
            return fail(value->error());
    for (const auto *value : {&minutes, &rate, &saving})
        if (!*value)
            return fail(value->error());
    if (!number)
        return fail(number.error());
    const QString device = parser.value(QStringLiteral("device"));
    if (!device.isEmpty() && device != QLatin1String("cpu") && device != QLatin1String("cuda"))
        return fail(ErrorCode::Invalid, "--device", Words::tr("choose cpu or cuda").toStdString());
    options.out = out.toStdString();
    options.model =
        (model.isEmpty() ? builtInModelFolder() : QDir::current().absoluteFilePath(model))
            .toStdString();
    options.tokenizer = tokenizerFolder().toStdString();
    options.steps = *steps;
    options.minutes = *minutes;
    options.rank = *rank;
    options.rate = *rate;
    options.batch = *batch;
    options.side = *size;
    options.seed = *number;
    options.saveSeconds = *saving;
    options.device = device == QLatin1String("cuda")  ? training::FineTuningDevice::Cuda
                     : device == QLatin1String("cpu") ? training::FineTuningDevice::Cpu
                                                      : training::FineTuningDevice::Best;
    options.convolutions = parser.isSet(QStringLiteral("convolutions"));
    options.adapter = !parser.isSet(QStringLiteral("no-adapter"));
    options.resume = parser.isSet(QStringLiteral("resume"));
    options.title = QFileInfo(out).completeBaseName().toStdString();
    options.version = QCoreApplication::applicationVersion().toStdString();
    return options;
}

// Samples are no pictures to teach: not below the folder that is taught.
Result<QString> samplesFolder(const QString &wanted, const QString &taught)
{
    const QString folder = QDir::cleanPath(QDir::current().absoluteFilePath(wanted));
    const QString source = QDir::cleanPath(QDir::current().absoluteFilePath(taught));
    if (folder == source || folder.startsWith(source + QLatin1Char('/')))
        return fail(
            ErrorCode::Invalid, "--samples",
            Words::tr("choose a folder outside of the pictures that are taught").toStdString());
    if (!QDir().mkpath(folder))
        return fail(ErrorCode::Unreadable, folder.toStdString(),
                    "the folder cannot be made; choose another one or change its permissions");
    return folder;
}

} // namespace

int train(const QStringList &arguments, Output &output)
{
    QCommandLineParser parser;
    addTrainOptions(parser);
    if (auto ok = parse(parser, QStringLiteral("train"), arguments); !ok)
        return output.error(ok.error());
    if (parser.positionalArguments().size() != 1)
        return output.usage(Words::tr("name one folder: moodloom train FOLDER --out FILE"));
    auto options = readTrainOptions(parser);
    if (!options)
        return output.error(options.error());
    const QString folder = parser.positionalArguments().first();
    QString samples;
    if (parser.isSet(QStringLiteral("samples"))) {
        const auto made = samplesFolder(parser.value(QStringLiteral("samples")), folder);
        if (!made)
            return output.error(made.error());
        samples = *made;
    }
    options->stop = stopOnInterrupt();
    const auto pictures = session::TaughtFolder::open(
        folder,
        [&output](const Error &error) {
            output.notice(Words::tr("left out: %1").arg(errorLine(error)));
        },
        options->stop);
    if (!pictures)
        return output.error(pictures.error());
    options->words = pictures->words();
    output.result(QStringLiteral("pictures"),
                  {{"count", double(pictures->size())}, {"captioned", pictures->captioned()}},
                  Words::tr("%1 pictures, %2 of them with captions")
                      .arg(pictures->size())
                      .arg(pictures->captioned()));

    const int64_t total = options->steps;
    options->onRow = [&output, total](const training::CurveRow &row) {
        const auto mean = [&row](const char *name) {
            const auto found = row.means.find(name);
            return found == row.means.end() ? 0.0 : found->second;
        };
        const QString at = total > 0 ? QStringLiteral("%1/%2").arg(row.step).arg(total)
                                     : QString::number(row.step);
        output.progress(QStringLiteral("step"),
                        {{"step", double(row.step)},
                         {"samples", double(row.samples)},
                         {"samples_per_second", row.samplesPerSecond},
                         {"loss", mean("loss")},
                         {"same_noise", mean("same_noise")}},
                        Words::tr("Step %1, loss %2 (of the same noise %3), %4 pictures a second")
                            .arg(at)
                            .arg(mean("loss"), 0, 'f', 4)
                            .arg(mean("same_noise"), 0, 'f', 4)
                            .arg(row.samplesPerSecond, 0, 'f', 1));
    };
    if (!samples.isEmpty()) {
        const QString preview = session::previewFileOf(QString::fromStdString(options->out));
        options->onSamples =
            [&output, samples,
             preview](int64_t step, const std::vector<training::Picture> &painted) -> Result<void> {
            const auto written = session::writeTaughtSamples(samples, preview, step, painted);
            if (!written)
                return fail(written.error());
            output.result(
                QStringLiteral("samples"),
                {{"step", double(step)}, {"folder", samples}, {"count", int(painted.size())}}, {});
            return {};
        };
    }
    const auto report = training::fineTune(*pictures, *options);
    if (!report)
        return output.error(report.error());
    const QString lora = QString::fromStdString(report->lora),
                  adapter = QString::fromStdString(report->adapter);
    const QString curve = QString::fromStdString(training::trainingFolderOf(options->out)) +
                          QStringLiteral("/teaching.csv");
    const QString files = QStringList{lora, adapter}.join(QLatin1Char(' ')).trimmed();
    output.result(QStringLiteral("taught"),
                  {{"out", lora},
                   {"ip_adapter", adapter},
                   {"curve", curve},
                   {"steps", double(report->steps)},
                   {"samples", double(report->samples)},
                   {"numbers", double(report->numbers)},
                   {"before", report->before},
                   {"after", report->after},
                   {"stopped", report->stopped}},
                  (report->stopped
                       ? Words::tr("stopped and saved at step %1; --resume goes on. Loss of the "
                                   "same noise %2 -> %3: %4")
                       : Words::tr("taught in %1 steps. Loss of the same noise %2 -> %3: %4"))
                      .arg(report->steps)
                      .arg(report->before, 0, 'f', 4)
                      .arg(report->after, 0, 'f', 4)
                      .arg(files));
    return report->stopped ? Interrupted : Ok;
}

} // namespace moodloom::cli
