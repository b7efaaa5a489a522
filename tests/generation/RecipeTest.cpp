// Recipes survive JSON exactly, and the references that act are the ones the user kept.
#include "core/generation/Compose.h"
#include "core/generation/Material.h"
#include "core/generation/Pictures.h"
#include "core/prompt/FacetParser.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::generation;

class RecipeTest : public QObject
{
    Q_OBJECT

    static retrieval::Reference reference(int facet, retrieval::ReferenceState state, double weight,
                                          const QString &name)
    {
        retrieval::Reference r;
        r.facet = facet;
        r.state = state;
        r.weight = weight;
        r.asset.path = name;
        return r;
    }
    static QStringList paths(const QVector<RecipeReference> &references)
    {
        QStringList names;
        for (const auto &r : references)
            names << r.path;
        return names;
    }

private Q_SLOTS:
    void comesBackFromJsonUnchanged()
    {
        Recipe recipe;
        recipe.prompt = QStringLiteral("大众揽巡飞跃长城, \"at\" sunset\n");
        recipe.promptTemplate = QStringLiteral("{大众揽巡|小米}飞跃__place__");
        recipe.negativePrompt = QStringLiteral("blur");
        recipe.seed = 0xffffffffffffffffULL;
        recipe.size = QSize(192, 128);
        recipe.guidance = 3.25;
        recipe.sampler = Sampler::EulerAncestral;
        recipe.loras = {{QStringLiteral("/水彩.safetensors"), -0.5}};
        recipe.start = {{QStringLiteral("/草图.png"), QStringLiteral("01")},
                        0.4,
                        {QStringLiteral("/mask.png"), {}}};
        recipe.controls = {{QStringLiteral("/canny"), {QStringLiteral("/edges.png"), {}}, 0.8},
                           {QStringLiteral("/d.safetensors"), {QStringLiteral("/d.png"), {}}, 1}};
        recipe.adapters = {QStringLiteral("/plus.safetensors")};
        recipe.imageEncoder = QStringLiteral("/clip-h");
        recipe.references = {{QStringLiteral("/a b.png"),
                              QStringLiteral("00ff"),
                              QStringLiteral("长城"),
                              0.7,
                              QRectF(0.25, 0, 0.5, 1),
                              ReferenceRole::Style,
                              {0.25, 0.75}},
                             {QStringLiteral("c.jpg"), {}, {}, 1, {}}};
        recipe.texts = {{QStringLiteral("一只风筝"), 1.25, {{0, 0}, {0.5, -0.125}, {0.5, 1}}}};
        const auto bytes = QJsonDocument(toJson(recipe)).toJson();
        const auto back = recipeFromJson(QJsonDocument::fromJson(bytes).object());
        QVERIFY(back);
        QCOMPARE(*back, recipe);
    }

    // Older versions must not repeat a recipe that says more than they know.
    void theVersionTellsWhetherOlderOnesCanRepeatIt()
    {
        const Recipe plain;
        QCOMPARE(toJson(plain)["version"].toInt(), 1);
        for (const char *key : {"loras", "start", "controls", "ip_adapters", "image_encoder"})
            QVERIFY2(!toJson(plain).contains(QLatin1String(key)), key);
        Recipe worded = plain;
        worded.texts = {{QStringLiteral("a"), 1, {{0, 0}, {1, 0}, {1, 1}}}};
        QCOMPARE(toJson(worded)["version"].toInt(), 5);
        QVERIFY(!toJson(plain).contains(QStringLiteral("texts")));
        Recipe emphatic = plain;
        emphatic.prompt = QStringLiteral("a red car");
        emphatic.emphasis = {{2, 3, 1.25}, {6, 3, 0.5}};
        QCOMPARE(toJson(emphatic)["version"].toInt(), 8);
        QCOMPARE(recipeFromJson(toJson(emphatic)).value(), emphatic);
        for (const QJsonArray &wrong : {QJsonArray{2, 3}, QJsonArray{8, 2, 1}, QJsonArray{0, 0, 1},
                                        QJsonArray{-1, 2, 1}, QJsonArray{0, 1, 3}}) {
            QJsonObject bad = toJson(emphatic);
            bad["emphasis"] = QJsonArray{wrong};
            QVERIFY(!recipeFromJson(bad));
        }
        QJsonObject overlapping = toJson(emphatic);
        overlapping["emphasis"] = QJsonArray{QJsonArray{2, 3, 1.5}, QJsonArray{4, 2, 1.5}};
        QVERIFY(!recipeFromJson(overlapping));
        emphatic = plain;
        emphatic.negativePrompt = QStringLiteral("blur");
        emphatic.negativeEmphasis = {{0, 4, 1.5}};
        emphatic.texts = worded.texts;
        emphatic.texts[0].emphasis = {{0, 1, 0.25}};
        emphatic.layered = true;
        QCOMPARE(recipeFromJson(toJson(emphatic)).value(), emphatic);
        worded.texts[0].steps = {0.5, 1};
        QCOMPARE(toJson(worded)["version"].toInt(), 7);
        QCOMPARE(recipeFromJson(toJson(worded)).value(), worded);
        QJsonObject bad = toJson(worded);
        bad["texts"] = QJsonArray{QJsonObject{{"text", "a"},
                                              {"weight", 1},
                                              {"shape", bad["texts"][0]["shape"]},
                                              {"steps", QJsonArray{1, 0.5}}}};
        QVERIFY(!recipeFromJson(bad));
        QVector<Recipe> others(5, plain);
        others[0].loras = {{QStringLiteral("a"), 1}};
        others[1].start.picture.path = QStringLiteral("a");
        others[2].controls = {{QStringLiteral("a"), {QStringLiteral("b"), {}}, 1}};
        others[3].adapters = {QStringLiteral("a")};
        others[4].imageEncoder = QStringLiteral("a");
        for (const Recipe &recipe : others)
            QCOMPARE(toJson(recipe)["version"].toInt(), 2);
        others[0].references = {{QStringLiteral("a"), {}, {}, 1, {}}};
        QCOMPARE(toJson(others[0])["version"].toInt(), 2);
        others[0].references[0].role = ReferenceRole::Layout;
        QCOMPARE(toJson(others[0])["version"].toInt(), 3);
        others[0].references[0].role = ReferenceRole::Content;
        others[0].references[0].steps.to = 0.5;
        QCOMPARE(toJson(others[0])["version"].toInt(), 3);
        others[0].references[0].part = {0.25, 0, 0.5, 0.5};
        QCOMPARE(toJson(others[0])["version"].toInt(), 4);
        others[0].references[0].shape = {{0.5, 0}, {1, 0.5}, {0.5, 1.25}};
        QCOMPARE(toJson(others[0])["version"].toInt(), 6);
        const auto back = recipeFromJson(toJson(others[0]));
        QVERIFY(back);
        QCOMPARE(*back, others[0]);
    }

    // As version 1 wrote it: read as ever, and written again to the letter.
    void whatVersion1WroteIsWrittenAgainToTheLetter()
    {
        const QByteArray written =
            R"({"guidance":5,"height":256,"model":"","negative_prompt":"","prompt":"a car",)"
            R"("references":[{"caption":"car","hash":"00ff","path":"/a.png",)"
            R"("region":[0.25,0,0.5,1],"weight":0.7}],)"
            R"("sampler":"auto","seed":"7","steps":20,"version":1,"width":256})";
        const auto recipe = recipeFromJson(QJsonDocument::fromJson(written).object());
        QVERIFY(recipe);
        QCOMPARE(recipe->references[0].role, ReferenceRole::Content);
        QVERIFY(recipe->references[0].steps.isWhole());
        QCOMPARE(QJsonDocument(toJson(*recipe)).toJson(QJsonDocument::Compact), written);
    }

    void refusesRolesAndStepsThatItDoesNotKnow()
    {
        Recipe recipe;
        recipe.references = {{QStringLiteral("a"), {}, {}, 1, {}, ReferenceRole::Style, {0, 0.5}}};
        const QJsonObject json = toJson(recipe);
        QVERIFY(recipeFromJson(json));
        for (const auto &[key, value] : {std::pair<const char *, QJsonValue>{"role", "mood"},
                                         {"role", 1},
                                         {"steps", QJsonArray{0.5}},
                                         {"steps", QJsonArray{0.5, 0.5}},
                                         {"steps", QJsonArray{-0.5, 0.5}},
                                         {"steps", QJsonArray{0, "1"}},
                                         {"steps", 0.5},
                                         {"part", QJsonArray{0, 0, 1}},
                                         {"part", QJsonArray{0, 0, 0, 0}},
                                         {"part", QJsonArray{0.5, 0, 0.75, 1}},
                                         {"part", QJsonArray{-0.1, 0, 0.5, 1}},
                                         {"part", "all"}}) {
            QJsonObject broken = json, reference = json["references"][0].toObject();
            reference[QLatin1String(key)] = value;
            broken["references"] = QJsonArray{reference};
            QCOMPARE(recipeFromJson(broken).error().code, ErrorCode::Corrupt);
        }
    }

    void refusesWhatIsDamagedOrNewer()
    {
        QJsonObject json = toJson(Recipe{});
        QVERIFY(recipeFromJson(json));
        for (const char *field : {"prompt", "seed", "steps", "width", "sampler"}) {
            QJsonObject broken = json;
            broken.remove(QLatin1String(field));
            QCOMPARE(recipeFromJson(broken).error().code, ErrorCode::Corrupt);
        }
        for (const auto &[key, value] :
             {std::pair<const char *, QJsonValue>{"loras", QJsonArray{QJsonObject{{"path", "a"}}}},
              {"start", QJsonObject{{"strength", 0.5}}},
              {"start", QJsonObject{{"picture", QJsonObject{{"path", "a"}}}}},
              {"controls", QJsonArray{QJsonObject{{"network", "a"}, {"scale", 1}}}},
              {"ip_adapters", QJsonArray{1}}}) {
            QJsonObject broken = json;
            broken[QLatin1String(key)] = value;
            QCOMPARE(recipeFromJson(broken).error().code, ErrorCode::Corrupt);
        }
        json["version"] = 99;
        QCOMPARE(recipeFromJson(json).error().code, ErrorCode::NewerVersion);
    }

    void everySamplerHasANameOfItsOwn()
    {
        for (const Sampler sampler : samplers()) {
            const auto back = samplerFromName(samplerName(sampler).toUpper());
            QVERIFY(back);
            QCOMPARE(*back, sampler);
            QCOMPARE(int(sampler),
                     int(samplers().indexOf(sampler))); // lists show them in this order
        }
        const auto unknown = samplerFromName(QStringLiteral("magic"));
        QCOMPARE(unknown.error().code, ErrorCode::Invalid);
        QVERIFY(unknown.error().detail.find("euler-a") != std::string::npos);
    }

    void readsThePartOfAReferenceThatIsUsed()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("halves.png"));
        QImage halves(400, 200, QImage::Format_RGB32);
        halves.fill(Qt::red);
        QPainter(&halves).fillRect(200, 0, 200, 200, Qt::blue);
        QVERIFY(halves.save(path));
        RecipeReference reference;
        reference.path = path;
        const auto whole = readReference(reference, 100);
        QVERIFY(whole);
        QCOMPARE(whole->size(), QSize(100, 50));
        reference.part = {0.5, 0, 0.5, 1};
        const auto part = readReference(reference, 1000);
        QVERIFY(part);
        QCOMPARE(part->size(), QSize(200, 200));
        QCOMPARE(part->pixelColor(0, 0), QColor(Qt::blue));
        QCOMPARE(part->pixelColor(199, 199), QColor(Qt::blue));
        reference.part = {0, 0, 0.001, 0.001}; // smaller than a pixel: still a picture, or an error
        const auto speck = readReference(reference, 100);
        QVERIFY(!speck || !speck->isNull());
    }

    void paintsThePinnedOnesWhenThereAreAny()
    {
        using enum retrieval::ReferenceState;
        const QVector<prompt::Facet> facets{{QStringLiteral("car")}, {QStringLiteral("wall")}};
        const auto acting = actingReferences({reference(0, Suggested, 1, QStringLiteral("a")),
                                              reference(0, Pinned, 1, QStringLiteral("b")),
                                              reference(1, Pinned, 0, QStringLiteral("zero")),
                                              reference(1, Dropped, 1, QStringLiteral("dropped"))},
                                             facets);
        QCOMPARE(paths(acting), QStringList{QStringLiteral("b")});
    }

    void fallsBackToTheBestOfEachEntity()
    {
        using enum retrieval::ReferenceState;
        QVector<prompt::Facet> facets{
            {QStringLiteral("car")}, {QStringLiteral("wall")}, {QStringLiteral("sunset")}};
        facets[2].kind = prompt::FacetKind::Setting;
        const auto acting = actingReferences({reference(0, Suggested, 1, QStringLiteral("a")),
                                              reference(0, Suggested, 1, QStringLiteral("a2")),
                                              reference(1, Suggested, 1, QStringLiteral("w")),
                                              reference(2, Suggested, 1, QStringLiteral("s"))},
                                             facets);
        QCOMPARE(paths(acting), (QStringList{QStringLiteral("a"), QStringLiteral("w")}));
    }

    void whatLiesOverAnotherCoversIt()
    {
        const auto at = [](double x, ReferenceRole role = ReferenceRole::Content) {
            RecipeReference reference;
            reference.region = QRectF(x, 0, 0.5, 1);
            reference.role = role;
            return reference;
        };
        Recipe recipe;
        setReferences(recipe, {at(0), at(0.5)}); // side by side: as it always was
        QVERIFY(!recipe.layered);
        setReferences(recipe, {at(0), at(0.25, ReferenceRole::Style)});
        QVERIFY(!recipe.layered);
        setReferences(recipe, {at(0), RecipeReference()});
        QVERIFY(!recipe.layered);
        setReferences(recipe, {at(0), at(0.25)});
        QVERIFY(recipe.layered);
        setReferences(recipe, {at(0)});
        QVERIFY(!recipe.layered);
    }

    void wordsAndTheirWeightsArePainted()
    {
        PaintSettings settings;
        settings.negativePrompt = QStringLiteral("(blur:1.4), text");
        const Recipe recipe =
            composeRecipe(prompt::parsePrompt(QStringLiteral("a (red:1.2) car")), settings, {});
        QCOMPARE(recipe.prompt, QStringLiteral("a red car"));
        QCOMPARE(recipe.emphasis, (QVector<prompt::Emphasis>{{2, 3, 1.2}}));
        QCOMPARE(recipe.negativePrompt, QStringLiteral("blur, text"));
        QCOMPARE(recipe.negativeEmphasis, (QVector<prompt::Emphasis>{{0, 4, 1.4}}));
        const auto material = gather(recipe, {});
        QVERIFY(material);
        using Pieces = std::vector<models::TextPiece>;
        QVERIFY(material->request.prompt.pieces() == (Pieces{{"a ", 1}, {"red", 1.2}, {" car", 1}}));
        QVERIFY(material->request.negativePrompt.pieces() == (Pieces{{"blur", 1.4}, {", text", 1}}));
    }

    void keepsTheStrongestInOrder()
    {
        QVector<RecipeReference> many;
        for (int i = 0; i < kMostReferences + 2; ++i)
            many.append({QString::number(i), {}, {}, i == 3 ? 0.5 : 1.0, {}});
        const auto kept = strongest(many);
        QCOMPARE(kept.size(), kMostReferences);
        QVERIFY(!paths(kept).contains(QStringLiteral("3")));
        QVERIFY(std::is_sorted(kept.begin(), kept.end(),
                               [](auto &a, auto &b) { return a.path.toInt() < b.path.toInt(); }));
    }
};

QTEST_GUILESS_MAIN(RecipeTest)
#include "RecipeTest.moc"
