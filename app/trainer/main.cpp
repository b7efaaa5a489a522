// moodloom-trainer: trains the built-in model, stage by stage, and writes it as a model folder.
#include "app/trainer/Stages.h"
#include "app/trainer/WorldSource.h"
#include "core/base/Machine.h"
#include "core/tensor/Device.h"

#include <QCommandLineParser>
#include <QGuiApplication>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

using namespace moodloom;

namespace {

// A first Ctrl-C (or kill) ends the stage with a save; a second one ends the program at once.
void stopOnSignals(std::stop_source stop)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::thread([signals, stop]() mutable {
        int number = 0;
        sigwait(&signals, &number);
        std::fprintf(stderr, "stopping: saving the state...\n");
        stop.request_stop();
        sigwait(&signals, &number);
        std::_Exit(130);
    }).detach();
}

double numberOf(const QCommandLineParser &parser, const char *name)
{
    return parser.value(QString::fromLatin1(name)).toDouble();
}

} // namespace

int main(int argc, char **argv)
{
    // Every shard computes on one thread of its own; a BLAS that forks would make them wait for a
    // lock.
    setenv("OPENBLAS_NUM_THREADS", "1", 0);
    prepareProcess(argv);
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    std::stop_source stop;
    stopOnSignals(stop);
    QGuiApplication app(argc, argv);

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Trains Moodloom's built-in model from drawn scenes. Stages, in order: "
                       "tokenizer, encoders,\n"
                       "autoencoder, unet, decoder (of the autoencoder, alone), names (unknown\n"
                       "ones say nothing), lessons (asks the generator which references help\n"
                       "it), retrieval (encoders for searching, taught by that); or all "
                       "(autoencoder, encoders and unet within\n"
                       "the minutes, with an export: for a graphics card); then export writes a "
                       "model folder and grid paints fixed prompts with it\n"
                       "and reconstruction tells what its autoencoder loses.\n"
                       "Each stage goes on from its own state in the state folder; import makes "
                       "states of a model folder."));
    parser.addHelpOption();
    parser.addPositionalArgument(
        QStringLiteral("stage"),
        QStringLiteral("tokenizer, encoders, autoencoder, unet, decoder, names, lessons, "
                       "retrieval, all, export, import, grid or reconstruction"));
    const auto option = [&parser](const char *name, const char *text, const char *value,
                                  const char *def) {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(text),
                          QString::fromLatin1(value), QString::fromLatin1(def)});
    };
    option("one-thing", "share of scenes with one thing only", "p", "0.55");
    option("state", "folder of states and curves", "dir", "training");
    option("model",
           "model folder to write (export), to paint with (grid) or to measure (reconstruction)",
           "dir", "resources/model");
    option("out", "picture to write (grid)", "file", "grid.png");
    option("minutes", "how long to train in this call", "m", "10");
    option("threads", "parts of a batch computed at once", "n", "2");
    option("draw-threads", "threads that draw scenes", "n", "1");
    option("batch", "samples in a step", "n", "64");
    option("rate", "peak learning rate", "r", "0.0008");
    option("warmup", "steps until the peak rate", "n", "200");
    option("total-steps", "steps until the rate has come down; 0 = at the end of the minutes", "n",
           "6000");
    option("device", "that trains: cpu or cuda", "d", "cpu");
    option("log-seconds", "between two lines of the curves", "s", "10");
    option("precision", "of activations: float32 or bfloat16", "p",
           cpuHasBf16() ? "bfloat16" : "float32");
    option("optimizer", "of inner matrices: muon or adamw", "o", "muon");
    option("seed", "of everything random", "n", "1");
    option("steps", "sampling steps (grid)", "n", "20");
    option("guidance", "guidance scale (grid)", "g", "4");
    parser.process(app);
    if (parser.positionalArguments().size() != 1)
        parser.showHelp(2);

    trainer::Arguments arguments;
    arguments.stage.folder = parser.value(QStringLiteral("state")).toStdString();
    arguments.stage.minutes = numberOf(parser, "minutes");
    arguments.stage.threads = int(numberOf(parser, "threads"));
    arguments.stage.drawThreads = int(numberOf(parser, "draw-threads"));
    arguments.stage.batch = int(numberOf(parser, "batch"));
    arguments.stage.learningRate = numberOf(parser, "rate");
    arguments.stage.warmup = int64_t(numberOf(parser, "warmup"));
    arguments.stage.totalSteps = int64_t(numberOf(parser, "total-steps"));
    arguments.stage.seed = parser.value(QStringLiteral("seed")).toULongLong();
    arguments.stage.logSeconds = numberOf(parser, "log-seconds");
    arguments.stage.dtype = parser.value(QStringLiteral("precision")) == QLatin1String("bfloat16")
                                ? at::kBFloat16
                                : at::kFloat;
    arguments.stage.muon = parser.value(QStringLiteral("optimizer")) != QLatin1String("adamw");
    arguments.batchGiven = parser.isSet(QStringLiteral("batch"));
    if (parser.value(QStringLiteral("device")) == QLatin1String("cuda")) {
        arguments.stage.device = at::kCUDA;
        arguments.stage.threads = 1; // the card is the parallelism
        if (!parser.isSet(QStringLiteral("draw-threads")))
            arguments.stage.drawThreads = std::max(1, computeThreads() - 3);
        if (!parser.isSet(QStringLiteral("precision")))
            arguments.stage.dtype = at::kBFloat16;
        tensor::prepareForTraining();
    }
    arguments.stage.stop = stop.get_token();
    arguments.modelFolder = parser.value(QStringLiteral("model")).toStdString();
    arguments.out = parser.value(QStringLiteral("out")).toStdString();
    arguments.samplingSteps = int(numberOf(parser, "steps"));
    arguments.guidance = numberOf(parser, "guidance");

    const double one = std::clamp(numberOf(parser, "one-thing"), 0.0, 1.0);
    const WorldSource source(one, 0.7 * (1 - one), 0.3 * (1 - one));
    const auto done =
        trainer::runStage(parser.positionalArguments().first().toStdString(), source, arguments);
    if (!done) {
        std::fprintf(stderr, "moodloom-trainer: %s\n", errorText(done.error()).c_str());
        return 1;
    }
    return 0;
}
