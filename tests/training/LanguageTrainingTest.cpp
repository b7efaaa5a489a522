// A caption comes to make the generator predict in Chinese what it makes it predict in English.
#include "core/training/LanguageTraining.h"
#include "core/base/Machine.h"
#include "core/training/BuiltInShape.h"
#include "tests/training/SmallTokenizer.h"

#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::training;

class LanguageTrainingTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    SimpleScenes m_source;
    std::unique_ptr<models::Tokenizer> m_tokenizer;

    std::string folder() const { return m_dir.path().toStdString(); }

    at::Tensor ids(const std::string &text) const
    {
        return tokenBatch(*m_tokenizer, {text}, textLength)[0];
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_tokenizer = smallTokenizer(folder());
        QVERIFY(m_tokenizer);
        useComputeThreads(1);
    }

    void bothLanguagesSayTheSame()
    {
        at::manual_seed(1);
        const std::vector<std::string> captions{"a red disc by day", "白天红圆", "a disc by day",
                                                "白天圆"};
        const int64_t count = 64;
        const auto vision = visionShape();
        LatentRows rows;
        rows.latents = at::randn({count, autoencoderShape().latentChannels, 8, 8}).to(at::kHalf);
        rows.ids = tokenBatch(*m_tokenizer, captions, textLength)
                       .to(at::kInt)
                       .unsqueeze(0)
                       .repeat({count, 1, 1});
        rows.families =
            at::stack({at::arange(count, at::kInt) % 2, at::full({count}, -1, at::kInt)}, 1);
        rows.states = at::randn({count, referenceSlots, vision.tokens(), vision.encoder.hiddenSize})
                          .to(at::kBFloat16);
        rows.embeds = at::randn({count, referenceSlots, vision.projectionDim});
        const LanguageBatch batch = makeLanguageBatch(rows, ids(""), 1000);
        int plain = 0;
        for (int64_t i = 0; i < count; ++i) {
            const bool full = at::equal(batch.english.ids[i], ids(captions[0]));
            QVERIFY(full || at::equal(batch.english.ids[i], ids(captions[2])));
            QVERIFY(at::equal(batch.chinese[i], ids(captions[full ? 1 : 3])));
            plain += !full;
        }
        QVERIFY2(plain > 20 && plain < 60, qPrintable(QString::number(plain)));
        const double with = batch.english.weights.sum().item<double>();
        QVERIFY2(with > 15 && with < 50, qPrintable(QString::number(with)));
        QVERIFY((batch.timesteps >= 0).all().item<bool>() &&
                (batch.timesteps < 1000).all().item<bool>());
        QVERIFY(batch.timesteps.to(at::kFloat).mean().item<double>() >
                550); // shapes come more often
    }

    void whatChineseSaysIsPaintedAsWhatEnglishSays()
    {
        at::manual_seed(3);
        State begin;
        const auto encoders = std::make_shared<Encoders>(
            textShape(m_tokenizer->size(), m_tokenizer->endId()), visionShape());
        for (const auto &item : encoders->named_parameters())
            begin.weights[item.key()] = begin.average[item.key()] = item.value().detach().clone();
        QVERIFY(saveState(folder() + "/encoders.safetensors", begin));
        ScenePool::Options drawing;
        drawing.sizes = {64, referenceSize};
        drawing.capacity = 64;
        drawing.chunk = 8;
        drawing.minimum = 24;
        ScenePool scenes(m_source, m_tokenizer.get(), drawing);
        LatentPool::Options pooling;
        pooling.capacity = 64;
        pooling.chunk = 8;
        pooling.minimum = 24;
        std::vector<std::map<std::string, double>> rows;
        StageOptions few;
        few.folder = folder();
        few.threads = 2;
        few.batch = 4;
        few.steps = 51;
        few.warmup = 5;
        few.learningRate = 1e-3;
        few.logSeconds = 0;
        few.onRow = [&](const CurveRow &row) { rows.push_back(row.means); };
        QVERIFY(trainLanguages(scenes, m_source, *m_tokenizer, std::make_shared<Generator>(),
                               std::make_shared<nn::AutoencoderKL>(autoencoderShape()), pooling,
                               few));
        QVERIFY(rows.size() > 2);
        const double first = rows.front().at("painted_held"), last = rows.back().at("painted_held");
        QVERIFY2(last < 0.3 * first, qPrintable(QStringLiteral("%1 -> %2").arg(first).arg(last)));
        const auto taught = loadState(folder() + "/languages.safetensors");
        QVERIFY(taught);
        for (const auto &[name, weight] : begin.weights)
            if (!name.starts_with("text."))
                QVERIFY2(at::allclose(weight, taught->average.at(name), 1e-5, 1e-6), name.c_str());
    }
};

int main(int argc, char **argv)
{
    qputenv("OPENBLAS_NUM_THREADS", "1");
    prepareProcess(argv);
    LanguageTrainingTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "LanguageTrainingTest.moc"
