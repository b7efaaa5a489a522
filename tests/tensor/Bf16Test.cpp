// The layers of bf16 against their definitions in double precision, on the numbers that bf16 holds:
// what is off is what bf16's 8 bits round off.
#include "core/base/Machine.h"
#include "core/tensor/Attention.h"
#include "core/tensor/Bf16Convolution.h"
#include "core/tensor/Bf16Layers.h"
#include "core/tensor/Noise.h"

#include <ATen/ATen.h>

#include <QTest>

#include <cmath>
#include <limits>

using namespace moodloom;
using namespace moodloom::tensor;

class Bf16Test : public QObject
{
    Q_OBJECT

    static constexpr double halfUnit = 1.0 / 512; // the most that rounding takes of a number

    static at::Tensor numbers(at::IntArrayRef shape, uint64_t seed, double scale = 1)
    {
        return (normalNoise(shape, seed) * scale).to(at::kBFloat16);
    }
    static at::Tensor exact(const at::Tensor &t) { return t.to(at::kDouble); }

    // Root mean square of what is off, over that of what is right.
    static double off(const at::Tensor &found, const at::Tensor &right)
    {
        const at::Tensor difference = exact(found) - right;
        return difference.norm().item<double>() / right.norm().item<double>();
    }

    static at::Tensor softmaxMix(const at::Tensor &q, const at::Tensor &k, const at::Tensor &v,
                                 const at::Tensor &bias)
    {
        at::Tensor scores =
            at::matmul(exact(q), exact(k).transpose(-1, -2)) / std::sqrt(double(q.size(-1)));
        if (bias.defined())
            scores = scores + exact(bias);
        return at::matmul(at::softmax(scores, -1), exact(v));
    }

    static at::Tensor channelsLast(const at::Tensor &t)
    {
        return t.contiguous(at::MemoryFormat::ChannelsLast);
    }

    at::NoGradGuard m_noGradients;

private Q_SLOTS:
    void initTestCase()
    {
        if (!cpuHasBf16())
            QSKIP("this processor has no AVX512_BF16");
        QVERIFY(hasBf16Layers(numbers({1}, 1)));
        QVERIFY(!hasBf16Layers(normalNoise({1}, 1)));
        const at::AutoGradMode gradients(true);
        QVERIFY(!hasBf16Layers(numbers({1}, 1)));
    }

    void attentionMixesBySoftmax_data()
    {
        QTest::addColumn<int>("queries");
        QTest::addColumn<int>("keys");
        QTest::addColumn<int>("dim");
        QTest::addColumn<int>("valueDim");
        QTest::addRow("self, SD 1.5's first level") << 1024 << 1024 << 40 << 40;
        QTest::addRow("text") << 300 << 77 << 80 << 80;
        QTest::addRow("SDXL's heads") << 257 << 2100 << 64 << 64;
        QTest::addRow("widest heads") << 61 << 50 << 160 << 160;
        QTest::addRow("an autoencoder's one head") << 130 << 130 << 512 << 512;
        QTest::addRow("one of each") << 1 << 1 << 2 << 2;
        QTest::addRow("odd") << 7 << 33 << 33 << 17;
        QTest::addRow("more keys than are looked at together") << 50 << 2049 << 8 << 24;
    }
    void attentionMixesBySoftmax()
    {
        QFETCH(int, queries);
        QFETCH(int, keys);
        QFETCH(int, dim);
        QFETCH(int, valueDim);
        // Heads of one tensor, as a projection gives them; scores far enough apart to matter.
        const auto split = [](const at::Tensor &x, int heads) {
            return x.view({x.size(0), x.size(1), heads, x.size(2) / heads}).transpose(1, 2);
        };
        const at::Tensor q = split(numbers({2, queries, 3 * dim}, 1, 2), 3),
                         k = split(numbers({2, keys, 3 * dim}, 2), 3),
                         v = split(numbers({2, keys, 3 * valueDim}, 3), 3);
        QVERIFY(off(attention(q, k, v), softmaxMix(q, k, v, {})) < 1.2 * halfUnit);
        for (const at::Tensor &bias :
             {numbers({2, 1, queries, keys}, 4, 3), numbers({1, 3, 1, keys}, 5, 3),
              numbers({1, 1, queries, 1}, 6)})
            QVERIFY(off(attention(q, k, v, bias), softmaxMix(q, k, v, bias)) < 1.2 * halfUnit);
    }

    void attentionSeesNothingOfMaskedKeys()
    {
        const at::Tensor q = numbers({1, 2, 70, 16}, 1), k = numbers({1, 2, 1300, 16}, 2),
                         v = numbers({1, 2, 1300, 16}, 3);
        at::Tensor bias = at::zeros({1, 1, 70, 1300}, at::kBFloat16);
        bias.narrow(3, 200, 1100).fill_(-std::numeric_limits<float>::infinity());
        QVERIFY(at::equal(attention(q, k, v, bias),
                          attention(q, k.narrow(2, 0, 200), v.narrow(2, 0, 200),
                                    at::zeros({1, 1, 70, 200}, at::kBFloat16))));
        // The first keys that are looked at together are all masked.
        bias.zero_().narrow(3, 0, 1250).fill_(-std::numeric_limits<float>::infinity());
        QVERIFY(off(attention(q, k, v, bias), softmaxMix(q, k, v, bias)) < 1.2 * halfUnit);
    }

    void attentionHoldsLargeScores()
    {
        const at::Tensor q = numbers({1, 1, 50, 64}, 1, 60), k = numbers({1, 1, 1100, 64}, 2, 60),
                         v = numbers({1, 1, 1100, 64}, 3);
        QVERIFY(off(attention(q, k, v), softmaxMix(q, k, v, {})) < 1.2 * halfUnit);
    }

    void groupNorms_data()
    {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("groups");
        QTest::addColumn<int>("height");
        QTest::addRow("SD 1.5") << 320 << 32 << 64;
        QTest::addRow("channels of no register's width") << 30 << 5 << 9;
        QTest::addRow("one pixel") << 64 << 8 << 1;
    }
    void groupNorms()
    {
        QFETCH(int, channels);
        QFETCH(int, groups);
        QFETCH(int, height);
        // Means far from zero, that squares alone would lose.
        const at::Tensor x = channelsLast(numbers({2, channels, height, 7}, 1) +
                                          numbers({2, channels, 1, 1}, 2, 20));
        const at::Tensor weight = numbers({channels}, 3), bias = numbers({channels}, 4);
        const auto right = [&](const at::Tensor &input) {
            return at::group_norm(input.contiguous(), groups, exact(weight), exact(bias), 1e-5);
        };
        const at::Tensor y = groupNorm(x, groups, weight, bias, 1e-5);
        QVERIFY(y.is_contiguous(at::MemoryFormat::ChannelsLast));
        QVERIFY(off(y, right(exact(x))) < halfUnit);
        QVERIFY(off(groupNorm(x, groups, weight, bias, 1e-5, NormThen::Silu),
                    at::silu(right(exact(x)))) < halfUnit);
        const at::Tensor added = numbers({2, channels}, 5, 3);
        QVERIFY(off(groupNorm(x, groups, weight, bias, 1e-5, NormThen::Nothing, added),
                    right(exact(x) + exact(added).unsqueeze(-1).unsqueeze(-1))) < halfUnit);
    }

    void groupNormIsTheSameOnAnyNumberOfThreads()
    {
        const at::Tensor x = channelsLast(numbers({1, 320, 64, 64}, 1)), weight = numbers({320}, 2);
        const at::Tensor before = groupNorm(x, 32, weight, weight, 1e-5);
        useComputeThreads(1);
        const at::Tensor after = groupNorm(x, 32, weight, weight, 1e-5);
        useComputeThreads();
        QVERIFY(at::equal(before, after));
    }

    void layerNorms()
    {
        for (const int features : {1, 17, 320, 1280}) {
            const at::Tensor x = numbers({2, 5, features}, 1) + 3, weight = numbers({features}, 2),
                             bias = numbers({features}, 3);
            QVERIFY(off(layerNorm(x, weight, bias, 1e-5),
                        at::layer_norm(exact(x), {features}, exact(weight), exact(bias), 1e-5)) <
                    halfUnit);
        }
    }

    void gates()
    {
        for (const int features : {1, 23, 1280}) {
            const at::Tensor x = numbers({3, 4, 2 * features}, 1, 3);
            const auto halves = exact(x).chunk(2, -1);
            QVERIFY(off(gatedGelu(x), halves[0] * at::gelu(halves[1])) < halfUnit);
        }
    }

    void linearsMultiply()
    {
        for (const int rows : {1, 63, 64, 500}) {
            const at::Tensor x = numbers({rows, 2, 48}, 1), weight = numbers({80, 48}, 2),
                             bias = numbers({80}, 3);
            const at::Tensor product = at::matmul(exact(x), exact(weight).t());
            QCOMPARE(linear(x, weight, bias).sizes(), at::IntArrayRef({rows, 2, 80}));
            QVERIFY(off(linear(x, weight, bias), product + exact(bias)) < halfUnit);
            QVERIFY(off(linear(x, weight, at::Tensor()), product) < halfUnit);
        }
    }

    void convolutions_data()
    {
        QTest::addColumn<int>("in");
        QTest::addColumn<int>("out");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("stride");
        QTest::addColumn<bool>("turned"); // what comes of rounding in Winograd's basis is more
        QTest::addRow("Winograd") << 64 << 64 << 32 << 32 << 1 << true;
        QTest::addRow("Winograd, odd sizes") << 32 << 80 << 31 << 45 << 1 << true;
        QTest::addRow("Winograd, one group's rest") << 16 << 176 << 40 << 24 << 1 << true;
        QTest::addRow("too small a picture") << 64 << 64 << 9 << 9 << 1 << false;
        QTest::addRow("few channels") << 4 << 32 << 32 << 32 << 1 << false;
        QTest::addRow("every second pixel") << 32 << 32 << 32 << 32 << 2 << false;
    }
    void convolutions()
    {
        QFETCH(int, in);
        QFETCH(int, out);
        QFETCH(int, height);
        QFETCH(int, width);
        QFETCH(int, stride);
        QFETCH(bool, turned);
        const at::Tensor x = numbers({2, in, height, width}, 1),
                         weight = numbers({out, in, 3, 3}, 2), bias = numbers({out}, 3);
        const at::Tensor right = at::conv2d(exact(x), exact(weight), exact(bias), stride, 1);
        // From any layout; whatever comes next finds its channels last.
        for (const at::Tensor &input : {x, channelsLast(x)}) {
            const at::Tensor y = convolution(input, weight, bias, stride, 1);
            QVERIFY(y.is_contiguous(at::MemoryFormat::ChannelsLast));
            QVERIFY(off(y, right) < (turned ? 3 : 1) * halfUnit);
        }
        QVERIFY(off(convolution(x, channelsLast(weight), {}, stride, 1),
                    right - exact(bias).view({1, out, 1, 1})) < (turned ? 3 : 1) * halfUnit);
    }

    void upsampledConvolutionsDoublePixels()
    {
        const at::Tensor x = numbers({2, 32, 7, 10}, 1), weight = numbers({48, 32, 3, 3}, 2),
                         bias = numbers({48}, 3);
        const at::Tensor y = upsampledConvolution(x, weight, bias);
        QCOMPARE(y.sizes(), at::IntArrayRef({2, 48, 14, 20}));
        QVERIFY(off(y, at::conv2d(at::upsample_nearest2d(exact(x), {14, 20}), exact(weight),
                                  exact(bias), 1, 1)) <
                2 * halfUnit); // sums of filters are rounded
    }
};

QTEST_GUILESS_MAIN(Bf16Test)
#include "Bf16Test.moc"
