// The samplers against the reference's trajectories: every case of golden/schedulers.json. A class
// or an argument that we do not know fails its case. MOODLOOM_DEVICE=cuda runs them on the graphics
// card.
#include "core/base/SafeFile.h"
#include "core/diffusion/NoiseSchedule.h"
#include "core/diffusion/Prediction.h"
#include "core/diffusion/Sampling.h"
#include "core/tensor/SafeTensors.h"
#include "tests/parity/Place.h"

#include <ATen/ATen.h>

#include <QDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>

using namespace moodloom;
using namespace moodloom::diffusion;
using nlohmann::json;

class SchedulerParityTest : public QObject
{
    Q_OBJECT

    std::string m_folder;
    json m_cases;
    at::Device m_device = at::kCPU;

    // Largest difference in units of the largest reference value; infinite where the sizes differ.
    static double distance(const at::Tensor &ours, const at::Tensor &reference)
    {
        if (ours.numel() != reference.numel())
            return HUGE_VAL;
        const at::Tensor r = reference.to(at::kCPU, at::kDouble);
        const double error =
            (ours.to(at::kCPU, at::kDouble).view(r.sizes()) - r).abs().max().item<double>();
        return std::isfinite(error) ? error / std::max(r.abs().max().item<double>(), 1e-12)
                                    : HUGE_VAL;
    }

    static at::Tensor row(const std::vector<double> &values)
    {
        return at::tensor(values, at::kDouble);
    }

    static std::map<std::string, double *> stepArguments(SamplerConfig &config)
    {
        return {{"eta", &config.eta},
                {"s_churn", &config.churn},
                {"s_tmin", &config.churnMin},
                {"s_tmax", &config.churnMax},
                {"s_noise", &config.churnNoise}};
    }

    // What a case says besides its config: arguments of the reference's set_timesteps and step.
    static QString applyArguments(const json &params, SamplerConfig &config)
    {
        const json ofSteps = params.value("step_arguments", json::object()),
                   ofLevels = params.value("set_timesteps", json::object());
        const auto known = stepArguments(config);
        for (const auto &[key, value] : ofSteps.items()) {
            if (!known.count(key))
                return QStringLiteral("step argument ") + key.c_str();
            *known.at(key) = value.get<double>();
        }
        for (const auto &[key, value] : ofLevels.items()) {
            if (key == "mu")
                config.mu = value.get<double>();
            else if (key == "sigmas" && value == "linspace(1, 1/n, n)")
                config.flowSpacing = FlowSpacing::OverSteps;
            else
                return QStringLiteral("set_timesteps argument ") + key.c_str();
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = qEnvironmentVariable("MOODLOOM_CONFORMANCE_DIR").toStdString();
        if (m_folder.empty() || !QDir(QString::fromStdString(m_folder)).exists())
            QSKIP("no reference data: set MOODLOOM_CONFORMANCE_DIR");
        const auto device = parity::deviceOfTests();
        QVERIFY2(device, device ? "" : errorText(device.error()).c_str());
        m_device = *device;
        qInfo("on %s", m_device.str().c_str());
        const auto text = readFile(m_folder + "/golden/schedulers.json");
        QVERIFY(text);
        m_cases = json::parse(*text)["cases"];
    }

    void followsTheReference_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < m_cases.size(); ++i)
            if (m_cases[i]["id"] != "add-noise") // the next test
                QTest::newRow(m_cases[i]["id"].get<std::string>().c_str()) << int(i);
    }

    void followsTheReference()
    {
        QFETCH(int, index);
        const json &golden = m_cases[size_t(index)];
        const json &params = golden["params"];
        const auto tensors =
            tensor::SafeTensors::open(m_folder + "/" + golden["file"].get<std::string>());
        QVERIFY(tensors);
        const auto get = [&](const char *name) { return tensors->tensor(name)->to(m_device); };

        const std::string className = params.value("class", "");
        const auto kind = samplerKindOfClass(className);
        QVERIFY2(kind, ("there is no sampler for " + className).c_str());
        auto config = samplerConfigFromJson(params["config"], *kind);
        QVERIFY2(config, config ? "" : errorText(config.error()).c_str());
        const QString unknown = applyArguments(params, *config);
        QVERIFY2(unknown.isEmpty(), qPrintable(unknown));
        auto made = makeSampler(*config, params["num_inference_steps"].get<int>());
        QVERIFY2(made, made ? "" : errorText(made.error()).c_str());
        Sampler &sampler = **made;

        QVERIFY2(distance(row(sampler.timesteps()), get("out.timesteps")) < 1e-6, "timesteps");
        if (tensors->contains("out.sigmas"))
            QVERIFY2(distance(row(sampler.sigmas()), get("out.sigmas")) < 1e-5, "sigmas");
        if (tensors->contains("out.init_noise_sigma"))
            QVERIFY2(distance(row({sampler.startScale()}), get("out.init_noise_sigma")) < 1e-5,
                     "scale");

        const at::Tensor expected = get("out.samples");
        std::vector<at::Tensor> samples{at::Tensor()}, outputs;
        SamplingOptions options;
        options.onStep = [&](const SamplingStep &step) { samples.push_back(step.sample); };
        int64_t drawn = 0;
        options.noise = [&](const at::Tensor &) { return get("in.noise")[drawn++]; };
        const Denoiser closedForm = [&](const at::Tensor &x, double t) {
            outputs.push_back(0.3 * x + 0.1 * std::sin(0.01 * t));
            return outputs.back();
        };
        const at::Tensor noise = get("in.start_noise");
        if (params.contains("strength")) {
            const Source source{get("in.clean"), params["strength"].get<double>(), {}};
            samples[0] = sampler.addNoise(source.clean, noise, sampler.firstStep(source.strength));
            QVERIFY(sampleOver(sampler, closedForm, source, noise, options));
        } else {
            samples[0] = noise * sampler.startScale();
            QVERIFY(sample(sampler, closedForm, noise, options));
        }
        QCOMPARE(drawn, tensors->contains("in.noise") ? get("in.noise").size(0) : int64_t(0));
        QCOMPARE(int64_t(samples.size()), expected.size(0));
        const double largest = expected.abs().max().item<double>();
        for (size_t i = 0; i < samples.size(); ++i) {
            const double error =
                (samples[i] - expected[int64_t(i)]).abs().max().item<double>() / largest;
            QVERIFY2(error < 2e-5,
                     qPrintable(QStringLiteral("after %1 steps: %2").arg(i).arg(error)));
        }
        QVERIFY2(distance(at::stack(outputs), get("out.model_outputs")) < 2e-5, "model outputs");
    }

    void addsNoiseAndTabulatesTheScheduleAsTheReference()
    {
        const auto entry = std::find_if(m_cases.begin(), m_cases.end(),
                                        [](const json &one) { return one["id"] == "add-noise"; });
        if (entry == m_cases.end())
            QSKIP("no such case among these");
        const auto tensors =
            tensor::SafeTensors::open(m_folder + "/" + (*entry)["file"].get<std::string>());
        QVERIFY(tensors);
        const auto get = [&](const char *name) { return tensors->tensor(name)->to(m_device); };
        const json file = (*entry)["params"]["config"];
        const auto config = [&](SamplerKind kind) { return *samplerConfigFromJson(file, kind); };

        const auto table = [](const SamplerConfig &c) { return at::tensor(alphasCumprod(c)); };
        QVERIFY(distance(table(config(SamplerKind::Ddim)), get("out.alphas_cumprod")) < 1e-6);
        SamplerConfig other = config(SamplerKind::Ddim);
        other.zeroTerminalSnr = true;
        QVERIFY(distance(table(other), get("out.alphas_cumprod-zsnr")) < 1e-6);
        other = {};
        QVERIFY2(distance(table(other), get("out.alphas_cumprod-linear")) < 1e-6, "linear");
        other.betaSchedule = BetaSchedule::SquaredCosine;
        QVERIFY2(distance(table(other), get("out.alphas_cumprod-cosine")) < 1e-6, "cosine");

        const at::Tensor clean = get("in.clean"), noise = get("in.noise"),
                         at20 = get("in.indices20"), timesteps = get("in.timesteps");
        const auto alphas = alphasCumprod(config(SamplerKind::Ddim));
        for (const SamplerKind kind :
             {SamplerKind::Ddim, SamplerKind::Ddpm, SamplerKind::Pndm, SamplerKind::Lcm}) {
            SamplerConfig c = config(kind);
            c.originalSteps = c.trainSteps;
            const auto sampler = makeSampler(c, c.trainSteps); // visits every timestep
            QVERIFY(sampler);
            const auto &visited = (*sampler)->timesteps();
            for (int64_t i = 0; i < timesteps.numel(); ++i) {
                const auto step =
                    std::find(visited.begin(), visited.end(), timesteps[i].item<double>());
                QVERIFY(step != visited.end());
                QVERIFY(
                    distance((*sampler)->addNoise(clean[i], noise[i], int(step - visited.begin())),
                             get(("out." + samplerClassName(kind)).c_str())[i]) < 2e-5);
            }
        }
        for (int64_t i = 0; i < timesteps.numel(); ++i) {
            const Level at = levelOfAlpha(alphas[size_t(timesteps[i].item<int64_t>())]);
            QVERIFY(distance(at.alpha * noise[i] - at.sigma * clean[i], get("out.velocity")[i]) <
                    2e-5);
        }

        SamplerConfig euler = config(SamplerKind::Euler);
        euler.spacing = Spacing::Leading;
        euler.stepsOffset = 1;
        SamplerConfig flow = config(SamplerKind::FlowEuler);
        flow.flowShift = 3;
        for (const auto &[c, name] :
             {std::pair{euler, "out.euler20-leading"}, {flow, "out.flow20-shift3"}}) {
            const auto sampler = makeSampler(c, 20);
            for (int64_t i = 0; i < at20.numel(); ++i)
                QVERIFY(
                    distance((*sampler)->addNoise(clean[i], noise[i], int(at20[i].item<int64_t>())),
                             get(name)[i]) < 2e-5);
        }
        SamplerConfig karras = config(SamplerKind::DpmSolver);
        karras.shape = SigmaShape::Karras;
        const auto dpm = makeSampler(karras, 20);
        QVERIFY(distance((*dpm)->addNoise(clean[0], noise[0], 9),
                         get("out.dpm20-karras-step9")[0]) < 2e-5);
    }
};

QTEST_GUILESS_MAIN(SchedulerParityTest)
#include "SchedulerParityTest.moc"
