// Conditioning on words and pictures: what steers, where, how strongly, and what does not.
#include "tests/models/TinyModel.h"

using namespace moodloom;
using namespace moodloom::models;

class ConditioningTest : public QObject, protected TinyModel
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { writeModel(); }

    void referencesSteerAndWeightZeroDoesNot()
    {
        const auto pipeline = load();
        QVERIFY(pipeline);
        const RgbPixels red = plain(220, 10, 10), blue = plain(10, 10, 220);
        const at::Tensor without = paint(*pipeline, request());
        ConditioningRequest r = request();
        r.references = {{red.view(), 1, {}}};
        const at::Tensor withRed = paint(*pipeline, r);
        QVERIFY(!at::allclose(withRed, without, 1e-3, 1e-4));
        r.references = {{blue.view(), 1, {}}};
        QVERIFY(!at::allclose(paint(*pipeline, r), withRed, 1e-3, 1e-4));
        r.references = {{blue.view(), 0, {}}};
        QVERIFY(at::equal(paint(*pipeline, r), without));
        r.references = {{red.view(), 1, {}}, {blue.view(), 0, {}}};
        QVERIFY(at::equal(paint(*pipeline, r), withRed));
    }

    void theNearerReferenceTakesThePlace()
    {
        const auto pipeline = load();
        QVERIFY(pipeline);
        const RgbPixels red = plain(220, 10, 10), blue = plain(10, 10, 220);
        const Region left{0, 0, 0.5, 1}, all{0, 0, 1, 1};
        ConditioningRequest r = request(), alone = request();
        r.layered = true;
        alone.references = {{blue.view(), 1, all}};
        const at::Tensor blueAlone = paint(*pipeline, alone);
        r.references = {{red.view(), 1, left}, {blue.view(), 1, all}};
        QVERIFY(at::allclose(paint(*pipeline, r), blueAlone, 1e-4, 1e-5)); // red is covered
        std::swap(r.references[0], r.references[1]);
        const at::Tensor redOver = paint(*pipeline, r);
        QVERIFY(!at::allclose(redOver, blueAlone, 1e-3, 1e-4));
        // As if blue were only where red is not.
        ConditioningRequest apart = request();
        apart.references = {{blue.view(), 1, {0.5, 0, 0.5, 1}}, {red.view(), 1, left}};
        QVERIFY(at::allclose(paint(*pipeline, apart), redOver, 1e-4, 1e-5));
        // Beside one another, of other roles, everywhere or on nothing there is nothing to cover.
        const auto same = [&](ConditioningRequest asked) {
            asked.layered = false;
            const at::Tensor blended = paint(*pipeline, asked);
            asked.layered = true;
            return at::allclose(paint(*pipeline, asked), blended, 1e-4, 1e-5);
        };
        QVERIFY(same(apart));
        r.references = {{red.view(), 1, left}, {blue.view(), 1, {}}};
        QVERIFY(same(r));
        r.references = {{red.view(), 1, left}, {blue.view(), 0, all}};
        QVERIFY(same(r));
        r.references = {{red.view(), 1, left}, {blue.view(), 1, all}};
        QVERIFY(!same(r));
        r.references[1].role = nn::ReferenceRole::Style;
        QVERIFY(same(r));
    }

    void wordsHaveWeights()
    {
        const auto pipeline = load();
        QVERIFY(pipeline);
        const auto states = [&](double weight) {
            WeightedText text("ab ");
            text.append("cd", weight);
            return encodeText(*pipeline, text)->states;
        };
        const at::Tensor plainText = encodeText(*pipeline, "ab cd")->states;
        QVERIFY(at::equal(states(1), plainText));
        const at::Tensor nothing = encodeText(*pipeline, "")->states;
        const at::Tensor none = states(0);
        // What comes before has heard nothing of them; they say nothing; the end has heard of them.
        QVERIFY(at::allclose(none.narrow(1, 0, 3), plainText.narrow(1, 0, 3), 1e-4, 1e-6));
        QVERIFY(at::allclose(none.narrow(1, 3, 2), nothing.narrow(1, 3, 2), 1e-4, 1e-6)); // c, d
        QVERIFY(!at::allclose(none.narrow(1, 5, 1), plainText.narrow(1, 5, 1), 1e-4, 1e-6));
        for (const double weight : {0.25, 1.5})
            QVERIFY(at::allclose(states(weight), none + weight * (plainText - none), 1e-4, 1e-5));
        const auto pooled = [&](const char *tail) {
            WeightedText text("ab");
            text.append(tail, 0);
            return encodeText(*pipeline, text)->pooled;
        };
        QVERIFY(at::allclose(pooled("cd"), pooled("ef"), 1e-4, 1e-6)); // whatever is not said
        ConditioningRequest r = request(), other = request();
        r.prompt = WeightedText("ab ");
        r.prompt.append("cd", 1.5);
        other.prompt = "ab cd";
        QVERIFY(!at::allclose(paint(*pipeline, r), paint(*pipeline, other), 1e-4, 1e-6));
        // What does not fit is counted with weights, too.
        WeightedText longer("abcdef");
        longer.append("ghijklm", 1.2);
        QCOMPARE(encodeText(*pipeline, longer)->dropped, 3);
    }

    void rolesActAtTheirSitesAndNotInThePooledEmbedding()
    {
        using Role = nn::ReferenceRole;
        const auto pipeline = load();
        QVERIFY(pipeline);
        const RgbPixels red = plain(220, 10, 10), blue = plain(10, 10, 220);
        ConditioningRequest r = request();
        const auto encoded = [&] {
            auto conditioning = encodeConditioning(*pipeline, r);
            return conditioning ? conditioning->prepared : nn::PreparedConditioning();
        };
        r.references = {{red.view(), 1, {}}};
        const nn::PreparedConditioning content = encoded();
        QCOMPARE(content.mixes.size(), size_t(1));
        QVERIFY(content.mixes[0].siteScales.empty());
        // References of one role share an attention, those of others have their own.
        r.references = {{blue.view(), 0.5, {}, Role::Style},
                        {red.view(), 1, {}},
                        {blue.view(), 0.8, {}, Role::Layout},
                        {red.view(), 0.5, {}, Role::Style}};
        const nn::PreparedConditioning mixed = encoded();
        QCOMPARE(mixed.mixes.size(), size_t(3));
        QCOMPARE(mixed.mixes[0].pictures, 1);
        QCOMPARE(mixed.mixes[1].pictures, 2);
        QCOMPARE(mixed.mixes[1].scale, 0.5);
        QCOMPARE(mixed.mixes[2].scale, 0.8);
        const auto sites = pipeline->unet->sites();
        QCOMPARE(mixed.mixes[1].siteScales, nn::roleScales(Role::Style, sites));
        QCOMPARE(mixed.mixes[2].siteScales, nn::roleScales(Role::Layout, sites));
        for (size_t i = 0; i < sites.size(); ++i)
            QCOMPARE(mixed.sites[i].references[1].key.defined(), mixed.mixes[1].siteScales[i] != 0);
        // Only the content reference reaches the whole network.
        if (content.source.imageEmbeds.defined())
            QVERIFY(at::equal(mixed.source.imageEmbeds, content.source.imageEmbeds));
        r.references = {{blue.view(), 1, {}, Role::Style}};
        if (const at::Tensor pooled = encoded().source.imageEmbeds; pooled.defined())
            QCOMPARE(pooled.abs().max().item<double>(), 0.0);
        QVERIFY(!at::equal(paint(*pipeline, r), paint(*pipeline, request())));
    }

    void aRegionOfEverythingIsNoRegion()
    {
        const auto pipeline = load();
        QVERIFY(pipeline);
        const RgbPixels red = plain(220, 10, 10);
        ConditioningRequest r = request();
        r.references = {{red.view(), 1, {}}};
        const at::Tensor everywhere = paint(*pipeline, r);
        r.references = {{red.view(), 1, {0, 0, 1, 1}}};
        QVERIFY(at::allclose(paint(*pipeline, r), everywhere, 1e-4, 1e-5));
        r.references = {{red.view(), 1, {0, 0, 0.5, 1}}};
        QVERIFY(!at::allclose(paint(*pipeline, r), everywhere, 1e-3, 1e-4));
    }

    void theNegativeHalfSeesNoReference()
    {
        // Guidance 0 is the negative half alone; this adapter was trained with "absent".
        const auto pipeline = load();
        QVERIFY(pipeline);
        const RgbPixels red = plain(220, 10, 10);
        ConditioningRequest r = request();
        const at::Tensor without = paint(*pipeline, r, 0);
        r.references = {{red.view(), 1, {}}};
        QVERIFY(at::allclose(paint(*pipeline, r, 0), without, 1e-4, 1e-5));
    }

    void unguidedIsThePositiveHalf()
    {
        const auto pipeline = load();
        QVERIFY(pipeline);
        ConditioningRequest r = request();
        const at::Tensor guided = paint(*pipeline, r, 1);
        r.guided = false;
        QVERIFY(at::allclose(paint(*pipeline, r, 1), guided, 1e-4, 1e-5));
    }

    void saysHowManyTokensDidNotFit()
    {
        const auto pipeline = load();
        QVERIFY(pipeline);
        QCOMPARE(encodeText(*pipeline, "abcdefghij")->dropped, 0); // ten letters, two marks
        QCOMPARE(encodeText(*pipeline, "abcdefghijklm")->dropped, 3);
        QCOMPARE(encodeText(*pipeline, "a", 2).error().code, ErrorCode::Invalid);
        QVERIFY(encodeText(*pipeline, "a", 1));
    }

    void regionMasksCoverPartsOfCells()
    {
        const at::Tensor mask = regionMask({0.25, 0, 0.5, 0.5}, 2, 2);
        QVERIFY(at::allclose(mask, at::tensor({0.5f, 0.5f, 0.0f, 0.0f}).view({2, 2})));
        QVERIFY(at::equal(regionMask({}, 3, 3), at::ones({3, 3})));
        QVERIFY(at::allclose(regionMask({-1, -1, 3, 3}, 2, 2), at::ones({2, 2})));
        // A region covers as much as its mask says.
        for (const Region &region : {Region{}, Region{0.25, 0, 0.5, 0.5}, Region{-1, -1, 3, 3},
                                     Region{0.5, 0.5, 2, 0.25}, Region{2, 0, 1, 1}})
            QVERIFY(std::abs(region.coverage() - regionMask(region, 8, 8).mean().item<double>()) <
                    1e-6);
    }
};

QTEST_GUILESS_MAIN(ConditioningTest)
#include "ConditioningTest.moc"
