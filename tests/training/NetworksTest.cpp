// The stages on scenes so simple that learning shows in seconds, and the model folder they write.
#include "core/base/Machine.h"
#include "core/models/Pipeline.h"
#include "core/training/AutoencoderTraining.h"
#include "core/training/Batch.h"
#include "core/training/BuiltInShape.h"
#include "core/training/ModelExport.h"
#include "core/training/UNetTraining.h"
#include "tests/training/SmallTokenizer.h"

#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::training;

class NetworksTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    SimpleScenes m_source;
    std::unique_ptr<models::Tokenizer> m_tokenizer;

    std::string folder(const char *name = "") const { return m_dir.path().toStdString() + name; }

    StageOptions options(int steps) const
    {
        StageOptions o;
        o.folder = folder();
        o.steps = steps;
        o.threads = 2;
        o.batch = 24;
        o.warmup = 5;
        o.learningRate = 2e-3;
        o.minutes = 5;
        return o;
    }

    ScenePool::Options drawing() const
    {
        ScenePool::Options o;
        o.sizes = {pictureSize, referenceSize};
        o.capacity = 256;
        o.chunk = 8;
        o.minimum = 24;
        return o;
    }

    SceneRows held(int64_t count) const
    {
        return drawRows(m_source, m_tokenizer.get(), 9, 0, count, {pictureSize, referenceSize});
    }

    Result<void> learnPictures(AutoencoderPart part, const StageOptions &options) const
    {
        ScenePool scenes(m_source, m_tokenizer.get(), drawing());
        return trainAutoencoder(scenes, heldPictures(m_source, 9, 4), part, options);
    }

    at::Tensor emptyText() const { return tokenBatch(*m_tokenizer, {""}, textLength)[0]; }

    // Scenes of one thing each, every other one of another family.
    LatentRows latentRows(int64_t count) const
    {
        const auto vision = visionShape();
        LatentRows rows;
        rows.latents = at::randn({count, autoencoderShape().latentChannels, 16, 16}).to(at::kHalf);
        rows.ids = tokenBatch(*m_tokenizer, {"a red disc by day", "白天红圆", "a disc", "圆"}, textLength)
                       .to(at::kInt)
                       .unsqueeze(0)
                       .repeat({count, 1, 1});
        rows.families = at::stack({at::arange(count, at::kInt) % 2, at::full({count}, -1, at::kInt)}, 1);
        rows.states = at::randn({count, referenceSlots, vision.tokens(), vision.encoder.hiddenSize}).to(at::kBFloat16);
        rows.embeds = at::randn({count, referenceSlots, vision.projectionDim});
        return rows;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_tokenizer = smallTokenizer(folder());
        QVERIFY(m_tokenizer);
        useComputeThreads(1);
    }

    void encodersLearnToTellCaptionsApart()
    {
        ScenePool pool(m_source, m_tokenizer.get(), drawing());
        QVERIFY(trainEncoders(pool, held(12), *m_tokenizer, options(30)));
        const auto encoders = loadEncoders(folder(), *m_tokenizer);
        QVERIFY(encoders);
        std::vector<TrainingScene> scenes;
        std::vector<const Picture *> pictures;
        std::vector<std::string> english, chinese;
        for (uint64_t seed = 0; seed < 12; ++seed)
            scenes.push_back(m_source.scene(seed, referenceSize, 0));
        for (const TrainingScene &scene : scenes) {
            pictures.push_back(&scene.picture);
            english.push_back(scene.captionEn);
            chinese.push_back(scene.captionZh);
        }
        const at::NoGradGuard noGrad;
        const at::Tensor image = (*encoders)->vision->forward(toTensor(pictures)).imageEmbeds;
        const auto found = [&](const std::vector<std::string> &texts) {
            return recallAt(3, (*encoders)->text->forward(tokenBatch(*m_tokenizer, texts)).textEmbeds, image);
        };
        // Chance is 3 of 12.
        QVERIFY2(found(english) > 0.6, qPrintable(QString::number(found(english))));
        QVERIFY2(found(chinese) > 0.6, qPrintable(QString::number(found(chinese))));
    }

    void autoencoderLearnsAndItsLatentsAreNormalised()
    {
        StageOptions few = options(25);
        few.batch = 4;
        QVERIFY(learnPictures(AutoencoderPart::Both, few));
        nn::AutoencoderKL fresh(autoencoderShape());
        const auto trained = loadAutoencoder(folder(), m_source);
        QVERIFY(trained);
        const at::NoGradGuard noGrad;
        const at::Tensor pictures = heldPictures(m_source, 3, 12);
        const auto error = [&](const nn::AutoencoderKL &net) {
            return pictureLoss(net.decode(net.encode(pictures).mean), pictures).item<double>();
        };
        const double share = error(**trained) / error(fresh);
        QVERIFY2(share < 0.7, qPrintable(QString::number(share)));
        const Reconstruction given = reconstruction(**trained, pictures);
        QCOMPARE(float(given.together),
                 float(peakSignalToNoise((*trained)->decode((*trained)->encode(pictures).mean), pictures)));
        QVERIFY(given.least <= given.mean && given.together <= given.mean); // Jensen's inequality
        QVERIFY(given.edges < 1 && given.edges > reconstruction(fresh, pictures).edges);
        const at::Tensor z = (*trained)->encode(heldPictures(m_source, 77, 128)).mean;
        QVERIFY(z.mean({0, 2, 3}).abs().max().item<double>() < 1e-3);
        QVERIFY((z.std({0, 2, 3}, true) - 1).abs().max().item<double>() < 1e-3);
    }

    void theDecoderCanLearnAlone()
    {
        QTemporaryDir dir;
        StageOptions few = options(2);
        few.folder = dir.path().toStdString();
        few.batch = 4;
        QVERIFY(learnPictures(AutoencoderPart::Both, few));
        const auto before = loadState(few.folder + "/autoencoder.safetensors");
        QVERIFY(learnPictures(AutoencoderPart::Decoder, few));
        const auto after = loadState(few.folder + "/autoencoder.safetensors");
        QVERIFY(before && after);
        QCOMPARE(after->step, 4);
        for (const auto &[name, weight] : before->weights)
            QCOMPARE(!weight.equal(after->weights.at(name)), name.starts_with("decoder."));
    }

    void normalisingChangesTheLatentsNotThePictures()
    {
        nn::AutoencoderKL network(autoencoderShape());
        const at::NoGradGuard noGrad;
        const at::Tensor pictures = heldPictures(m_source, 3, 12);
        const at::Tensor before = network.decode(network.encode(pictures).mean);
        const at::Tensor latents = network.encode(pictures).mean;
        normalizeLatents(network, pictures);
        QVERIFY(!at::allclose(network.encode(pictures).mean, latents, 1e-2, 1e-2));
        QVERIFY(at::allclose(network.decode(network.encode(pictures).mean), before, 1e-3, 1e-4));
    }

    void generatorOverfitsAHandfulOfScenes()
    {
        at::manual_seed(1);
        Generator generator;
        const nn::ClipTextModel text(textShape(m_tokenizer->size(), m_tokenizer->endId()));
        const auto batch = makeBatch(latentRows(4), emptyText(), {0, 0, 0, 0, 0, 0, 0});
        const at::Tensor alphas = at::tensor({0.9f, 0.5f, 0.1f, 0.0f});
        const at::Tensor timesteps = at::arange(4, at::kLong), noise = at::randn_like(batch.latents);
        Optimizer::Named parameters;
        for (auto &item : generator.named_parameters())
            parameters.emplace_back(item.key(), item.value());
        Optimizer optimizer(parameters, {});
        double first = 0, last = 0;
        for (int step = 0; step < 50; ++step) {
            const at::Tensor loss =
                denoisingLoss(generator, text, batch, alphas, timesteps, noise, at::kFloat).mean();
            loss.backward();
            optimizer.step(2e-3);
            (step == 0 ? first : last) = loss.item<double>();
        }
        QVERIFY2(last < 0.75 * first, qPrintable(QStringLiteral("%1 -> %2").arg(first).arg(last)));
    }

    void whatIsLeftOutOfABatchHasNoWeight()
    {
        const LatentRows rows = latentRows(6);
        const auto nothing = makeBatch(rows, emptyText(), {1, 0, 0, 0, 0, 0, 0});
        QCOMPARE(nothing.weights.sum().item<double>(), 0.0);
        QCOMPARE(nothing.pooled.abs().sum().item<double>(), 0.0);
        QVERIFY(at::equal(nothing.ids, emptyText().unsqueeze(0).expand({6, textLength})));
        const auto all = makeBatch(rows, emptyText(), {0, 0, 0, 0, 0, 0, 0});
        QCOMPARE(all.weights.sum().item<double>(), 6.0);
        QVERIFY(at::allclose(all.pooled, rows.embeds.select(1, 0)));
        // A stranger takes the free place: what it looks like is the next scene's first thing.
        const auto strangers = makeBatch(rows, emptyText(), {0, 0, 0, 0, 1, 0, 0});
        QCOMPARE(strangers.weights.sum().item<double>(), 12.0);
        QVERIFY(strangers.states[1][1].equal(rows.states[0][0]));
        QVERIFY(strangers.states[1][0].equal(rows.states[1][0]));
        // One of the same family is none.
        LatentRows alike = rows;
        alike.families = at::zeros_like(rows.families);
        QCOMPARE(makeBatch(alike, emptyText(), {0, 0, 0, 0, 1, 0, 0}).weights.sum().item<double>(), 12.0);
        QVERIFY(makeBatch(alike, emptyText(), {0, 0, 0, 0, 1, 0, 0}).states.equal(rows.states));
        QCOMPARE(makeBatch(alike, emptyText(), {0, 0, 0, 1, 0, 0, 0}).weights.sum().item<double>(), 6.0);
    }

    void textsAreOfTheKindThatWasAskedFor()
    {
        const LatentRows rows = latentRows(40);
        const auto full = makeBatch(rows, emptyText(), {0, 0, 0, 0, 0, 0, 0}).ids;
        const auto plain = makeBatch(rows, emptyText(), {0, 0, 0, 0, 0, 1, 1}).ids;
        for (int64_t i = 0; i < 40; ++i) {
            const auto is = [&](const at::Tensor &ids, CaptionKind kind) {
                return ids[i].equal(rows.ids[i][int64_t(kind)].to(at::kLong));
            };
            QVERIFY(is(full, CaptionKind::English) || is(full, CaptionKind::Chinese));
            QVERIFY(is(plain, CaptionKind::PlainEnglish) || is(plain, CaptionKind::PlainChinese));
        }
    }

    void theGeneratorTrainsFromDrawnScenes()
    {
        ScenePool scenes(m_source, m_tokenizer.get(), drawing());
        const auto encoders = loadEncoders(folder(), *m_tokenizer);
        const auto autoencoder = loadAutoencoder(folder(), m_source);
        QVERIFY(encoders && autoencoder);
        LatentPool::Options pooling;
        pooling.capacity = 64;
        pooling.minimum = 16;
        StageOptions few = options(2);
        few.batch = 4;
        QTemporaryDir dir;
        few.folder = dir.path().toStdString();
        QVERIFY(trainUNet(scenes, *m_tokenizer, *encoders, *autoencoder, pooling, few));
        const auto state = loadState(few.folder + "/unet.safetensors");
        QVERIFY(state);
        QCOMPARE(state->samples, int64_t(8));
        for (const auto &[name, weight] : state->weights)
            QVERIFY2(weight.isfinite().all().item<bool>(), name.c_str());
    }

    void anExportedModelLoadsLikeAnyOtherAndCanBeTakenUpAgain()
    {
        const auto encoders = loadEncoders(folder(), *m_tokenizer);
        const auto autoencoder = loadAutoencoder(folder(), m_source);
        QVERIFY(encoders && autoencoder);
        const auto generator = std::make_shared<Generator>();
        const std::string model = folder("/model");
        const auto written =
            exportModel({folder(), *encoders, nullptr, *autoencoder, generator, heldPictures(m_source, 5, 8)}, model);
        QVERIFY2(written, written ? "" : errorText(written.error()).c_str());
        const auto pipeline = models::loadPipeline(model);
        QVERIFY2(pipeline, pipeline ? "" : errorText(pipeline.error()).c_str());
        QVERIFY((*pipeline)->takesReferences());
        QCOMPARE((*pipeline)->nativeSize(), pictureSize);
        QVERIFY((*pipeline)->adapters[0].unconditional == models::UnconditionalReference::Absent);

        QVERIFY(importModel(model, folder("/again")));
        Generator taken;
        QVERIFY(loadAverage(folder("/again/unet.safetensors"), taken));
        const auto original = generator->named_parameters(), copy = taken.named_parameters();
        for (const auto &item : original)
            QVERIFY2(at::allclose(item.value(), copy[item.key()], 1e-3, 1e-4), item.key().c_str());
        QVERIFY(!loadState(folder("/again/retrieval.safetensors")));
        // Training alone needs temperature and colours: what was taken up trains on without them.
        QVERIFY(loadEncoders(folder("/again"), *m_tokenizer));
        // What has a state already keeps it.
        QVERIFY(importModel(model, folder()));
        QCOMPARE(loadState(folder("/encoders.safetensors"))->step, int64_t(30));
    }
};

int main(int argc, char **argv)
{
    qputenv("OPENBLAS_NUM_THREADS", "1");
    prepareProcess(argv);
    NetworksTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "NetworksTest.moc"
