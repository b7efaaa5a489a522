// The samplers against the reference's trajectories (golden/schedulers.json).
#include "core/base/SafeFile.h"
#include "core/diffusion/NoiseSchedule.h"
#include "core/diffusion/Sampling.h"
#include "core/tensor/SafeTensors.h"

#include <ATen/ATen.h>

#include <QDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace moodloom;
using namespace moodloom::diffusion;
using nlohmann::json;

class SchedulerParityTest : public QObject
{
    Q_OBJECT

    std::string m_folder;
    json m_cases;

    // Largest difference in units of the largest reference value.
    static double distance(const at::Tensor &ours, const at::Tensor &reference)
    {
        const at::Tensor r = reference.to(at::kDouble);
        return ((ours.to(at::kDouble) - r).abs().max() / r.abs().max().clamp_min(1e-12)).item<double>();
    }

    static at::Tensor row(const std::vector<double> &values) { return at::tensor(values, at::kDouble); }

    static std::optional<SamplerKind> kindOf(const json &params)
    {
        const std::string name = params.value("class", "");
        if (name == "DDIMScheduler")
            return SamplerKind::Ddim;
        if (name == "EulerDiscreteScheduler")
            return SamplerKind::Euler;
        if (name == "DPMSolverMultistepScheduler")
            return SamplerKind::DpmSolver;
        return std::nullopt;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = qEnvironmentVariable("MOODLOOM_CONFORMANCE_DIR").toStdString();
        if (m_folder.empty() || !QDir(QString::fromStdString(m_folder)).exists())
            QSKIP("no reference data: set MOODLOOM_CONFORMANCE_DIR");
        const auto text = readFile(m_folder + "/golden/schedulers.json");
        QVERIFY(text);
        m_cases = json::parse(*text)["cases"];
    }

    void followsTheReference_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < m_cases.size(); ++i)
            if (kindOf(m_cases[i]["params"]))
                QTest::newRow(m_cases[i]["id"].get<std::string>().c_str()) << int(i);
    }

    void followsTheReference()
    {
        QFETCH(int, index);
        const json &golden = m_cases[size_t(index)];
        const json &params = golden["params"];
        const auto tensors = tensor::SafeTensors::open(m_folder + "/" + golden["file"].get<std::string>());
        QVERIFY(tensors);
        const auto get = [&](const char *name) { return *tensors->tensor(name); };

        auto config = samplerConfigFromJson(params["config"], *kindOf(params));
        QVERIFY2(config, config ? "" : errorText(config.error()).c_str());
        if (params.contains("step_arguments")) {
            const json &arguments = params["step_arguments"];
            config->eta = arguments.value("eta", 0.0);
            config->churn = arguments.value("s_churn", 0.0);
            config->churnMin = arguments.value("s_tmin", 0.0);
            config->churnMax = arguments.value("s_tmax", 1e300);
            config->churnNoise = arguments.value("s_noise", 1.0);
        }
        auto made = makeSampler(*config, params["num_inference_steps"].get<int>());
        QVERIFY2(made, made ? "" : errorText(made.error()).c_str());
        Sampler &sampler = **made;

        QCOMPARE(int64_t(sampler.steps()), get("out.timesteps").numel());
        QVERIFY2(distance(row(sampler.timesteps()), get("out.timesteps")) < 1e-5, "timesteps");
        if (tensors->contains("out.sigmas"))
            QVERIFY2(distance(row(sampler.sigmas()), get("out.sigmas")) < 1e-5, "sigmas");

        std::vector<at::Tensor> samples;
        SamplingOptions options;
        options.onStep = [&](const SamplingStep &step) { samples.push_back(step.sample); };
        int64_t drawn = 0;
        options.noise = [&](const at::Tensor &) { return get("in.noise")[drawn++]; };
        const Denoiser closedForm = [](const at::Tensor &x, double t) {
            return 0.3 * x + 0.1 * std::sin(0.01 * t);
        };
        const at::Tensor expected = get("out.samples");
        at::Tensor start = get("in.start_noise") * sampler.startScale();
        if (params.contains("strength")) {
            options.firstStep = sampler.firstStep(params["strength"].get<double>());
            start = sampler.addNoise(get("in.clean"), get("in.start_noise"), options.firstStep);
        }
        QVERIFY2(distance(start, expected[0]) < 2e-5, "start");
        QVERIFY(sampleFrom(sampler, closedForm, start, options));
        QCOMPARE(int64_t(samples.size()), expected.size(0) - 1);
        for (size_t i = 0; i < samples.size(); ++i) {
            const double error = distance(samples[i], expected[int64_t(i) + 1]);
            QVERIFY2(error < 2e-5, qPrintable(QStringLiteral("step %1: %2").arg(i).arg(error)));
        }
    }

    void addsNoiseAndTabulatesTheScheduleAsTheReference()
    {
        const auto tensors = tensor::SafeTensors::open(m_folder + "/golden/schedulers/add-noise.safetensors");
        QVERIFY(tensors);
        const auto get = [&](const char *name) { return *tensors->tensor(name); };
        SamplerConfig config;
        config.kind = SamplerKind::Ddim;
        config.betaStart = 0.00085;
        config.betaEnd = 0.012;
        config.betaSchedule = BetaSchedule::ScaledLinear;

        const auto table = [](const SamplerConfig &c) { return at::tensor(alphasCumprod(c)); };
        QVERIFY(distance(table(config), get("out.alphas_cumprod")) < 1e-6);
        SamplerConfig other = config;
        other.zeroTerminalSnr = true;
        QVERIFY(distance(table(other), get("out.alphas_cumprod-zsnr")) < 1e-6);
        other = config;
        other.betaSchedule = BetaSchedule::Linear;
        other.betaStart = 0.0001;
        other.betaEnd = 0.02;
        QVERIFY2(distance(table(other), get("out.alphas_cumprod-linear")) < 1e-6, "linear");
        other.betaSchedule = BetaSchedule::SquaredCosine;
        QVERIFY2(distance(table(other), get("out.alphas_cumprod-cosine")) < 1e-6, "cosine");

        const at::Tensor clean = get("in.clean"), noise = get("in.noise"), at20 = get("in.indices20");
        config.kind = SamplerKind::Euler;
        config.spacing = Spacing::Leading;
        config.stepsOffset = 1;
        const auto euler = makeSampler(config, 20);
        for (int64_t i = 0; i < at20.numel(); ++i)
            QVERIFY(distance((*euler)->addNoise(clean[i], noise[i], int(at20[i].item<int64_t>())),
                             get("out.euler20-leading")[i]) < 2e-5);
        config.kind = SamplerKind::DpmSolver;
        config.shape = SigmaShape::Karras;
        config.spacing = Spacing::Linspace;
        const auto dpm = makeSampler(config, 20);
        QVERIFY(distance((*dpm)->addNoise(clean[0], noise[0], 9), get("out.dpm20-karras-step9")[0]) < 2e-5);
    }
};

QTEST_GUILESS_MAIN(SchedulerParityTest)
#include "SchedulerParityTest.moc"
