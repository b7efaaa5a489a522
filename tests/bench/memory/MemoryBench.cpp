// What the memory plans estimate, beside what painting really takes: a Stable Diffusion 1.5 of real
// size with random weights, which is written once.
//
//   bench_memory FOLDER [--fp32] [--size PIXELS] [--steps N]
//
// FOLDER is where the model is, or is made (2.1 GB in fp16; --fp32: such files, 4.3 GB). For every
// plan a process of its own paints a picture; a row tells the estimate's peak, the stage that it is
// in, the most that was resident (weights that stay in their files left out), their ratio, and the
// seconds. What the process holds before painting is in neither.
#include "core/base/Machine.h"
#include "core/base/Memory.h"
#include "core/generation/Generator.h"
#include "core/models/MemoryPlan.h"
#include "core/nn/Load.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <thread>

using namespace moodloom;
using nlohmann::json;

namespace {

template <class Network, class Config>
void writeNetwork(const QString &folder, const char *file, const Config &config,
                  at::ScalarType dtype)
{
    QDir().mkpath(folder);
    QFile settings(folder + QStringLiteral("/config.json"));
    if (!settings.open(QIODevice::WriteOnly))
        qFatal("cannot write there");
    settings.write(QByteArray::fromStdString(config.toJson().dump()));
    std::map<std::string, at::Tensor> weights;
    {
        const nn::UninitializedWeights unset;
        const Network network(config);
        for (const auto &parameter : network.named_parameters()) {
            const at::Tensor &shape = parameter.value();
            at::Tensor made = at::empty(shape.sizes(), at::kFloat);
            if (shape.dim() > 1) {
                const double bound = 1 / std::sqrt(double(shape.numel()) / double(shape.size(0)));
                made.uniform_(-bound, bound);
            } else {
                made.fill_(parameter.key().ends_with("weight") ? 1 : 0);
            }
            weights[parameter.key()] = made.to(dtype);
        }
    }
    if (!tensor::saveSafeTensors((folder + QLatin1Char('/') + QLatin1String(file)).toStdString(),
                                 weights))
        qFatal("cannot write there");
}

void writeModel(const QString &folder, at::ScalarType dtype)
{
    const at::NoGradGuard noGrad;
    QDir().mkpath(folder);
    const QString builtIn = QStringLiteral(MOODLOOM_SOURCE_DIR "/resources/model/");
    for (const char *part : {"tokenizer", "scheduler"}) {
        const QDir from(builtIn + QLatin1String(part));
        QDir().mkpath(folder + QLatin1Char('/') + QLatin1String(part));
        for (const QString &name : from.entryList(QDir::Files))
            QFile::copy(from.filePath(name),
                        folder + QLatin1Char('/') + QLatin1String(part) + QLatin1Char('/') + name);
    }
    nn::ClipTextConfig text;
    text.encoder.hiddenSize = 768;
    text.encoder.intermediateSize = 3072;
    text.encoder.heads = 12;
    writeNetwork<nn::ClipTextModel>(folder + QStringLiteral("/text_encoder"), "model.safetensors",
                                    text, dtype);
    const char *weights = "diffusion_pytorch_model.safetensors";
    writeNetwork<nn::AutoencoderKL>(folder + QStringLiteral("/vae"), weights,
                                    nn::AutoencoderConfig(), dtype);
    writeNetwork<nn::UNet2DConditionModel>(folder + QStringLiteral("/unet"), weights,
                                           nn::UNetConfig(), dtype);
    QFile index(folder + QStringLiteral("/model_index.json"));
    if (!index.open(QIODevice::WriteOnly))
        qFatal("cannot write there");
    index.write(QByteArray::fromStdString(json{{"_class_name", "StableDiffusionPipeline"},
                                               {"scheduler", {"diffusers", "DDIMScheduler"}},
                                               {"text_encoder", {"transformers", "CLIPTextModel"}},
                                               {"tokenizer", {"transformers", "CLIPTokenizer"}},
                                               {"unet", {"diffusers", "UNet2DConditionModel"}},
                                               {"vae", {"diffusers", "AutoencoderKL"}}}
                                              .dump()));
}

generation::Recipe recipeFor(const QString &model, int size, int steps)
{
    generation::Recipe recipe;
    recipe.prompt = QStringLiteral("a red car beside a tower");
    recipe.model = model;
    recipe.size = QSize(size, size);
    recipe.steps = steps;
    recipe.guidance = 5;
    recipe.seed = 1;
    recipe.sampler = generation::Sampler::Ddim;
    return recipe;
}

models::MemoryRequest requestFor(const generation::Recipe &recipe)
{
    models::MemoryRequest request;
    request.model = recipe.model.toStdString();
    request.width = recipe.size.width();
    request.height = recipe.size.height();
    return request;
}

// The most memory of its own that the process has, looked at many times a second.
class Watch
{
public:
    Watch()
        : m_before(ownMemory()), m_thread([this] {
              while (!m_quit) {
                  m_most = std::max<uint64_t>(m_most, ownMemory());
                  std::this_thread::sleep_for(std::chrono::milliseconds(5));
              }
          })
    {
    }
    ~Watch()
    {
        m_quit = true;
        m_thread.join();
    }
    uint64_t taken() const { return m_most - std::min<uint64_t>(m_most, m_before); }

private:
    uint64_t m_before;
    std::atomic<uint64_t> m_most = 0;
    std::atomic<bool> m_quit = false;
    std::thread m_thread;
};

// One picture by one plan; the figures as a line of JSON.
int paintWith(const generation::Recipe &recipe, size_t number)
{
    const auto plans = models::memoryPlans(requestFor(recipe));
    if (!plans || number >= plans->size())
        return 1;
    const Watch watch;
    generation::Generator generator;
    generator.keepTo((*plans)[number].thrift);
    const auto take = generator.paint(recipe);
    if (!take) {
        std::fprintf(stderr, "%s\n", errorText(take.error()).c_str());
        return 1;
    }
    std::printf("%s\n", json{{"taken", watch.taken()},
                             {"peak", peakMemory()},
                             {"seconds", take->seconds},
                             {"fallbacks", take->memory.fallbacks.size()}}
                            .dump()
                            .c_str());
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    prepareProcess(argv);
    useComputeThreads();
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const auto number = [&](const char *option, int fallback) {
        const qsizetype at = arguments.indexOf(QLatin1String(option));
        return at > 0 ? arguments.value(at + 1).toInt() : fallback;
    };
    if (arguments.size() < 2)
        return std::fprintf(stderr, "name a folder; the options are at the head of the source\n"),
               2;
    const QString folder = QDir::current().absoluteFilePath(arguments[1]);
    const auto recipe = recipeFor(folder, number("--size", 512), number("--steps", 2));
    if (const int plan = number("--plan", -1); plan >= 0)
        return paintWith(recipe, size_t(plan));
    if (!QFile::exists(folder + QStringLiteral("/model_index.json")))
        writeModel(folder, arguments.contains(QStringLiteral("--fp32")) ? at::kFloat : at::kHalf);

    const auto plans = models::memoryPlans(requestFor(recipe));
    if (!plans)
        return std::fprintf(stderr, "%s\n", errorText(plans.error()).c_str()), 1;
    std::printf("%-9s %-5s %5s %10s %-7s %10s %6s %8s\n", "thrift", "dtype", "tile", "estimate GB",
                "stage", "taken GB", "ratio", "seconds");
    for (size_t i = 0; i < plans->size(); ++i) {
        const models::MemoryPlan &plan = (*plans)[i];
        QProcess child;
        child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        child.start(QCoreApplication::applicationFilePath(),
                    {folder, QStringLiteral("--size"), QString::number(recipe.size.width()),
                     QStringLiteral("--steps"), QString::number(recipe.steps),
                     QStringLiteral("--plan"), QString::number(i)});
        child.waitForFinished(-1);
        const json got = json::parse(child.readAllStandardOutput().toStdString(), nullptr, false);
        if (!got.is_object())
            return 1;
        const double taken = got["taken"].get<double>();
        std::printf("%-9s %-5s %5lld %10.2f %-7s %10.2f %6.2f %8.1f\n",
                    models::thriftName(plan.thrift), models::paintFormatName(plan.format),
                    static_cast<long long>(plan.vaeTile), double(plan.peak()) / 1e9,
                    models::paintStageName(plan.peakStage()), taken / 1e9,
                    double(plan.peak()) / taken, got["seconds"].get<double>());
        std::fflush(stdout);
    }
    return 0;
}
