// Nearest neighbours are found, exactly or nearly, and survive the disk.
#include "core/retrieval/VectorIndex.h"

#include "tests/retrieval/Vectors.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <limits>

using namespace moodloom;
using namespace moodloom::retrieval;

namespace {

constexpr int dimension = 16;
const QString model = QStringLiteral("model-a");

struct Data
{
    std::vector<library::AssetId> ids;
    std::vector<float> rows;

    explicit Data(int count, unsigned seed = 1)
    {
        std::mt19937 random(seed);
        for (int i = 0; i < count; ++i) {
            ids.push_back(1000 + i * 3);
            const auto row = test::randomVector(random, dimension);
            rows.insert(rows.end(), row.begin(), row.end());
        }
    }
    std::span<const float> row(int i) const { return std::span(rows).subspan(size_t(i) * dimension, dimension); }

    // Brute force, the definition.
    QVector<library::AssetId> nearest(std::span<const float> query, int count) const
    {
        std::vector<std::pair<float, library::AssetId>> all;
        for (size_t i = 0; i < ids.size(); ++i) {
            float cosine = 0;
            for (int k = 0; k < dimension; ++k)
                cosine += query[size_t(k)] * rows[i * dimension + size_t(k)];
            all.emplace_back(-cosine, ids[i]);
        }
        std::sort(all.begin(), all.end());
        QVector<library::AssetId> best;
        for (int i = 0; i < count; ++i)
            best.append(all[size_t(i)].second);
        return best;
    }
};

QVector<library::AssetId> found(const VectorIndex &index, std::span<const float> query, int count)
{
    QVector<library::AssetId> ids;
    const auto hits = index.search(query, count);
    if (hits)
        for (const Neighbour &hit : hits->front())
            ids.append(hit.id);
    return ids;
}

} // namespace

class VectorIndexTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;

private Q_SLOTS:
    void smallIndexIsExact()
    {
        const Data data(500);
        VectorIndex index(model, dimension);
        QVERIFY(index.add(data.ids, data.rows));
        QVERIFY(index.isExact());
        QCOMPARE(index.size(), 500);
        std::mt19937 random(7);
        for (int i = 0; i < 20; ++i) {
            const auto query = test::randomVector(random, dimension);
            QCOMPARE(found(index, query, 10), data.nearest(query, 10));
        }
    }

    void manyQueriesAtOnceGiveTheSame()
    {
        const Data data(200);
        VectorIndex index(model, dimension);
        QVERIFY(index.add(data.ids, data.rows));
        const auto both = index.search(std::span(data.rows).first(2 * dimension), 5);
        QVERIFY(both);
        QCOMPARE(both->size(), size_t(2));
        QCOMPARE((*both)[0].first().id, data.ids[0]);
        QCOMPARE((*both)[1].first().id, data.ids[1]);
        QVERIFY(std::abs((*both)[0].first().cosine - 1) < 1e-5);
    }

    void largeIndexFindsNearlyAll()
    {
        const Data data(3000);
        VectorIndex index(model, dimension, {1000});
        QVERIFY(index.add(data.ids, data.rows));
        QVERIFY(!index.isExact());
        QCOMPARE(index.size(), 3000);
        // A stored vector always finds itself; random neighbours mostly.
        int hits = 0;
        for (int i = 0; i < 100; ++i) {
            const auto ids = found(index, data.row(i * 30), 10);
            QCOMPARE(ids.first(), data.ids[size_t(i) * 30]);
            for (const auto id : data.nearest(data.row(i * 30), 10))
                hits += ids.contains(id);
        }
        QVERIFY2(hits > 500, qPrintable(QString::number(hits)));
    }

    void removesAndReplaces_data()
    {
        QTest::addColumn<qint64>("exactUpTo");
        QTest::newRow("exact") << qint64(100000);
        QTest::newRow("cells") << qint64(100);
    }
    void removesAndReplaces()
    {
        QFETCH(qint64, exactUpTo);
        const Data data(400);
        VectorIndex index(model, dimension, {exactUpTo});
        QVERIFY(index.add(data.ids, data.rows));
        const library::AssetId gone[] = {data.ids[5], data.ids[6], 1};
        QVERIFY(index.remove(gone));
        QCOMPARE(index.size(), 398);
        QVERIFY(!index.contains(data.ids[5]));
        QVERIFY(!found(index, data.row(5), 50).contains(data.ids[5]));
        QVERIFY(!index.vector(data.ids[5]));

        // The picture 7 looks like 8 from now on.
        const library::AssetId changed[] = {data.ids[7]};
        QVERIFY(index.add(changed, data.row(8)));
        QCOMPARE(index.size(), 398);
        const auto ids = found(index, data.row(8), 2);
        QVERIFY(ids.contains(data.ids[7]) && ids.contains(data.ids[8]));
        const auto stored = index.vector(data.ids[7]);
        QVERIFY(stored);
        for (int i = 0; i < dimension; ++i)
            QVERIFY(std::abs((*stored)[size_t(i)] - data.row(8)[size_t(i)]) < 1e-6);
    }

    void ofEqualIdsTheLastCounts()
    {
        const Data data(2);
        VectorIndex index(model, dimension);
        const library::AssetId ids[] = {9, 9};
        QVERIFY(index.add(ids, data.rows));
        QCOMPARE(index.size(), 1);
        const auto hits = index.search(data.row(1), 1);
        QVERIFY(hits && hits->front().first().cosine > 0.999f);
    }

    void refusesWhatDoesNotFit()
    {
        VectorIndex index(model, dimension);
        const library::AssetId ids[] = {1};
        const std::vector<float> tooShort(dimension - 1, 1.0f);
        QCOMPARE(index.add(ids, tooShort).error().code, ErrorCode::Mismatch);
        QCOMPARE(index.search(tooShort, 3).error().code, ErrorCode::Mismatch);
    }

    void leavesOutVectorsWithoutDirection()
    {
        VectorIndex index(model, dimension);
        std::vector<float> rows(2 * dimension, 0.0f);
        rows[dimension] = std::numeric_limits<float>::quiet_NaN();
        const library::AssetId ids[] = {1, 2};
        QVERIFY(index.add(ids, rows));
        QCOMPARE(index.size(), 0);
    }

    void emptyIndexFindsNothing()
    {
        VectorIndex index(model, dimension);
        const auto hits = index.search(std::vector<float>(dimension, 1.0f), 5);
        QVERIFY(hits);
        QVERIFY(hits->front().isEmpty());
    }

    void survivesTheDisk_data() { removesAndReplaces_data(); }
    void survivesTheDisk()
    {
        QFETCH(qint64, exactUpTo);
        const Data data(400);
        VectorIndex index(model, dimension, {exactUpTo});
        QVERIFY(index.add(data.ids, data.rows));
        const QString path = m_dir.filePath(QStringLiteral("index"));
        QVERIFY(index.save(path));
        auto loaded = VectorIndex::load(path, model, dimension, {exactUpTo});
        QVERIFY2(loaded, loaded ? "" : loaded.error().detail.c_str());
        QCOMPARE(loaded->size(), index.size());
        QCOMPARE(loaded->isExact(), index.isExact());
        for (int i = 0; i < 10; ++i)
            QCOMPARE(*loaded->search(data.row(i), 7), *index.search(data.row(i), 7));
        // And is as alive as before.
        const library::AssetId gone[] = {data.ids[0]};
        QVERIFY(loaded->remove(gone));
        QVERIFY(!found(*loaded, data.row(0), 9).contains(data.ids[0]));
    }

    void anotherModelsFileIsRefused()
    {
        const QString path = m_dir.filePath(QStringLiteral("other"));
        QVERIFY(VectorIndex(model, dimension).save(path));
        QCOMPARE(VectorIndex::load(path, QStringLiteral("model-b"), dimension).error().code,
                 ErrorCode::Mismatch);
        QCOMPARE(VectorIndex::load(path, model, dimension + 1).error().code, ErrorCode::Mismatch);
        QCOMPARE(VectorIndex::load(m_dir.filePath(QStringLiteral("none")), model, dimension).error().code,
                 ErrorCode::NotFound);
    }

    // Each byte matters: a changed one anywhere, and a cut anywhere, is noticed.
    void damageIsNoticed()
    {
        const Data data(50);
        VectorIndex index(model, dimension);
        QVERIFY(index.add(data.ids, data.rows));
        const QString path = m_dir.filePath(QStringLiteral("whole"));
        QVERIFY(index.save(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        const QString damaged = m_dir.filePath(QStringLiteral("damaged"));
        const auto loads = [&](const QByteArray &bytes) {
            QFile out(damaged);
            return out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size()
                   && (out.close(), VectorIndex::load(damaged, model, dimension).has_value());
        };
        QVERIFY(loads(whole));
        for (qsizetype at = 0; at < whole.size(); at += 37) {
            QByteArray changed = whole;
            changed[at] = char(changed[at] ^ 0x20);
            QVERIFY2(!loads(changed), qPrintable(QString::number(at)));
            QVERIFY2(!loads(whole.left(at)), qPrintable(QString::number(at)));
        }
    }
};

QTEST_APPLESS_MAIN(VectorIndexTest)
#include "VectorIndexTest.moc"
