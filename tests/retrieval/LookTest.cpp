// Which pictures count as alike, and how pins and drops pull.
#include "core/retrieval/Look.h"

#include <QTest>

#include <cmath>

using namespace moodloom::retrieval;

namespace {

Look look(std::vector<float> embedding, quint64 hash = 0, QStringList keywords = {})
{
    return {std::move(embedding), hash, std::move(keywords)};
}

} // namespace

class LookTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void embeddingsDecideLikeness()
    {
        QVERIFY(std::abs(likeness(look({1, 0}), look({0.6f, 0.8f})) - 0.6) < 1e-6);
    }

    void keywordsStandInForMissingEmbeddings()
    {
        const QStringList left{QStringLiteral("car"), QStringLiteral("red")};
        const QStringList right{QStringLiteral("car"), QStringLiteral("blue")};
        QVERIFY(std::abs(likeness(look({}, 0, left), look({1, 0}, 0, right)) - 0.5) < 1e-9);
        QCOMPARE(likeness(look({}), look({}, 0, right)), 0.0);
    }

    void duplicatesNeedHashAndEmbeddingToAgree()
    {
        const quint64 hash = 0x1234567890abcdefULL;
        const Look original = look({1, 0}, hash);
        QVERIFY(areNearDuplicates(original, look({0.99f, 0.14f}, hash ^ 1)));
        QVERIFY(!areNearDuplicates(original, look({0, 1}, hash)));             // another thing
        QVERIFY(!areNearDuplicates(original, look({1, 0}, ~hash)));            // another layout
        QVERIFY(areNearDuplicates(look({}, hash), look({}, hash ^ 3)));        // hash alone
        QVERIFY(!areNearDuplicates(look({}, hash), look({}, hash ^ 0xff)));
        QVERIFY(areNearDuplicates(look({1, 0}), look({1, 0})));                // embedding alone
        QVERIFY(!areNearDuplicates(look({1, 0}), look({0.98f, 0.2f})));
        QVERIFY(!areNearDuplicates(look({}), look({})));                       // nothing known
    }

    void theOddOneIsTheLeastTypical()
    {
        const Look a = look({1, 0}), b = look({0.96f, 0.28f}), odd = look({0, 1});
        const Look *const all[] = {&a, &odd, &b};
        const auto typical = typicality(all);
        QCOMPARE(typical.size(), size_t(3));
        QVERIFY(typical[1] < typical[0] && typical[1] < typical[2]);
        QVERIFY(std::abs(typical[0] - 0.48) < 1e-6); // mean of 0.96 and 0
        QVERIFY(typicality(std::span(all).first(2)).empty());
    }

    void pinsPullAndDropsPush()
    {
        const std::vector<Look> right{look({1, 0})}, up{look({0, 1})};
        const Look nearRight = look({0.8f, 0.6f});
        QVERIFY(std::isnan(feedback(nearRight, {}, {})));
        QVERIFY(std::abs(feedback(nearRight, right, {}) - 0.8) < 1e-6);
        QVERIFY(std::abs(feedback(nearRight, {}, up) + 0.6) < 1e-6);
        QVERIFY(std::abs(feedback(nearRight, right, up) - 0.2) < 1e-6);
    }
};

QTEST_APPLESS_MAIN(LookTest)
#include "LookTest.moc"
