// How long a search takes, and how much the approximate index misses.
//
// MOODLOOM_BENCH_PICTURES (100000) pictures with embeddings of MOODLOOM_BENCH_DIMENSION (512) numbers
// around some hundred centres, as pictures of a collection are; most of the time goes into making the
// library. The figures are printed; the assertions only say that the work was done.
#include "core/base/Machine.h"
#include "core/prompt/FacetParser.h"
#include "core/retrieval/Retriever.h"
#include "tests/retrieval/Vectors.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace moodloom;
using namespace moodloom::retrieval;

namespace {

int setting(const char *name, int fallback)
{
    bool ok = false;
    const int value = qEnvironmentVariableIntValue(name, &ok);
    return ok && value > 0 ? value : fallback;
}

// Embeddings around centres; the texts' lie near the centres, too.
class Collection
{
public:
    Collection(int pictures, int width) : dimension(width)
    {
        for (int i = 0; i < 300; ++i)
            m_centres.push_back(test::randomVector(m_random, width));
        for (int i = 0; i < pictures; ++i) {
            ids.push_back(i + 1);
            const auto row = near(i % 300, 1.0f);
            rows.insert(rows.end(), row.begin(), row.end());
        }
    }
    std::vector<float> near(int centre, float distance)
    {
        auto row = test::randomVector(m_random, dimension);
        for (size_t i = 0; i < row.size(); ++i)
            row[i] = m_centres[size_t(centre)][i] + distance * row[i];
        return row;
    }

    int dimension;
    std::vector<library::AssetId> ids;
    std::vector<float> rows;

private:
    std::mt19937 m_random{42};
    std::vector<std::vector<float>> m_centres;
};

class CollectionEmbedder : public image::Embedder
{
public:
    explicit CollectionEmbedder(Collection &collection) : m_collection(collection) {}
    QString id() const override { return QStringLiteral("bench"); }
    int dimension() const override { return m_collection.dimension; }
    Result<std::vector<image::Embedding>> embedImages(std::span<const QImage>, std::stop_token) override
    {
        return fail(ErrorCode::Unsupported, "pictures");
    }
    Result<image::Embedding> embedText(const QString &text) override
    {
        return m_collection.near(int(qHash(text, 1) % 300), 0.8f);
    }

private:
    Collection &m_collection;
};

double milliseconds(const QElapsedTimer &timer) { return double(timer.nsecsElapsed()) * 1e-6; }

// Wall and processor time of repeated work: on a busy machine only the latter tells something.
class Stopwatch
{
public:
    void start()
    {
        m_timer.start();
        m_clock = std::clock();
    }
    void stop()
    {
        m_wall.push_back(milliseconds(m_timer));
        m_processor.push_back(double(std::clock() - m_clock) * 1000 / CLOCKS_PER_SEC);
    }
    void report(const char *what)
    {
        std::sort(m_wall.begin(), m_wall.end());
        std::sort(m_processor.begin(), m_processor.end());
        std::printf("%-44s median %8.2f ms   worst %8.2f ms   processor %8.2f ms\n", what,
                    m_wall[m_wall.size() / 2], m_wall.back(), m_processor[m_processor.size() / 2]);
        std::fflush(stdout);
    }

private:
    QElapsedTimer m_timer;
    std::clock_t m_clock = 0;
    std::vector<double> m_wall, m_processor;
};

} // namespace

class RetrievalBench : public QObject
{
    Q_OBJECT
    const int m_pictures = setting("MOODLOOM_BENCH_PICTURES", 100000);
    const int m_dimension = setting("MOODLOOM_BENCH_DIMENSION", 512);
    std::unique_ptr<Collection> m_collection;

private Q_SLOTS:
    void initTestCase()
    {
        useComputeThreads();
        m_collection = std::make_unique<Collection>(m_pictures, m_dimension);
        std::printf("%d pictures, dimension %d, %d threads\n", m_pictures, m_dimension, computeThreads());
    }

    void nearestVectors()
    {
        VectorIndex exact(QStringLiteral("bench"), m_dimension, {1 << 30});
        VectorIndex cells(QStringLiteral("bench"), m_dimension, {50000});
        QVERIFY(exact.add(m_collection->ids, m_collection->rows));
        QElapsedTimer timer;
        timer.start();
        QVERIFY(cells.add(m_collection->ids, m_collection->rows));
        std::printf("%-44s        %8.0f ms\n", cells.isExact() ? "filling" : "choosing cells and filling",
                    milliseconds(timer));
        Stopwatch exactTimes, cellTimes;
        int shared = 0;
        constexpr int rounds = 20, facets = 4, wanted = 150;
        for (int round = 0; round < rounds; ++round) {
            std::vector<float> queries;
            for (int i = 0; i < facets; ++i) {
                const auto query = m_collection->near((round * facets + i) % 300, 0.8f);
                queries.insert(queries.end(), query.begin(), query.end());
            }
            exactTimes.start();
            const auto truth = exact.search(queries, wanted);
            exactTimes.stop();
            cellTimes.start();
            const auto found = cells.search(queries, wanted);
            cellTimes.stop();
            QVERIFY(truth && found);
            for (int i = 0; i < facets; ++i)
                for (const Neighbour &hit : (*truth)[size_t(i)])
                    shared += std::any_of((*found)[size_t(i)].begin(), (*found)[size_t(i)].end(),
                                          [&](const Neighbour &other) { return other.id == hit.id; });
        }
        exactTimes.report("4 facets, exact");
        cellTimes.report("4 facets, as the size decides");
        std::printf("%-44s        %8.3f\n", "recall of the 150 nearest", double(shared) / (rounds * facets * wanted));
    }

    void wholeSearch()
    {
        QTemporaryDir dir;
        auto opened = library::Library::open(dir.filePath(QStringLiteral("library")));
        QVERIFY(opened);
        library::Library &library = **opened;
        const QStringList things{QStringLiteral("suv"), QStringLiteral("tower"), QStringLiteral("长城"), QStringLiteral("cat"),
                                 QStringLiteral("boat"), QStringLiteral("robot"), QStringLiteral("揽巡"), QStringLiteral("tree")};
        const QStringList settings{QStringLiteral("sunset"), QStringLiteral("night"), QStringLiteral("沙漠"), QStringLiteral("sea")};
        QElapsedTimer timer;
        timer.start();
        QVERIFY(library.transaction([&]() -> Result<void> {
            for (int i = 0; i < m_pictures; ++i) {
                library::Asset asset;
                asset.hash = QString::number(i);
                asset.path = QStringLiteral("/pictures/%1.jpg").arg(i);
                asset.format = QStringLiteral("jpeg");
                asset.keywords = {things[i % 8], settings[i / 8 % 4], QStringLiteral("name%1").arg(i / 50)};
                asset.description = QStringLiteral("a %1 at %2").arg(asset.keywords[0], asset.keywords[1]);
                asset.palette = {{QColor::fromHsv(i % 360, 200, 200), 0.5f}};
                asset.perceptualHash = quint64(i + 1) * 0x9e3779b97f4a7c15ULL;
                const auto id = library.add(asset);
                if (!id)
                    return fail(id.error());
                const auto row = std::span(m_collection->rows).subspan(size_t(i) * size_t(m_dimension), size_t(m_dimension));
                if (auto stored = library.setEmbedding(*id, QStringLiteral("bench"), row); !stored)
                    return stored;
            }
            return {};
        }));
        std::printf("%-44s        %8.0f ms\n", "making the library", milliseconds(timer));
        CollectionEmbedder embedder(*m_collection);
        Retriever retriever(library, &embedder, dir.filePath(QStringLiteral("index")));
        timer.restart();
        QVERIFY(retriever.refresh());
        std::printf("%-44s        %8.0f ms\n", "first start (building the index)", milliseconds(timer));
        {
            Retriever second(library, &embedder, dir.filePath(QStringLiteral("index")));
            timer.restart();
            QVERIFY(second.refresh());
            std::printf("%-44s        %8.0f ms\n", "next start (index from its file)", milliseconds(timer));
        }
        for (const auto &text : {QStringLiteral("大众揽巡飞跃长城"), QStringLiteral("a red name77 leaping over the Great Wall at sunset, line art"),
                                 QStringLiteral("a cat, a boat and a robot in the desert at night")}) {
            Stopwatch times;
            for (int round = 0; round < 10; ++round) {
                Query query;
                query.prompt = prompt::parsePrompt(text, retriever.lexicon());
                times.start();
                const auto result = retriever.retrieve(query);
                times.stop();
                QVERIFY(result);
                QVERIFY(!result->references.isEmpty());
            }
            times.report(qPrintable(text));
        }
    }
};

QTEST_APPLESS_MAIN(RetrievalBench)
#include "RetrievalBench.moc"
