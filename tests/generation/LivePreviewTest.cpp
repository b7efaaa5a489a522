// Previews beside the sampler: the newest latents win, and nobody waits.
#include "core/generation/LivePreview.h"
#include "core/models/PreviewDecoder.h"
#include "core/nn/Load.h"
#include "core/tensor/Noise.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

using namespace moodloom;
using namespace moodloom::generation;

class LivePreviewTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    models::PreviewDecoder decoder() const
    {
        auto loaded = models::PreviewDecoder::load(file(), 4, 2);
        if (!loaded)
            qFatal("%s", errorText(loaded.error()).c_str());
        return *std::move(loaded);
    }
    std::string file() const
    {
        return m_dir.filePath(QStringLiteral("tiny.safetensors")).toStdString();
    }
    static QImage decoded(const models::PreviewDecoder &decoder, const at::Tensor &latents)
    {
        const models::RgbPixels pixels = decoder.picture(latents);
        return QImage(pixels.data.data(), pixels.width, pixels.height, pixels.width * 3,
                      QImage::Format_RGB888)
            .copy();
    }

private Q_SLOTS:
    void initTestCase()
    {
        at::manual_seed(3);
        const nn::TinyAutoencoder network(
            *nn::TinyAutoencoderConfig::fromJson({{"_class_name", "AutoencoderTiny"},
                                                  {"encoder_block_out_channels", {8, 8}},
                                                  {"decoder_block_out_channels", {8, 8}},
                                                  {"num_encoder_blocks", {1, 1}},
                                                  {"num_decoder_blocks", {1, 1}}}));
        QVERIFY(tensor::saveSafeTensors(file(), nn::parametersOf(network, at::kFloat)));
    }

    void bringsThePictureOfTheNewestLatents()
    {
        const at::NoGradGuard noGrad;
        const auto reference = decoder();
        LivePreview live(decoder());
        QVERIFY(live.take().isNull());
        at::Tensor last;
        for (uint64_t i = 0; i < 50; ++i)
            live.offer(last = tensor::normalNoise({1, 4, 32, 32}, i));
        const QImage expected = decoded(reference, last);
        last.zero_(); // what was offered is its own
        QImage newest;
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                if (const QImage next = live.take(); !next.isNull())
                    newest = next;
                return newest == expected;
            }(),
            60000);                    // of the lowest priority, it may have to wait for its turn
        QVERIFY(live.take().isNull()); // each once
    }

    void offeringDoesNotWaitForDecoding()
    {
        const at::NoGradGuard noGrad;
        const at::Tensor large = tensor::normalNoise({1, 4, 256, 256}, 1);
        const auto reference = decoder();
        QElapsedTimer clock;
        clock.start();
        decoded(reference, large);
        const qint64 decoding = clock.nsecsElapsed();
        LivePreview live(decoder());
        live.offer(large); // now it is busy
        const at::Tensor small = tensor::normalNoise({1, 4, 8, 8}, 2);
        clock.restart();
        for (int i = 0; i < 20; ++i)
            live.offer(small);
        // Twenty offers together take less than one picture.
        QVERIFY(clock.nsecsElapsed() < decoding);
    }

    void anotherPictureBeginsWithNothing()
    {
        const at::NoGradGuard noGrad;
        LivePreview live(decoder());
        live.offer(tensor::normalNoise({1, 4, 64, 64}, 1));
        live.clear();
        const at::Tensor latents = tensor::normalNoise({1, 4, 16, 16}, 2);
        live.offer(latents);
        QImage first;
        // The macro looks more than once.
        QTRY_VERIFY_WITH_TIMEOUT(!first.isNull() || !(first = live.take()).isNull(), 60000);
        QCOMPARE(first.size(), QSize(32, 32)); // not the one before
    }
};

QTEST_GUILESS_MAIN(LivePreviewTest)
#include "LivePreviewTest.moc"
