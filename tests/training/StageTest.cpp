// Optimiser, average, shards and the state on disk: what a run is made of.
#include "core/base/SafeFile.h"
#include "core/training/ScenePool.h"
#include "core/training/SceneStream.h"
#include "core/training/ShardPool.h"
#include "core/training/Stage.h"
#include "tests/training/SimpleScenes.h"

#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>

#include <limits>
#include <stdexcept>

using namespace moodloom;
using namespace moodloom::training;

namespace {

class Line : public torch::nn::Module
{
public:
    Line()
    {
        weight = register_parameter("weight", at::full({3, 2}, 0.5));
        bias = register_parameter("bias", at::zeros({3}));
    }
    at::Tensor loss(const at::Tensor &x, const at::Tensor &y) const
    {
        return (at::linear(x, weight, bias) - y).square().mean();
    }
    at::Tensor weight, bias;
};

Optimizer::Named parametersOf(const Line &line)
{
    return {{"weight", line.weight}, {"bias", line.bias}};
}

at::Tensor lineThrough(const at::Tensor &x)
{
    return at::cat({x, x.sum(1, true)}, 1);
}

// Step n always sees the same data.
void take(Stage &stage, Line &line, int steps)
{
    for (int i = 0; i < steps; ++i) {
        at::manual_seed(uint64_t(100 + stage.step()));
        const at::Tensor x = at::randn({8, 2});
        line.loss(x, lineThrough(x)).backward();
        QVERIFY(stage.finishStep(8, uint64_t(stage.step()) * 8, {{"loss", 1.0}}));
    }
}

} // namespace

class StageTest : public QObject
{
    Q_OBJECT

    static StageOptions optionsIn(const QTemporaryDir &dir)
    {
        StageOptions options;
        options.folder = dir.path().toStdString();
        options.warmup = 3;
        options.learningRate = 0.05;
        return options;
    }

private Q_SLOTS:
    void goesOnAsIfItHadNeverStopped()
    {
        QTemporaryDir whole, parts;
        Line straight;
        Stage once("line", optionsIn(whole), parametersOf(straight), {}, 0.9, {"loss"});
        take(once, straight, 12);
        QVERIFY(once.save());
        {
            Line line;
            Stage first("line", optionsIn(parts), parametersOf(line), {}, 0.9, {"loss"});
            QVERIFY(first.resume());
            take(first, line, 5);
            QVERIFY(first.save());
        }
        Line line;
        Stage second("line", optionsIn(parts), parametersOf(line), {}, 0.9, {"loss"});
        QVERIFY(second.resume());
        QCOMPARE(second.step(), int64_t(5));
        QCOMPARE(second.samples(), int64_t(40));
        QCOMPARE(second.scene(), uint64_t(32));
        take(second, line, 7);
        QVERIFY(second.save());
        const auto a = loadState(once.statePath()), b = loadState(second.statePath());
        QVERIFY(a && b);
        for (const auto part : {&State::weights, &State::optimizer, &State::average}) {
            QCOMPARE(((*a).*part).size(), ((*b).*part).size());
            for (const auto &[name, tensor] : (*a).*part)
                QVERIFY2(at::equal(tensor, ((*b).*part).at(name)), name.c_str());
        }
    }

    void aDamagedStateIsNamedNotOverwritten()
    {
        QTemporaryDir dir;
        Line line;
        Stage stage("line", optionsIn(dir), parametersOf(line), {}, 0.9, {"loss"});
        QVERIFY(writeFileSafely(stage.statePath(), std::string("not a state")));
        const auto resumed = stage.resume();
        QVERIFY(!resumed);
        QCOMPARE(resumed.error().subject, stage.statePath());
        QCOMPARE(*readFile(stage.statePath()), std::string("not a state"));
    }

    void theOptimiserFindsTheLine()
    {
        QTemporaryDir dir;
        Line line;
        Optimizer::Options plain;
        plain.weightDecay = 0;
        Stage stage("line", optionsIn(dir), parametersOf(line), plain, 0.9, {"loss"});
        const at::Tensor x = at::randn({64, 2});
        const double before = line.loss(x, lineThrough(x)).item<double>();
        take(stage, line, 150);
        QVERIFY(line.loss(x, lineThrough(x)).item<double>() < before / 50);
        QVERIFY(!line.weight.grad().defined());
    }

    void orthogonalizingKeepsDirectionsAndEvensTheirSizes()
    {
        at::manual_seed(3);
        for (const auto &[rows, columns, dtype] :
             {std::tuple<int64_t, int64_t, at::ScalarType>{40, 40, at::kFloat}, {32, 96, at::kFloat},
              {96, 32, at::kFloat}, {40, 40, at::kBFloat16}, {96, 32, at::kBFloat16}}) {
            const at::Tensor matrix = at::randn({rows, columns});
            const at::Tensor even = orthogonalized(matrix, dtype);
            QCOMPARE(even.sizes(), matrix.sizes());
            QCOMPARE(even.scalar_type(), at::kFloat);
            const at::Tensor sizes = std::get<1>(at::linalg_svd(even));
            QVERIFY(sizes.max().item<double>() < 1.3);
            // A random square matrix has directions of nearly no size; most of them must have grown.
            QVERIFY((sizes > 0.6).to(at::kFloat).mean().item<double>() > 0.9);
            QVERIFY((even * matrix).sum().item<double>() > 0);
        }
    }

    void muonLearnsWeakDirectionsFasterThanAdamW()
    {
        at::manual_seed(4);
        // Inputs whose directions differ thirtyfold in size, and are mixed.
        const at::Tensor mix = std::get<0>(at::linalg_qr(at::randn({48, 48}))) * at::logspace(0, -1.5, 48);
        const at::Tensor goal = std::get<0>(at::linalg_qr(at::randn({48, 48})));
        const auto distance = [&](bool muon) {
            at::Tensor weight = at::zeros({48, 48}).requires_grad_(true);
            Optimizer::Options options;
            options.muon = muon;
            options.weightDecay = 0;
            Optimizer optimizer({{"weight", weight}}, options);
            for (int i = 0; i < 60; ++i) {
                const at::Tensor x = at::randn({64, 48}).matmul(mix.t());
                (at::linear(x, weight) - at::linear(x, goal)).square().mean().backward();
                optimizer.step(0.03);
            }
            return (weight - goal).norm().item<double>();
        };
        QVERIFY(distance(true) < distance(false));
    }

    void threadsDoNotChangeAnUpdate()
    {
        at::manual_seed(5);
        const at::Tensor start = at::randn({64, 40}), gradient = at::randn({64, 40});
        std::vector<at::Tensor> results;
        for (const int threads : {1, 3}) {
            at::Tensor inner = start.clone().requires_grad_(true), bias = at::zeros({7}).requires_grad_(true);
            Optimizer::Options options;
            options.threads = threads;
            Optimizer optimizer({{"bias", bias}, {"inner", inner}}, options);
            for (int i = 0; i < 3; ++i) {
                (inner * gradient).sum().backward();
                bias.sum().backward();
                optimizer.step(0.01);
            }
            results.push_back(inner.detach());
        }
        QVERIFY(results[0].equal(results[1]));
        QVERIFY(!results[0].equal(start));
    }

    // On a graphics card updates are computed in few large pieces: the same update.
    void updatesInOnePieceAreTheSame()
    {
        std::vector<std::vector<at::Tensor>> results;
        for (const bool together : {false, true}) {
            at::manual_seed(6);
            Optimizer::Named named;
            for (const auto &[name, shape] : {std::pair<const char *, std::vector<int64_t>>{"a", {40, 64}},
                                              {"b", {40, 64}}, {"filter", {48, 16, 3, 3}}, {"tall", {80, 40}},
                                              {"bias", {7}}, {"scale", {}}, {"thin", {4, 90}}})
                named.emplace_back(name, at::randn(shape).requires_grad_(true));
            Optimizer::Options options;
            options.together = together;
            Optimizer optimizer(named, options);
            for (int i = 0; i < 4; ++i) {
                at::Tensor loss = at::zeros({});
                for (auto &[name, parameter] : named)
                    if (i != 2 || name != "b") // one without a gradient now and then
                        loss = loss + (parameter * at::randn_like(parameter)).sum() + parameter.square().sum();
                loss.backward();
                optimizer.step(0.01);
            }
            results.emplace_back();
            for (auto &[name, parameter] : named)
                results.back().push_back(parameter.detach());
        }
        for (size_t i = 0; i < results[0].size(); ++i) {
            QVERIFY(results[0][i].isfinite().all().item<bool>());
            QVERIFY2(at::allclose(results[0][i], results[1][i], 2e-2, 2e-3), qPrintable(QString::number(i)));
        }
    }

    void aGradientThatIsNotFiniteCountsAsNone()
    {
        for (const bool together : {false, true}) {
            at::Tensor inner = at::randn({40, 40}).requires_grad_(true), bias = at::zeros({7}).requires_grad_(true);
            const at::Tensor before = inner.detach().clone();
            Optimizer::Options options;
            options.together = together;
            options.weightDecay = 0;
            Optimizer optimizer({{"inner", inner}, {"bias", bias}}, options);
            (inner.sum() * std::numeric_limits<double>::infinity() + bias.sum()).backward();
            optimizer.step(0.01);
            QVERIFY(at::allclose(inner, before));
            QVERIFY(!inner.grad().defined());
            inner.sum().backward();
            optimizer.step(0.01);
            QVERIFY(inner.isfinite().all().item<bool>());
            QVERIFY(!at::allclose(inner, before));
        }
    }

    void theRateComesDownWithTheClock()
    {
        QTemporaryDir dir;
        Line line;
        StageOptions options = optionsIn(dir);
        options.totalSteps = 0;
        options.warmup = 1;
        options.minutes = 100;
        QCOMPARE(Stage("line", options, parametersOf(line), {}, 0.9, {"loss"}).rate(), options.learningRate);
        options.minutes = 0;
        QCOMPARE(Stage("line", options, parametersOf(line), {}, 0.9, {"loss"}).rate(), 0.0);
    }

    void aPoolGivesEveryDrawnSceneOnceAndInOrder()
    {
        const SimpleScenes source;
        ScenePool::Options options;
        options.sizes = {16, 8};
        options.threads = 3;
        options.capacity = 24;
        options.chunk = 4;
        options.minimum = 8;
        ScenePool pool(source, nullptr, options);
        QCOMPARE(pool.pick(5).size(), int64_t(5));
        for (uint64_t first = 0; first < 64; first += 8) {
            const SceneRows rows = pool.next(8), alone = drawRows(source, nullptr, options.seed, first, 8, options.sizes);
            QVERIFY(rows.pictures.equal(alone.pictures));
            QVERIFY(rows.references.equal(alone.references));
            QVERIFY(rows.families.equal(alone.families));
        }
        pool.stop();
        QVERIFY(!pool.next(8).pictures.defined());
    }

    void aPoolDrawsNoMoreThanIsUsed()
    {
        const SimpleScenes source;
        ScenePool::Options options;
        options.sizes = {16, 8};
        options.capacity = 400;
        options.chunk = 4;
        options.minimum = 8;
        options.reuse = 4;
        ScenePool pool(source, nullptr, options);
        for (int i = 0; i < 10; ++i)
            pool.pick(16);
        // 8 to begin with, a quarter of 160, and a chunk that may be under way.
        QTRY_VERIFY(pool.position() >= 48);
        QVERIFY(pool.position() <= 52);
    }

    void averageCanBeLookedAtAndPutBack()
    {
        QTemporaryDir dir;
        Line line;
        Stage stage("line", optionsIn(dir), parametersOf(line), {}, 0.9, {"loss"});
        take(stage, line, 10);
        const at::Tensor present = line.weight.detach().clone();
        stage.average().swap();
        QVERIFY(!at::equal(line.weight, present));
        stage.average().swap();
        QVERIFY(at::equal(line.weight, present));
    }

    void shardsGiveTheGradientOfTheWholeBatch()
    {
        const at::Tensor x = at::randn({8, 2}), y = at::randn({8, 3});
        Line alone;
        alone.loss(x, y).backward();
        ShardPool pool(2);
        Replicas<Line> lines(pool.size(), [] { return std::make_shared<Line>(); });
        pool.run([&](int i) { lines[i].loss(x.narrow(0, 4 * i, 4), y.narrow(0, 4 * i, 4)).backward(); });
        lines.gather(0.5);
        QVERIFY(at::allclose(lines.first().weight.grad(), alone.weight.grad(), 1e-5, 1e-6));
        QVERIFY(lines[1].weight.is_alias_of(lines[0].weight));
    }

    void anErrorInAShardReachesTheCaller()
    {
        ShardPool pool(2);
        QVERIFY_EXCEPTION_THROWN(pool.run([](int i) {
                                     if (i == 1)
                                         throw std::runtime_error("no memory");
                                 }),
                                 std::runtime_error);
        int ran = 0;
        std::mutex mutex;
        pool.run([&](int) {
            const std::lock_guard lock(mutex);
            ++ran;
        });
        QCOMPARE(ran, 2);
    }

    void scenesComeInOrderWhateverThreadDrewThem()
    {
        const SimpleScenes source;
        SceneStream::Options options;
        options.size = 8;
        options.referenceSize = 0;
        options.threads = 3;
        options.ahead = 5;
        std::vector<std::string> all, again;
        {
            SceneStream stream(source, options);
            for (const auto &scene : stream.next(24))
                all.push_back(scene.captionEn);
        }
        options.first = 10;
        options.threads = 1;
        SceneStream later(source, options);
        for (const auto &scene : later.next(14))
            again.push_back(scene.captionEn);
        QCOMPARE(later.position(), uint64_t(24));
        QVERIFY(std::equal(again.begin(), again.end(), all.begin() + 10));
    }
};

QTEST_GUILESS_MAIN(StageTest)
#include "StageTest.moc"
