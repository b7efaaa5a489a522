// A name that was never met comes to say nothing, and everything else stays what it said.
#include "core/base/Machine.h"
#include "core/training/BuiltInShape.h"
#include "core/training/NameTraining.h"
#include "tests/training/SmallTokenizer.h"

#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::training;

class NameTrainingTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    SimpleScenes m_source;
    std::unique_ptr<models::Tokenizer> m_tokenizer;

    std::string folder() const { return m_dir.path().toStdString(); }

private Q_SLOTS:
    void initTestCase()
    {
        m_tokenizer = smallTokenizer(folder());
        QVERIFY(m_tokenizer);
        useComputeThreads(1);
    }

    void placesAreThoseOfTheCaptionWithoutTheName()
    {
        const std::string bare = "白天红圆", named = "白天贝赛红圆";
        const NameBatch batch = makeNameBatch(*m_tokenizer, {{bare, named, bare}});
        const auto without = m_tokenizer->encodeWhole(bare), with = m_tokenizer->encodeWhole(named);
        const auto longer = int64_t(with.size() - without.size());
        QVERIFY(longer > 0);
        int64_t inside = 0;
        for (int64_t i = 0; i < textLength; ++i) {
            const int64_t place = batch.places[0][i].item<int64_t>();
            if (batch.inName[0][i].item<bool>()) {
                ++inside;
                QCOMPARE(place, int64_t(2)); // the last character before it
            } else {
                // The same token stands there, or the padding after both.
                QCOMPARE(batch.named[0][i].item<int64_t>(), batch.bare[0][place].item<int64_t>());
            }
        }
        QCOMPARE(inside, longer);
    }

    void whatStandsAtABorrowedNameDoesNotMatter()
    {
        // Known for another kind of thing, and what follows is not known there yet.
        const NameBatch batch = makeNameBatch(*m_tokenizer, {{"红圆", "贝赛红圆", "圆"}, {"红圆", "贝赛红圆", "圆", true}});
        QVERIFY(batch.inName.any().item<bool>());
        for (int64_t i = 0; i < textLength; ++i) {
            const bool inside = batch.inName[0][i].item<bool>();
            QCOMPARE(batch.inName[1][i].item<bool>(), inside);
            const float own = batch.weights[0][i].item<float>(), borrowed = batch.weights[1][i].item<float>();
            QVERIFY(inside ? own > 0 && own < 1 && borrowed == 0 : own == 1 && borrowed == 1);
        }
    }

    void aNameBeforeNothingIsAlignedToo()
    {
        // The name is at the very beginning, and the end token is all that follows.
        const NameBatch batch = makeNameBatch(*m_tokenizer, {{"圆", "贝赛圆", "圆"}, {"圆", "圆贝", "圆"}});
        QVERIFY((batch.places >= 0).all().item<bool>());
        QVERIFY((batch.places < textLength).all().item<bool>());
        QCOMPARE(batch.places[0][0].item<int64_t>(), int64_t(0));
    }

    void aNameComesToSayNothing()
    {
        at::manual_seed(3);
        State begin;
        const Encoders encoders(textShape(m_tokenizer->size(), m_tokenizer->endId()), visionShape());
        for (const auto &item : encoders.named_parameters())
            begin.weights[item.key()] = begin.average[item.key()] = item.value().detach().clone();
        QVERIFY(saveState(folder() + "/encoders.safetensors", begin));
        std::vector<std::map<std::string, double>> rows;
        StageOptions few;
        few.folder = folder();
        few.threads = 2;
        few.batch = 16;
        few.steps = 101;
        few.warmup = 5;
        few.learningRate = 1e-3;
        few.logSeconds = 0;
        few.onRow = [&](const CurveRow &row) { rows.push_back(row.means); };
        QVERIFY(trainNames(m_source, *m_tokenizer, few));
        QVERIFY(rows.size() > 2);
        const double first = rows.front().at("named_held"), last = rows.back().at("named_held");
        QVERIFY2(last < 0.6 * first, qPrintable(QStringLiteral("%1 -> %2").arg(first).arg(last)));
        QVERIFY2(rows.back().at("known_held") < first, qPrintable(QString::number(rows.back().at("known_held"))));
        const auto taught = loadState(folder() + "/names.safetensors");
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
    NameTrainingTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "NameTrainingTest.moc"
