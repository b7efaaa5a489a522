// What the trainer is given.
#include "app/trainer/WorldSource.h"

#include "core/world/Designs.h"

#include <QTest>

#include <algorithm>
#include <thread>

using namespace moodloom;

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
