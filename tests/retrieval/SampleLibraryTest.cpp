// End to end: pictures of the sample library are written, imported as any files are, and found by
// what they show.
#include "core/base/Paths.h"
#include "core/library/Importer.h"
#include "core/prompt/FacetParser.h"
#include "core/retrieval/ClipEmbedder.h"
#include "core/retrieval/Retriever.h"
#include "core/world/Caption.h"
#include "core/world/Designs.h"
#include "core/world/SampleLibrary.h"

#include <QFile>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::retrieval;

class SampleLibraryTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    const world::SampleLibraryOptions m_options{90, 3, 96};
    std::unique_ptr<library::Library> m_library;
    QHash<QString, int> m_sampleOf; // by path below the folder

    const world::Scene sceneOf(const Reference &reference) const
    {
        const QString below = QDir(m_dir.filePath(QStringLiteral("pictures"))).relativeFilePath(reference.asset.path);
        return world::sampleAt(m_sampleOf.value(below, -1), m_options).scene;
    }

    static bool shows(const world::Scene &scene, int namedDesign)
    {
        return std::any_of(scene.entities.begin(), scene.entities.end(),
                           [&](const world::Entity &entity) { return entity.design.named == namedDesign; });
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString pictures = m_dir.filePath(QStringLiteral("pictures"));
        QVERIFY(world::writeSampleLibrary(pictures.toStdString(), m_options));
        for (int i = 0; i < m_options.count; ++i)
            m_sampleOf.insert(QString::fromStdString(world::sampleAt(i, m_options).path), i);
        auto opened = library::Library::open(m_dir.filePath(QStringLiteral("library")));
        QVERIFY(opened);
        m_library = std::move(*opened);
        library::ImportOptions options;
        options.thumbnails = image::ThumbnailStore(m_dir.filePath(QStringLiteral("thumbnails")));
        library::Importer importer(*m_library, options);
        const auto report = importer.run({{pictures}});
        QVERIFY(report);
        QCOMPARE(report->counts.added, m_options.count);
    }

    // In both languages, the first picture for a name shows the design of that name.
    void everyNameFindsItsDesign()
    {
        Retriever retriever(*m_library, nullptr, m_dir.filePath(QStringLiteral("index")));
        QVERIFY(retriever.refresh());
        int asked = 0;
        for (int i = 0; i < m_options.count; ++i) {
            const world::Scene scene = world::sampleAt(i, m_options).scene;
            for (const world::Entity &entity : scene.entities) {
                if (entity.design.named < 0)
                    continue;
                for (const std::string &name : {world::namedEn(entity.design), world::namedZh(entity.design)}) {
                    Query query;
                    query.prompt = prompt::parsePrompt(QString::fromStdString(name), retriever.lexicon());
                    QCOMPARE(query.prompt.facets.size(), 1);
                    const auto result = retriever.retrieve(query);
                    QVERIFY(result);
                    QVERIFY2(!result->references.isEmpty(), name.c_str());
                    QVERIFY2(result->lacking.isEmpty(), name.c_str());
                    QVERIFY2(shows(sceneOf(result->references.first()), entity.design.named), name.c_str());
                    ++asked;
                }
            }
        }
        QVERIFY(asked > 40);
    }

    void facetsOfAWholePromptAreFoundApart()
    {
        // Two designs from two pictures, in one prompt.
        QVector<int> named;
        for (int i = 0; i < m_options.count && named.size() < 2; ++i)
            for (const world::Entity &entity : world::sampleAt(i, m_options).scene.entities)
                if (entity.design.named >= 0 && !named.contains(entity.design.named) && named.size() < 2)
                    named.append(entity.design.named);
        QCOMPARE(named.size(), 2);
        const auto &first = world::namedDesign(named[0]).design;
        const auto &second = world::namedDesign(named[1]).design;
        Retriever retriever(*m_library, nullptr, m_dir.filePath(QStringLiteral("index")));
        QVERIFY(retriever.refresh());
        for (const std::string &text :
             {world::namedEn(first) + " leaping over " + world::namedEn(second) + " at sunset",
              world::namedZh(first) + "飞跃" + world::namedZh(second) + "，日落时分"}) {
            Query query;
            query.prompt = prompt::parsePrompt(QString::fromStdString(text), retriever.lexicon());
            QCOMPARE(query.prompt.facets.size(), 3);
            const auto result = retriever.retrieve(query);
            QVERIFY(result);
            QVERIFY2(result->lacking.isEmpty(), text.c_str());
            // The first of each group; a picture that shows both stands in one group only.
            QHash<int, Reference> best;
            for (const Reference &reference : result->references)
                if (!best.contains(reference.facet))
                    best.insert(reference.facet, reference);
            QVERIFY(best.contains(0));
            QVERIFY2(shows(sceneOf(best[0]), named[0]), text.c_str());
            if (best.contains(1))
                QVERIFY(shows(sceneOf(best[1]), named[1]) || shows(sceneOf(best[0]), named[1]));
            QVERIFY(best.contains(2));
            QCOMPARE(sceneOf(best[2]).setting.time, world::TimeOfDay::Sunset);
        }
    }

    // What the words of a picture do not say, the built-in encoder sees: captions find their pictures
    // among all by likeness alone, far oftener than by chance.
    void theBuiltInEncoderFindsPicturesByTheirLook()
    {
        if (!QFile::exists(builtInModelFolder() + QStringLiteral("/model_index.json")))
            QSKIP("the built-in model is not there");
        const auto embedder = ClipEmbedder::open({});
        QVERIFY2(embedder, embedder ? "" : errorText(embedder.error()).c_str());
        library::ImportOptions options;
        options.thumbnails = image::ThumbnailStore(m_dir.filePath(QStringLiteral("thumbnails")));
        options.embedder = embedder->get();
        library::Importer importer(*m_library, options);
        const auto report = importer.embedMissing();
        QVERIFY(report);
        QCOMPARE(report->counts.embedded, m_options.count);

        VectorIndex index((*embedder)->id(), (*embedder)->dimension());
        const auto table = m_library->embeddings((*embedder)->id());
        QVERIFY(table);
        QVERIFY(index.add(table->ids, table->values));
        int hits = 0;
        for (int i = 0; i < m_options.count; ++i) {
            const world::Sample sample = world::sampleAt(i, m_options);
            const QString path = m_dir.filePath(QStringLiteral("pictures/")) + QString::fromStdString(sample.path);
            const auto text = (*embedder)->embedText(QString::fromStdString(world::captionsOf(sample.scene, 99).en));
            QVERIFY(text);
            const auto found = index.search(*text, 9); // a tenth of all
            QVERIFY(found);
            for (const Neighbour &hit : found->front())
                hits += m_library->asset(hit.id)->path == path;
        }
        QVERIFY2(hits > m_options.count / 3, qPrintable(QStringLiteral("%1 of %2").arg(hits).arg(m_options.count)));

        Retriever retriever(*m_library, embedder->get(), m_dir.filePath(QStringLiteral("index")));
        Query query;
        query.prompt = prompt::parsePrompt(QStringLiteral("a red car at night"));
        const auto result = retriever.retrieve(query);
        QVERIFY(result);
        QVERIFY(!result->encoderError);
        QVERIFY(!result->references.isEmpty());
        QVERIFY(!std::isnan(result->references.first().why.textImage));
    }
};

QTEST_GUILESS_MAIN(SampleLibraryTest)
#include "SampleLibraryTest.moc"
