// From a prompt to references: grouping, order, names, words, colours, pins and drops.
#include "core/retrieval/Retriever.h"

#include "core/prompt/FacetParser.h"
#include "tests/retrieval/SmallLibrary.h"

#include <QTest>

#include <cmath>

using namespace moodloom;
using namespace moodloom::retrieval;
using test::WordEmbedder;

namespace {

// Mostly `text`, and a bit of one free direction, so that pictures differ.
image::Embedding like(const QString &text, int direction = 5, float amount = 0.3f)
{
    auto vector = WordEmbedder::of(text);
    vector[size_t(direction)] += amount;
    return WordEmbedder::normalised(vector);
}

QVector<library::AssetId> ids(const QVector<Reference> &references, int facet)
{
    QVector<library::AssetId> list;
    for (const Reference &reference : references)
        if (reference.facet == facet)
            list.append(reference.asset.id);
    return list;
}

const Reference *find(const Retrieval &result, library::AssetId id)
{
    for (const Reference &reference : result.references)
        if (reference.asset.id == id)
            return &reference;
    return nullptr;
}

Reference judged(library::AssetId id, int facet)
{
    Reference reference;
    reference.asset.id = id;
    reference.facet = facet;
    return reference;
}

} // namespace

class RetrieverTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<test::SmallLibrary> m_library;
    std::unique_ptr<WordEmbedder> m_embedder;

    library::AssetId add(const test::SmallLibrary::Picture &picture) { return m_library->add(picture); }

    Retriever retriever(bool withEncoder = true)
    {
        return Retriever(**m_library, withEncoder ? m_embedder.get() : nullptr,
                         m_library->file(QStringLiteral("index")));
    }

    static Query query(const QString &text, Retriever &retriever)
    {
        (void)retriever.refresh();
        Query query;
        query.prompt = prompt::parsePrompt(text, retriever.lexicon());
        return query;
    }

    Retrieval find(const QString &text, bool withEncoder = true)
    {
        Retriever r = retriever(withEncoder);
        auto result = r.retrieve(query(text, r));
        return result ? *result : Retrieval{};
    }

private Q_SLOTS:
    void init()
    {
        m_library = std::make_unique<test::SmallLibrary>();
        m_embedder = std::make_unique<WordEmbedder>();
    }

    void emptyLibraryGivesNothing()
    {
        Retriever r = retriever();
        const auto result = r.retrieve(query(QStringLiteral("a car at sunset"), r));
        QVERIFY(result);
        QVERIFY(result->references.isEmpty());
        QVERIFY(!result->encoderError);
    }

    void emptyPromptGivesNothing()
    {
        add({.embedding = like(QStringLiteral("car"))});
        QVERIFY(find(QStringLiteral(" , ")).references.isEmpty());
    }

    void referencesAreGroupedByFacet()
    {
        const auto car = add({.embedding = like(QStringLiteral("car"))});
        const auto wall = add({.embedding = like(QStringLiteral("wall"), 6)});
        const auto sunset = add({.embedding = like(QStringLiteral("sunset"), 7)});
        const auto result = find(QStringLiteral("a car above the wall at sunset"));
        QCOMPARE(ids(result.references, 0).first(), car);
        QCOMPARE(ids(result.references, 1).first(), wall);
        const auto settings = ids(result.references, 2);
        QVERIFY(settings.isEmpty() || settings.first() == sunset);
        int last = -1;
        QSet<library::AssetId> seen;
        for (const Reference &reference : result.references) {
            QVERIFY(reference.facet >= last);
            last = reference.facet;
            QVERIFY(!seen.contains(reference.asset.id));
            seen.insert(reference.asset.id);
            QCOMPARE(reference.role, reference.facet == 2 ? ReferenceRole::Style : ReferenceRole::Content);
            QCOMPARE(reference.state, ReferenceState::Suggested);
        }
    }

    void settingsBringFewAsStyle()
    {
        for (int i = 0; i < 30; ++i)
            add({.keywords = {QStringLiteral("sunset")}, .embedding = like(QStringLiteral("sunset"), 5 + i % 3, 0.1f * float(i))});
        Retriever r = retriever();
        Query q = query(QStringLiteral("at sunset"), r);
        q.perStyle = 3;
        const auto result = r.retrieve(q);
        QVERIFY(result);
        QCOMPARE(result->references.size(), 3);
        for (const Reference &reference : result->references)
            QCOMPARE(reference.role, ReferenceRole::Style);
    }

    void theExactNameBeatsVagueLikeness()
    {
        // To the encoder the named one is the worst car of all.
        QVector<library::AssetId> vague;
        for (int i = 0; i < 20; ++i)
            vague.append(add({.keywords = {QStringLiteral("car")},
                              .embedding = like(QStringLiteral("car"), 5, 0.01f * float(i))}));
        const auto named = add({.keywords = {QStringLiteral("Talagon"), QStringLiteral("揽巡")},
                                .embedding = like(QStringLiteral("tree"))});
        for (const auto &text : {QStringLiteral("a Talagon car"), QStringLiteral("大众揽巡"), QStringLiteral("大众揽巡飞跃长城")}) {
            const auto result = find(text);
            QCOMPARE(ids(result.references, 0).first(), named);
        }
    }

    void whereThereAreNamesFewOthersFollow()
    {
        for (int i = 0; i < 20; ++i)
            add({.embedding = like(QStringLiteral("car"), 5 + i % 3, 0.05f * float(i))});
        const auto named = add({.keywords = {QStringLiteral("Talagon")}, .embedding = like(QStringLiteral("car"))});
        const auto shown = ids(find(QStringLiteral("a Talagon car")).references, 0); // up to 12
        QCOMPARE(shown.size(), 1 + 4);
        QCOMPARE(shown.first(), named);
    }

    void chineseWordsAreFoundInsideSentences()
    {
        const auto great = add({.description = QStringLiteral("蜿蜒的长城在夕阳下")});
        add({.description = QStringLiteral("一只猫")});
        const auto result = find(QStringLiteral("大众揽巡飞跃长城"), false);
        QCOMPARE(ids(result.references, 1), QVector<library::AssetId>({great}));
        const auto within = find(QStringLiteral("一条古老的长城"), false); // the dictionary's word
        QCOMPARE(ids(within.references, 0), QVector<library::AssetId>({great}));
    }

    void wordsAloneWork()
    {
        const auto car = add({.keywords = {QStringLiteral("car")}});
        const auto result = find(QStringLiteral("a car"), false);
        QCOMPARE(ids(result.references, 0), QVector<library::AssetId>({car}));
        const Reference &reference = result.references.first();
        QVERIFY(std::isnan(reference.why.textImage));
        QVERIFY(reference.why.words > 0);
        QVERIFY(reference.why.fused > 0);
    }

    void brokenEncoderLeavesTheWords()
    {
        const auto car = add({.keywords = {QStringLiteral("car")}, .embedding = like(QStringLiteral("car"))});
        m_embedder->broken = true;
        const auto result = find(QStringLiteral("a car"));
        QCOMPARE(ids(result.references, 0), QVector<library::AssetId>({car}));
        QVERIFY(result.encoderError);
        QCOMPARE(result.encoderError->code, ErrorCode::OutOfMemory);
    }

    void theColourThatWasAskedForComesFirst()
    {
        const auto blue = add({.keywords = {QStringLiteral("car")}, .color = QColor(0x20, 0x40, 0xd0),
                               .embedding = like(QStringLiteral("car"), 5)});
        const auto red = add({.keywords = {QStringLiteral("car")}, .color = QColor(0xd8, 0x1e, 0x1e),
                              .embedding = like(QStringLiteral("car"), 6)});
        const auto result = find(QStringLiteral("a red car"));
        QCOMPARE(ids(result.references, 0), QVector<library::AssetId>({red, blue}));
        QVERIFY(::find(result, red)->why.color > 0.5);
        QVERIFY(::find(result, blue)->why.color < 0.2);
        const auto plain = find(QStringLiteral("a car"));
        QVERIFY(std::isnan(::find(plain, red)->why.color));
    }

    void nearDuplicatesAreFolded()
    {
        const quint64 motif = 0x00ff00ff12345678ULL;
        const auto best = add({.keywords = {QStringLiteral("car")}, .embedding = like(QStringLiteral("car"), 5, 0.1f),
                               .perceptualHash = motif});
        const auto again = add({.keywords = {QStringLiteral("car")}, .embedding = like(QStringLiteral("car"), 5, 0.12f),
                                .perceptualHash = motif ^ 1});
        const auto other = add({.keywords = {QStringLiteral("car")}, .embedding = like(QStringLiteral("car"), 6, 0.5f)});
        const auto result = find(QStringLiteral("a car"));
        const auto shown = ids(result.references, 0);
        QCOMPARE(shown.size(), 2);
        QVERIFY(shown.contains(other));
        const auto front = shown.contains(best) ? best : again;
        QCOMPARE(::find(result, front)->folded, QVector<library::AssetId>({front == best ? again : best}));
    }

    void pinnedStayOnTopInTheirOrder()
    {
        QVector<library::AssetId> cars;
        for (int i = 0; i < 8; ++i)
            cars.append(add({.embedding = like(QStringLiteral("car"), 5 + i % 3, 0.1f * float(i + 1))}));
        Retriever r = retriever();
        Query q = query(QStringLiteral("a car"), r);
        q.pinned = {judged(cars[6], 0), judged(cars[2], 0)};
        q.pinned[0].weight = 1.5;
        q.pinned[0].region = QRectF(0, 0, 0.5, 0.5);
        const auto result = r.retrieve(q);
        QVERIFY(result);
        QCOMPARE(result->references[0].asset.id, cars[6]);
        QCOMPARE(result->references[1].asset.id, cars[2]);
        QCOMPARE(result->references[0].state, ReferenceState::Pinned);
        QCOMPARE(result->references[0].weight, 1.5);
        QCOMPARE(result->references[0].region, QRectF(0, 0, 0.5, 0.5));
        QVERIFY(!result->references[0].asset.path.isEmpty());
        QCOMPARE(result->references.size(), 8); // no one twice
    }

    void droppedVanishWithTheirDuplicates()
    {
        const quint64 motif = 0x00ff00ff12345678ULL;
        const auto dropped = add({.embedding = like(QStringLiteral("car"), 5), .perceptualHash = motif});
        const auto twin = add({.embedding = like(QStringLiteral("car"), 5), .perceptualHash = motif ^ 2});
        const auto other = add({.embedding = like(QStringLiteral("car"), 6)});
        Retriever r = retriever();
        Query q = query(QStringLiteral("a car"), r);
        q.dropped = {judged(dropped, 0)};
        const auto result = r.retrieve(q);
        QVERIFY(result);
        QCOMPARE(ids(result->references, 0), QVector<library::AssetId>({other}));
        QVERIFY(!::find(*result, twin));
    }

    // Pinning never moves what is most like the pin back, dropping never moves it forward.
    void pinsPullAndDropsPush()
    {
        QVector<library::AssetId> left, right;
        for (int i = 0; i < 6; ++i) {
            left.append(add({.embedding = like(QStringLiteral("car"), 5, 0.6f + 0.05f * float(i))}));
            right.append(add({.embedding = like(QStringLiteral("car"), 6, 0.6f + 0.05f * float(i))}));
        }
        const auto meanPlace = [&](const Query &q, Retriever &r, const QVector<library::AssetId> &of) {
            const auto order = ids(r.retrieve(q)->references, 0);
            double sum = 0;
            int counted = 0;
            for (qsizetype i = 0; i < order.size(); ++i)
                if (of.contains(order[i]) && order[i] != left[0]) {
                    sum += double(i);
                    ++counted;
                }
            return sum / counted;
        };
        Retriever r = retriever();
        Query q = query(QStringLiteral("a car"), r);
        q.perFacet = 20;
        const double before = meanPlace(q, r, right) - meanPlace(q, r, left);
        q.pinned = {judged(left[0], 0)};
        const double pinned = meanPlace(q, r, right) - meanPlace(q, r, left);
        q.pinned.clear();
        q.dropped = {judged(left[0], 0)};
        const double dropped = meanPlace(q, r, right) - meanPlace(q, r, left);
        QVERIFY2(pinned > before, qPrintable(QStringLiteral("%1 %2").arg(before).arg(pinned)));
        QVERIFY2(dropped < before, qPrintable(QStringLiteral("%1 %2").arg(before).arg(dropped)));
        const auto result = r.retrieve(q);
        QVERIFY(::find(*result, left[1])->why.feedback < ::find(*result, right[1])->why.feedback);
    }

    void pinsOfOneFacetLeaveOthersAlone()
    {
        const auto car = add({.embedding = like(QStringLiteral("car"))});
        for (int i = 0; i < 4; ++i)
            add({.embedding = like(QStringLiteral("wall"), 5 + i % 3, 0.2f * float(i))});
        Retriever r = retriever();
        Query q = query(QStringLiteral("a car above the wall"), r);
        const auto before = r.retrieve(q);
        q.pinned = {judged(car, 0)};
        const auto after = r.retrieve(q);
        QVERIFY(before && after);
        QVERIFY(std::isnan(after->references.last().why.feedback));
        const auto walls = ids(before->references, 1);
        QCOMPARE(ids(after->references, 1), walls);
    }

    void pinsPullWithoutAnEncoderToo()
    {
        const auto pinned = add({.keywords = {QStringLiteral("car"), QStringLiteral("boxy")}});
        const auto round = add({.keywords = {QStringLiteral("car"), QStringLiteral("round")}});
        const auto boxy = add({.keywords = {QStringLiteral("car"), QStringLiteral("boxy")}});
        Retriever r = retriever(false);
        Query q = query(QStringLiteral("a car"), r);
        q.pinned = {judged(pinned, 0)};
        const auto result = r.retrieve(q);
        QVERIFY(result);
        QCOMPARE(ids(result->references, 0), QVector<library::AssetId>({pinned, boxy, round}));
    }

    void excludedFacetsAreNotLookedUp()
    {
        add({.keywords = {QStringLiteral("car")}, .embedding = like(QStringLiteral("car"))});
        Retriever r = retriever();
        Query q = query(QStringLiteral("a car, a cat"), r);
        q.prompt.facets[0].excluded = true;
        q.prompt.facets[1].excluded = true;
        QVERIFY(r.retrieve(q)->references.isEmpty());
    }

    void weightBringsMoreOrFewer()
    {
        for (int i = 0; i < 40; ++i)
            add({.embedding = like(QStringLiteral("car"), 5 + i % 3, 0.05f * float(i))});
        Retriever r = retriever();
        for (const auto &[text, count] : {std::pair(QStringLiteral("a (car:0.5)"), 5),
                                          std::pair(QStringLiteral("a car"), 10),
                                          std::pair(QStringLiteral("a (car:1.5)"), 15)}) {
            Query q = query(text, r);
            q.perFacet = 10;
            QCOMPARE(r.retrieve(q)->references.size(), count);
        }
    }

    void newPicturesOfAnotherConnectionAreSeen()
    {
        Retriever r = retriever();
        QVERIFY(r.retrieve(query(QStringLiteral("a car"), r))->references.isEmpty());
        // SmallLibrary's own connection is the retriever's; open a second one on the same folder.
        auto second = library::Library::open(m_library->folder());
        QVERIFY(second);
        library::Asset asset;
        asset.hash = QStringLiteral("h");
        asset.path = QStringLiteral("/pictures/h.jpg");
        asset.format = QStringLiteral("jpeg");
        asset.keywords = {QStringLiteral("car")};
        const auto id = (*second)->add(asset);
        QVERIFY(id);
        QVERIFY((*second)->setEmbedding(*id, m_embedder->id(), like(QStringLiteral("car"))));
        Query q;
        q.prompt = prompt::parsePrompt(QStringLiteral("a car"));
        const auto result = r.retrieve(q);
        QVERIFY(result);
        QCOMPARE(ids(result->references, 0), QVector<library::AssetId>({*id}));
        QVERIFY(result->references.first().why.textImage > 0.9);
    }

    void textsAreEncodedOnce()
    {
        add({.embedding = like(QStringLiteral("car"))});
        Retriever r = retriever();
        const Query q = query(QStringLiteral("a car"), r);
        QVERIFY(r.retrieve(q));
        const int texts = m_embedder->texts; // the facet, and what it is held against
        QVERIFY(texts >= 1);
        QVERIFY(r.retrieve(q));
        QCOMPARE(m_embedder->texts, texts);
    }

    void moreLikeFindsTheAlike()
    {
        const auto car = add({.embedding = like(QStringLiteral("car"), 5)});
        const auto similar = add({.embedding = like(QStringLiteral("car"), 6, 0.6f)});
        const auto cat = add({.embedding = like(QStringLiteral("cat"))});
        Retriever r = retriever();
        const auto found = r.moreLike(car, 3, 10);
        QVERIFY(found);
        QCOMPARE(found->size(), 2);
        QCOMPARE((*found)[0].asset.id, similar);
        QCOMPARE((*found)[0].facet, 3);
        QVERIFY((*found)[0].why.feedback > (*found)[1].why.feedback);
        QCOMPARE((*r.moreLike(car, 0, 10, {similar}))[0].asset.id, cat);
        QCOMPARE(r.moreLike(999, 0, 10).error().code, ErrorCode::NotFound);
    }

    void moreLikeWorksWithWordsAlone()
    {
        const auto car = add({.keywords = {QStringLiteral("car"), QStringLiteral("red")}});
        const auto similar = add({.keywords = {QStringLiteral("car"), QStringLiteral("red")}});
        add({.keywords = {QStringLiteral("cat")}});
        Retriever r = retriever(false);
        const auto found = r.moreLike(car, 0, 10);
        QVERIFY(found);
        QCOMPARE(found->size(), 1);
        QCOMPARE((*found)[0].asset.id, similar);
    }

    void stopsWhenAsked()
    {
        add({.embedding = like(QStringLiteral("car"))});
        Retriever r = retriever();
        const Query q = query(QStringLiteral("a car"), r);
        std::stop_source stop;
        stop.request_stop();
        const auto result = r.retrieve(q, stop.get_token());
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(RetrieverTest)
#include "RetrieverTest.moc"
