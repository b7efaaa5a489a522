// What a library does not show is told from what it shows: by words where its pictures have them, by
// the built-in encoder where they have none.
#include "core/base/Paths.h"
#include "core/library/Importer.h"
#include "core/prompt/FacetParser.h"
#include "core/retrieval/ClipEmbedder.h"
#include "core/retrieval/Retriever.h"
#include "core/retrieval/ThingWords.h"
#include "core/world/Family.h"
#include "core/world/SampleLibrary.h"

#include <QFile>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::retrieval;

namespace {

QStringList listOf(const char16_t *text)
{
    return QString::fromUtf16(text).split(u'|');
}

// None of them is drawn in any picture of the sample library.
const QStringList absentEnglish = listOf(
    u"an elephant|a piano|a saxophone|a guitar|a violin|a bicycle|a motorcycle|a helicopter|a submarine|a giraffe|"
    u"a lion|a tiger|a panda|a penguin|a rabbit|a monkey|a snake|a butterfly|a spider|a dragon|a dinosaur|an apple|"
    u"a banana|a pizza|a hamburger|a cake|a chair|a table|a sofa|an umbrella|a clock|a computer|a telephone|a camera|"
    u"a book|a hat|a shoe|a soldier|a windmill|a pyramid|a statue|a volcano");
const QStringList absentChinese = listOf(
    u"大象|钢琴|萨克斯|吉他|小提琴|自行车|摩托车|直升机|潜水艇|长颈鹿|狮子|老虎|熊猫|企鹅|兔子|猴子|蛇|蝴蝶|蜘蛛|龙|恐龙|"
    u"苹果|香蕉|披萨|汉堡|蛋糕|椅子|桌子|沙发|雨伞|时钟|电脑|电话|照相机|书|帽子|鞋子|士兵|风车|金字塔|雕像|火山");
// By more than the name: the colour alone is in the library.
const QStringList absentLooks = listOf(
    u"a red elephant|a blue piano with white stripes|a yellow bicycle|红色的大象|蓝色的钢琴|an old violin|"
    u"the Eiffel Tower|the Golden Gate Bridge");

} // namespace

class LackingTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    std::unique_ptr<image::Embedder> m_embedder;
    std::unique_ptr<library::Library> m_described, m_bare; // with all its words, and with none

    double shareLacking(Retriever &retriever, const QStringList &things, QStringList *which = nullptr)
    {
        int lacking = 0, asked = 0;
        for (const QString &thing : things) {
            Query query;
            query.prompt = prompt::parsePrompt(thing, retriever.lexicon());
            for (prompt::Facet &facet : query.prompt.facets)
                facet.kind = prompt::FacetKind::Entity; // of "a mountain", too
            const auto found = retriever.retrieve(query);
            if (query.prompt.facets.isEmpty())
                continue; // "a crossing" is understood as a verb
            ++asked;
            if (!found)
                return qQNaN();
            for (const Reference &reference : found->references)
                if (reference.nearest != found->lacking.contains(reference.facet))
                    return qQNaN();
            lacking += !found->lacking.isEmpty();
            if (which && !found->lacking.isEmpty())
                which->append(thing);
        }
        return double(lacking) / double(asked);
    }
    static QStringList families(std::string_view world::FamilyInfo::*name)
    {
        QStringList names;
        for (int i = 0; i < world::familyCount; ++i) {
            const std::string_view text = world::familyInfo(world::Family(i)).*name;
            names.append(QString::fromUtf8(text.data(), qsizetype(text.size())));
        }
        names.removeDuplicates();
        return names;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFile::exists(builtInModelFolder() + QStringLiteral("/model_index.json")))
            QSKIP("the built-in model is not there");
        auto embedder = ClipEmbedder::open({});
        QVERIFY(embedder);
        m_embedder = std::move(*embedder);
        const QString pictures = m_dir.filePath(QStringLiteral("pictures"));
        QVERIFY(world::writeSampleLibrary(pictures.toStdString(), {300, 1, 192}));
        auto opened = library::Library::open(m_dir.filePath(QStringLiteral("described")));
        QVERIFY(opened);
        m_described = std::move(*opened);
        library::ImportOptions options;
        options.thumbnails = image::ThumbnailStore(m_dir.filePath(QStringLiteral("thumbnails")));
        options.embedder = m_embedder.get();
        library::Importer importer(*m_described, options);
        const auto report = importer.run({{pictures}});
        QVERIFY(report);
        QCOMPARE(report->counts.embedded, 300);

        auto bare = library::Library::open(m_dir.filePath(QStringLiteral("bare")));
        QVERIFY(bare);
        m_bare = std::move(*bare);
        const auto assets = m_described->assets(library::AssetQuery{});
        QVERIFY(assets);
        for (library::Asset asset : *assets) {
            const auto embedding = m_described->embedding(asset.id, m_embedder->id());
            QVERIFY(embedding);
            asset.description.clear();
            asset.keywords.clear();
            asset.path = QStringLiteral("/camera/%1.jpg").arg(asset.id);
            const auto id = m_bare->add(asset);
            QVERIFY(id);
            QVERIFY(m_bare->setEmbedding(*id, m_embedder->id(), *embedding));
        }
    }

    void whatTheWordsOfPicturesNameIsFound()
    {
        Retriever retriever(*m_described, m_embedder.get(), m_dir.filePath(QStringLiteral("index")));
        QVERIFY(retriever.refresh());
        QStringList which;
        QCOMPARE(shareLacking(retriever, families(&world::FamilyInfo::en), &which), 0.0);
        QCOMPARE(shareLacking(retriever, families(&world::FamilyInfo::zh), &which), 0.0);
        const QStringList looks = listOf(
            u"a red SUV with white stripes|a blue dog|a teal castle with dots|a black cat|红色的猫|蓝色的房子|cats|"
            u"a flock of birds|the Great Wall|长城|大众揽巡|Volkswagen Talagon|a small sailing boat");
        (void)shareLacking(retriever, looks, &which);
        QVERIFY2(which.isEmpty(), qPrintable(which.join(u',')));
    }

    void otherWordsForWhatIsThereAreFoundByTheirLook()
    {
        Retriever retriever(*m_described, m_embedder.get(), m_dir.filePath(QStringLiteral("index")));
        QVERIFY(retriever.refresh());
        QStringList which;
        const double english = shareLacking(retriever, families(&world::FamilyInfo::synonymEn), &which);
        const double chinese = shareLacking(retriever, families(&world::FamilyInfo::synonymZh), &which);
        qInfo("turned down: English %.2f, Chinese %.2f: %s", english, chinese, qPrintable(which.join(u',')));
        QVERIFY(english <= 0.15);
        QVERIFY(chinese <= 0.25);
    }

    void whatIsNotThereIsTurnedDown()
    {
        Retriever retriever(*m_described, m_embedder.get(), m_dir.filePath(QStringLiteral("index")));
        QVERIFY(retriever.refresh());
        QStringList which;
        const double english = shareLacking(retriever, absentEnglish, &which);
        const double chinese = shareLacking(retriever, absentChinese, &which);
        const double looks = shareLacking(retriever, absentLooks, &which);
        QStringList missed = absentEnglish + absentChinese + absentLooks;
        missed.removeIf([&](const QString &thing) { return which.contains(thing); });
        qInfo("turned down: English %.2f, Chinese %.2f, looks %.2f; not: %s", english, chinese, looks,
              qPrintable(missed.join(u',')));
        QVERIFY(english >= 0.85);
        QVERIFY(chinese >= 0.55);
        QVERIFY(looks >= 0.6);
        QVERIFY(which.contains(QStringLiteral("an elephant")));
        QVERIFY(which.contains(QStringLiteral("大象")));
    }

    void picturesWithoutWordsAreJudgedByTheirLook()
    {
        Retriever retriever(*m_bare, m_embedder.get(), m_dir.filePath(QStringLiteral("bareindex")));
        QVERIFY(retriever.refresh());
        QStringList which;
        const double there = (shareLacking(retriever, families(&world::FamilyInfo::en), &which)
                              + shareLacking(retriever, families(&world::FamilyInfo::zh), &which)) / 2;
        const double english = shareLacking(retriever, absentEnglish);
        const double chinese = shareLacking(retriever, absentChinese);
        qInfo("turned down: there %.2f (%s); absent, English %.2f, Chinese %.2f", there,
              qPrintable(which.join(u',')), english, chinese);
        QVERIFY(there <= 0.1);
        QVERIFY(english >= 0.85);
        QVERIFY(chinese >= 0.55);
    }

    // Without an encoder words alone decide.
    void wordsAloneTellAColourFromAThing()
    {
        Retriever retriever(*m_described, nullptr, m_dir.filePath(QStringLiteral("none")));
        QVERIFY(retriever.refresh());
        Query query;
        query.prompt = prompt::parsePrompt(QStringLiteral("a red elephant beside a red SUV"), retriever.lexicon());
        const auto found = retriever.retrieve(query);
        QVERIFY(found);
        QCOMPARE(found->lacking, QVector<int>{0});
        int nearest = 0, shown = 0;
        for (const Reference &reference : found->references)
            ++(reference.nearest ? nearest : shown);
        QVERIFY(nearest > 0); // red things
        QVERIFY(shown > 0);
        // Who pins one of them has said what was meant.
        query.pinned = {found->references.first()};
        QVERIFY(query.pinned.first().nearest);
        const auto again = retriever.retrieve(query);
        QVERIFY(again);
        QVERIFY(again->lacking.isEmpty());
        for (const Reference &reference : again->references)
            QVERIFY(!reference.nearest);
    }

    void aPhraseIsAboutItsNoun_data()
    {
        QTest::addColumn<QString>("facet");
        QTest::addColumn<QString>("core");
        QTest::newRow("colour") << QStringLiteral("a red elephant") << QStringLiteral("elephant");
        QTest::newRow("has") << QStringLiteral("an old cup with red stripes") << QStringLiteral("old cup");
        QTest::newRow("of") << QStringLiteral("a cup of tea") << QStringLiteral("cup of tea");
        QTest::newRow("two colours") << QStringLiteral("a black and white cat") << QStringLiteral("cat");
        QTest::newRow("Chinese") << QStringLiteral("红色的大象") << QStringLiteral("大象");
        QTest::newRow("has, in Chinese") << QStringLiteral("带白色条纹的杯子") << QStringLiteral("杯子");
        QTest::newRow("colour alone") << QStringLiteral("red") << QStringLiteral("red");
        QTest::newRow("nothing") << QString() << QString();
    }
    void aPhraseIsAboutItsNoun()
    {
        QFETCH(QString, facet);
        QTEST(ThingWords(facet, {}, 10).core(), "core");
    }

    void aNameSaysWhatItsLastWordDoesNot()
    {
        prompt::Lexicon lexicon;
        lexicon.add(QStringLiteral("tower"), 30);
        lexicon.add(QStringLiteral("Talagon"), 3);
        const ThingWords eiffel(QStringLiteral("the Eiffel Tower"), lexicon, 400);
        QVERIFY(!eiffel.saidBy({QStringLiteral("tower")}, QStringLiteral("a red tower"), {}));
        QVERIFY(eiffel.saidBy({}, QStringLiteral("the eiffel tower at night"), {}));
        QVERIFY(eiffel.saidBy({}, {}, QStringLiteral("eiffel tower")));
        const ThingWords talagon(QStringLiteral("Volkswagen Talagon"), lexicon, 400);
        QVERIFY(talagon.saidBy({QStringLiteral("talagon")}, {}, {}));
        const ThingWords horse(QStringLiteral("马"), lexicon, 400);
        QVERIFY(!horse.saidBy({QStringLiteral("杯子")}, QStringLiteral("一个马克杯"), {}));
        QVERIFY(horse.saidBy({QStringLiteral("马")}, {}, {}));
    }
};

QTEST_GUILESS_MAIN(LackingTest)
#include "LackingTest.moc"
