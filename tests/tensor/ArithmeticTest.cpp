// Attention and noise.
#include "core/base/Machine.h"
#include "core/tensor/Attention.h"
#include "core/tensor/Noise.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <QTest>

#include <cmath>
#include <numbers>

using namespace moodloom;
using namespace moodloom::tensor;

class ArithmeticTest : public QObject
{
    Q_OBJECT

    static at::Tensor byDefinition(const at::Tensor &q, const at::Tensor &k, const at::Tensor &v,
                                   const at::Tensor &mask)
    {
        at::Tensor scores = at::matmul(q.to(at::kDouble), k.to(at::kDouble).transpose(-1, -2)) /
                            std::sqrt(double(q.size(-1)));
        if (mask.defined())
            scores = scores + mask.to(at::kDouble);
        return at::matmul(at::softmax(scores, -1), v.to(at::kDouble));
    }

    static double distance(const at::Tensor &a, const at::Tensor &b)
    {
        return (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>();
    }

private Q_SLOTS:
    void attentionFollowsItsDefinition_data()
    {
        QTest::addColumn<int>("queries");
        QTest::addColumn<int>("keys");
        QTest::addColumn<bool>("masked");
        for (const bool masked : {false, true}) {
            QTest::addRow("small%s", masked ? ", masked" : "") << 7 << 5 << masked;
            QTest::addRow("whole tiles%s", masked ? ", masked" : "") << 512 << 512 << masked;
            QTest::addRow("part of a tile%s", masked ? ", masked" : "") << 700 << 300 << masked;
        }
    }

    void attentionFollowsItsDefinition()
    {
        QFETCH(int, queries);
        QFETCH(int, keys);
        QFETCH(bool, masked);
        const auto q = normalNoise({2, 3, queries, 8}, 1), k = normalNoise({2, 3, keys, 8}, 2),
                   v = normalNoise({2, 3, keys, 8}, 3);
        const at::Tensor mask = masked ? normalNoise({2, 1, queries, keys}, 4) : at::Tensor();
        QVERIFY(distance(attention(q, k, v, mask), byDefinition(q, k, v, mask)) < 1e-5);
        // What training uses, too.
        const at::Tensor trained = attention(q.detach().requires_grad_(), k, v, mask);
        QVERIFY(distance(trained, byDefinition(q, k, v, mask)) < 1e-5);
    }

    void attentionHasGradients()
    {
        const at::Tensor q = normalNoise({1, 2, 600, 4}, 1).requires_grad_();
        attention(q, normalNoise({1, 2, 900, 4}, 2), normalNoise({1, 2, 900, 4}, 3))
            .sum()
            .backward();
        QVERIFY(q.grad().defined());
        QVERIFY(q.grad().abs().max().item<double>() > 0);
    }

    // What painting runs in; the threads that share the work must write to its tensors, too.
    void attentionWorksInInferenceMode()
    {
        useComputeThreads(2);
        const c10::InferenceMode inference;
        for (const auto dtype : {at::kFloat, at::kBFloat16}) {
            const at::Tensor q = normalNoise({2, 2, 900, 16}, 1).to(dtype),
                             k = normalNoise({2, 2, 900, 16}, 2).to(dtype);
            QVERIFY(distance(attention(q, k, k), byDefinition(q, k, k, {})) <
                    (dtype == at::kFloat ? 1e-5 : 2e-2));
        }
        useComputeThreads();
    }

    void noiseIsThatOfPhilox()
    {
        // The generator's published first block for counter 0 and key 0.
        const uint32_t bits[] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
        const at::Tensor noise = normalNoise({4}, 0);
        for (int pair = 0; pair < 2; ++pair) {
            const double radius = std::sqrt(-2 * std::log((bits[2 * pair] + 1.0) / 4294967296.0));
            const double angle = 2 * std::numbers::pi * bits[2 * pair + 1] / 4294967296.0;
            QCOMPARE(noise[2 * pair].item<float>(), float(radius * std::cos(angle)));
            QCOMPARE(noise[2 * pair + 1].item<float>(), float(radius * std::sin(angle)));
        }
    }

    void noiseDependsOnSeedAndStreamAlone()
    {
        const at::Tensor many = normalNoise({100000}, 42);
        useComputeThreads(1);
        at::manual_seed(5);
        QVERIFY(at::equal(normalNoise({100000}, 42), many));
        useComputeThreads();
        QVERIFY(at::equal(normalNoise({10, 10}, 42).flatten(), many.narrow(0, 0, 100)));
        QVERIFY(!at::equal(normalNoise({100000}, 43), many));
        QVERIFY(!at::equal(normalNoise({100000}, 42, 1), many));
    }

    void noiseIsNormal()
    {
        const at::Tensor noise = normalNoise({1 << 20}, 7).to(at::kDouble);
        QVERIFY(std::abs(noise.mean().item<double>()) < 0.005);
        QVERIFY(std::abs(noise.std().item<double>() - 1) < 0.005);
        // Kurtosis of a normal distribution is 3; 0.2 % lie beyond 3.09.
        QVERIFY(std::abs(noise.pow(4).mean().item<double>() - 3) < 0.05);
        const double beyond = noise.abs().gt(3.0902).to(at::kDouble).mean().item<double>();
        QVERIFY(beyond > 0.0018 && beyond < 0.0022);
    }
};

QTEST_GUILESS_MAIN(ArithmeticTest)
#include "ArithmeticTest.moc"
