// The index follows the library, whatever happened to either.
#include "core/retrieval/IndexCache.h"

#include "tests/retrieval/SmallLibrary.h"
#include "tests/retrieval/Vectors.h"

#include <QFile>
#include <QTest>

using namespace moodloom;
using namespace moodloom::retrieval;
using test::WordEmbedder;

class IndexCacheTest : public QObject
{
    Q_OBJECT
    std::mt19937 m_random{3};
    std::unique_ptr<test::SmallLibrary> m_library;
    QVector<library::AssetId> m_ids;

    const QString m_model = QStringLiteral("words-1");

    library::AssetId addOne()
    {
        const auto id = m_library->add({.embedding = test::randomVector(m_random, WordEmbedder::size)});
        m_ids.append(id);
        return id;
    }
    QString file() const { return m_library->file(QStringLiteral("cache/index")); }
    Result<VectorIndex> open() { return openIndex(file(), **m_library, m_model, WordEmbedder::size); }

private Q_SLOTS:
    void init()
    {
        m_library = std::make_unique<test::SmallLibrary>();
        m_ids.clear();
        for (int i = 0; i < 20; ++i)
            addOne();
    }

    void isBuiltFromTheLibraryAndCached()
    {
        const auto index = open();
        QVERIFY(index);
        QCOMPARE(index->size(), 20);
        const auto cached = VectorIndex::load(file(), m_model, WordEmbedder::size);
        QVERIFY(cached);
        QCOMPARE(cached->size(), 20);
    }

    void damagedCacheIsRebuilt()
    {
        QVERIFY(open());
        QFile cache(file());
        QVERIFY(cache.open(QIODevice::ReadWrite) && cache.resize(cache.size() / 2));
        cache.close();
        const auto index = open();
        QVERIFY(index);
        QCOMPARE(index->size(), 20);
        QVERIFY(VectorIndex::load(file(), m_model, WordEmbedder::size)); // and whole again
    }

    void whatHappenedSinceIsCaughtUp()
    {
        QVERIFY(open());
        const auto gone = m_ids[3];
        const auto changed = m_ids[4];
        QVERIFY((*m_library)->remove({gone}));
        const auto other = test::randomVector(m_random, WordEmbedder::size);
        QVERIFY((*m_library)->setEmbedding(changed, m_model, other));
        const auto added = addOne();
        const auto index = open();
        QVERIFY(index);
        QCOMPARE(index->size(), 20);
        QVERIFY(!index->contains(gone));
        QVERIFY(index->contains(added));
        QCOMPARE((*index->search(other, 1))[0].first().id, changed);
    }

    void quickLookSeesAdditionsAndRemovals()
    {
        auto index = open();
        QVERIFY(index);
        QCOMPARE(*synchronise(*index, **m_library, Depth::Quick), 0);
        addOne();
        addOne();
        QCOMPARE(*synchronise(*index, **m_library, Depth::Quick), 2);
        QVERIFY((*m_library)->remove({m_ids[0]}));
        QCOMPARE(*synchronise(*index, **m_library, Depth::Quick), 1);
        QCOMPARE(index->size(), 21);
    }

    void otherModelsVectorsAreLeftAlone()
    {
        QVERIFY((*m_library)->setEmbedding(m_ids[0], QStringLiteral("other"), std::vector<float>(3, 1.0f)));
        const auto index = openIndex(file(), **m_library, QStringLiteral("other"), 3);
        QVERIFY(index);
        QCOMPARE(index->size(), 1);
    }

    void unwritableCacheDoesNotMatter()
    {
        QFile blocker(m_library->file(QStringLiteral("cache"))); // a file where the folder should be
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        const auto index = open();
        QVERIFY(index);
        QCOMPARE(index->size(), 20);
    }

    void stopsWhenAsked()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto index = openIndex(file(), **m_library, m_model, WordEmbedder::size, stop.get_token());
        QVERIFY(!index);
        QCOMPARE(index.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(IndexCacheTest)
#include "IndexCacheTest.moc"
