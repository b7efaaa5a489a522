// What the trainer is given.
#include "app/trainer/WorldSource.h"

#include "core/world/Designs.h"
#include "core/world/Family.h"

#include <QTest>

#include <algorithm>
#include <optional>
#include <thread>

using namespace moodloom;

namespace {

std::string withoutArticles(std::string caption)
{
    if (caption.starts_with("an "))
        caption.erase(1, 1);
    for (size_t at = 0; (at = caption.find(" an ", at)) != std::string::npos;)
        caption.erase(at + 2, 1);
    return caption;
}

// The caption is the bare one with this name before a word for the kind of thing.
bool isNamed(const training::NameCaptions &captions, const world::NamedDesign &design, std::string_view kind,
             bool english)
{
    const std::string name = english ? design.name.en + " " : design.name.zh;
    const size_t at = captions.named.find(name + std::string(kind));
    if (at == std::string::npos)
        return false;
    std::string rest = captions.named;
    rest.erase(at, name.size());
    return withoutArticles(rest) == withoutArticles(captions.bare);
}

struct Naming
{
    bool heldOut = false, own = false; // whether the name belongs to the kind of thing
};
// What is known of the name in these captions; nothing where no design has it.
std::optional<Naming> namingOf(const training::NameCaptions &captions)
{
    for (const world::NamedDesign &design : world::namedDesigns())
        for (int i = 0; i < world::familyCount; ++i) {
            const world::FamilyInfo &kind = world::familyInfo(world::Family(i));
            if (isNamed(captions, design, kind.en, true) || isNamed(captions, design, kind.zh, false))
                return Naming{design.heldOut, design.design.family == world::Family(i)};
        }
    return {};
}

} // namespace

class WorldSourceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void neverShowsAHeldOutDesign()
    {
        const WorldSource source;
        int named = 0, things = 0;
        for (uint64_t seed = 0; seed < 3000; ++seed)
            for (const training::SceneEntity &entity : source.scene(seed, 16, 0).entities) {
                ++things;
                if (entity.design < 0)
                    continue;
                ++named;
                QVERIFY(!world::namedDesign(int(entity.design)).heldOut);
            }
        // A quarter is named, three quarters are fresh.
        QVERIFY(named > things * 0.2 && named < things * 0.3);
    }

    void givesPicturesReferencesAndBoxes()
    {
        const WorldSource source;
        for (uint64_t seed = 0; seed < 20; ++seed) {
            const training::TrainingScene scene = source.scene(seed, 64, 48);
            QCOMPARE(scene.picture.width, 64);
            QCOMPARE(scene.picture.rgb.size(), size_t(64 * 64 * 3));
            QVERIFY(scene.setting >= 0 && scene.setting < int(source.settings().size()));
            QVERIFY(scene.style >= 0);
            for (const training::SceneEntity &entity : scene.entities) {
                QVERIFY(entity.family >= 0 && entity.family < int(source.families().size()));
                QVERIFY(entity.box[2] > 0.1f && entity.box[3] > 0.05f);
                QCOMPARE(entity.reference.width, 48);
                QCOMPARE(entity.reference.rgb.size(), size_t(48 * 48 * 3));
            }
        }
    }

    void repeatsItselfFromSeveralThreads()
    {
        const WorldSource source;
        constexpr int count = 16;
        std::vector<training::TrainingScene> together(count);
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&, t] {
                for (int i = t; i < count; i += 4)
                    together[size_t(i)] = source.scene(uint64_t(i), 64, 64);
            });
        threads.clear();
        for (int i = 0; i < count; ++i) {
            const training::TrainingScene alone = source.scene(uint64_t(i), 64, 64);
            QVERIFY(together[size_t(i)].picture.rgb == alone.picture.rgb);
            QCOMPARE(together[size_t(i)].captionZh, alone.captionZh);
            QVERIFY(together[size_t(i)].entities[0].reference.rgb ==
                    alone.entities[0].reference.rgb);
        }
    }

    void namesThingsAsNoneOfTheirKindIsNamed()
    {
        const WorldSource source;
        int borrowed = 0;
        for (uint64_t seed = 0; seed < 600; ++seed) {
            const bool heldOut = seed % 4 == 0;
            const training::NameCaptions captions = source.nameCaptions(seed, heldOut);
            const auto naming = namingOf(captions);
            const auto what = captions.bare + " / " + captions.named;
            QVERIFY2(captions.named != captions.bare && !captions.known.empty(), what.c_str());
            QVERIFY2(bool(naming) == (heldOut || captions.borrowed), what.c_str());
            if (!naming)
                continue;
            // Held-out names are for measuring, and for nothing else.
            QVERIFY2(naming->heldOut == heldOut, what.c_str());
            QVERIFY2(naming->own == heldOut, what.c_str());
            borrowed += captions.borrowed;
        }
        QVERIFY(borrowed > 200);
    }

    void offersNamesAndCaptionsToTheTokenizer()
    {
        const WorldSource source;
        const auto corpus = source.corpus(3, 200);
        QVERIFY(corpus.size() > 2 * size_t(world::designCount));
        for (const char *text : {"a Talagon SUV", "大众揽巡", "长城"})
            QVERIFY2(std::find(corpus.begin(), corpus.end(), text) != corpus.end(), text);
        QVERIFY(corpus == source.corpus(3, 200));
    }
};

QTEST_GUILESS_MAIN(WorldSourceTest)
#include "WorldSourceTest.moc"
