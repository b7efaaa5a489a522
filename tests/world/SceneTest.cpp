// Scenes: the same everywhere, things visible where the truth says, in their colours.
#include "core/world/Backdrop.h"
#include "core/world/Compose.h"
#include "core/world/Designs.h"
#include "core/world/Truth.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <set>
#include <thread>

using namespace moodloom::world;

namespace {

QRect pixels(const QRectF &box, int size)
{
    return QRectF(box.x() * size, box.y() * size, box.width() * size, box.height() * size)
               .toAlignedRect() &
           QRect(0, 0, size, size);
}

// The scene without its things.
QImage bare(Scene scene, int size)
{
    scene.entities.clear();
    scene.links.clear();
    return drawScene(scene, size);
}

double differingShare(const QImage &a, const QImage &b, const QRect &area)
{
    int differing = 0;
    for (int y = area.top(); y <= area.bottom(); ++y)
        for (int x = area.left(); x <= area.right(); ++x)
            differing += colourDistance(a.pixelColor(x, y), b.pixelColor(x, y)) > 40;
    return double(differing) / (area.width() * area.height());
}

double shareOfHue(const QImage &image, const QRect &area, Hue hue)
{
    int found = 0;
    for (int y = area.top(); y <= area.bottom(); ++y)
        for (int x = area.left(); x <= area.right(); ++x)
            found += colourDistance(image.pixelColor(x, y), colourOf(hue)) < 95;
    return double(found) / (area.width() * area.height());
}

} // namespace

class SceneTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void drawsTheSamePixelsForTheSameSeed()
    {
        for (uint64_t seed = 0; seed < 12; ++seed) {
            const Scene scene = composeScene(seed);
            QVERIFY(scene == composeScene(seed));
            QCOMPARE(drawScene(scene, 96), drawScene(composeScene(seed), 96));
        }
        QVERIFY(drawScene(composeScene(1), 96) != drawScene(composeScene(2), 96));
    }

    void composesTheSameAtEverySize()
    {
        for (uint64_t seed = 20; seed < 26; ++seed) {
            const Scene scene = composeScene(seed);
            const QImage large =
                drawScene(scene, 256)
                    .scaled(64, 64, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
            QVERIFY(differingShare(large, drawScene(scene, 64), QRect(0, 0, 64, 64)) < 0.12);
        }
        QCOMPARE(drawScene(composeScene(3), 64).size(), QSize(64, 64));
        QCOMPARE(drawScene(composeScene(3), 2048).size(), QSize(2048, 2048));
    }

    void drawsTheSameFromFourThreads()
    {
        constexpr int count = 24;
        std::vector<QImage> alone(count), together(count);
        for (int i = 0; i < count; ++i)
            alone[size_t(i)] = drawScene(composeScene(uint64_t(i)), 96);
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&, t] {
                for (int i = t; i < count; i += 4)
                    together[size_t(i)] = drawScene(composeScene(uint64_t(i)), 96);
            });
        threads.clear();
        for (int i = 0; i < count; ++i)
            QCOMPARE(together[size_t(i)], alone[size_t(i)]);
    }

    void showsEveryThingWithinItsBox()
    {
        for (uint64_t seed = 0; seed < 150; ++seed) {
            const Scene scene = composeScene(seed);
            const QImage with = drawScene(scene, 128), without = bare(scene, 128);
            for (const Entity &entity : scene.entities) {
                QVERIFY(QRectF(0, 0, 1, 1).contains(entity.box));
                const double share = differingShare(with, without, pixels(entity.box, 128));
                QVERIFY2(share > 0.2,
                         qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(share)));
                QVERIFY(std::max(entity.box.width(), entity.box.height()) > 0.3);
            }
        }
    }

    void showsTheColoursOfTheTruth()
    {
        ComposeOptions options;
        options.count = 1;
        options.style = Style::Flat;
        for (uint64_t seed = 0; seed < 200; ++seed) {
            const Scene scene = composeScene(seed, options);
            const QImage image = drawScene(scene, 192);
            const SceneTruth truth = truthOf(scene);
            for (Hue hue : truth.things[0].colours) {
                const double share = shareOfHue(image, pixels(scene.entities[0].box, 192), hue);
                QVERIFY2(share > 0.02,
                         qPrintable(QStringLiteral("seed %1: %2 of %3")
                                        .arg(seed)
                                        .arg(share)
                                        .arg(QString::fromUtf8(hueInfo(hue).en.data()))));
            }
        }
    }

    void keepsThingsVisibleInEveryStyleAndAtNight()
    {
        for (int style = 0; style < styleCount; ++style)
            for (int index = 0; index < designCount; index += 7) {
                ComposeOptions options;
                options.designs = {namedDesign(index).design};
                options.style = Style(style);
                Scene scene = composeScene(uint64_t(index), options);
                if (hasTimes(scene.setting.place))
                    scene.setting.time = TimeOfDay::Night;
                const QImage with = drawScene(scene, 96), without = bare(scene, 96);
                QVERIFY2(differingShare(with, without, pixels(scene.entities[0].box, 96)) > 0.15,
                         namedDesign(index).name.en.c_str());
            }
    }

    void putsThingsWhereTheyBelong()
    {
        for (uint64_t seed = 0; seed < 2000; ++seed) {
            const Scene scene = composeScene(seed);
            QVERIFY(scene.entities.size() >= 1 && scene.entities.size() <= 3);
            QCOMPARE(scene.links.size(), scene.entities.size() - 1);
            for (const Entity &entity : scene.entities)
                QVERIFY(belongsIn(entity.design.family, scene.setting.place));
            for (const Link &link : scene.links) {
                const QRectF &a = scene.entities[size_t(link.subject)].box,
                             &b = scene.entities[size_t(link.object)].box;
                if (link.relation == Relation::Above || link.relation == Relation::LeapingOver)
                    QVERIFY2(a.center().y() < b.center().y(), qPrintable(QString::number(seed)));
            }
        }
        QVERIFY(!belongsIn(Family::Steamship, Place::Desert));
        QVERIFY(!belongsIn(Family::Fish, Place::City));
        QVERIFY(belongsIn(Family::Fish, Place::Underwater));
    }

    void obeysWhatIsAskedFor()
    {
        ComposeOptions options;
        options.designs = {talagon().design, greatWall().design};
        options.relation = Relation::LeapingOver;
        options.setting = Setting{Place::Mountains, TimeOfDay::Sunset};
        options.style = Style::PaperCut;
        const Scene scene = composeScene(9, options);
        QCOMPARE(scene.entities[0].design, talagon().design);
        QCOMPARE(scene.entities[1].design, greatWall().design);
        QVERIFY(scene.links[0].relation == Relation::LeapingOver);
        QVERIFY(scene.setting == *options.setting && scene.style == Style::PaperCut);
        QVERIFY(scene.entities[0].leaping);

        const nlohmann::json json = toJson(truthOf(scene));
        QCOMPARE(json["things"][0]["name"].get<std::string>(), std::string("Talagon"));
        QCOMPARE(json["things"][1]["nameZh"].get<std::string>(), std::string("长城"));
        QCOMPARE(json["links"][0]["relation"].get<std::string>(), std::string("leaping over"));
        QCOMPARE(json["time"].get<std::string>(), std::string("sunset"));
        QCOMPARE(json["things"][0]["colours"][0].get<std::string>(), std::string("teal"));
    }

    void reachesEveryFamilySettingStyleAndRelation()
    {
        std::set<int> families, settings, styles, relations;
        for (uint64_t seed = 0; seed < 3000; ++seed) {
            const Scene scene = composeScene(seed);
            for (const Entity &entity : scene.entities)
                families.insert(int(entity.design.family));
            for (const Link &link : scene.links)
                relations.insert(int(link.relation));
            settings.insert(settingIndex(scene.setting));
            styles.insert(int(scene.style));
        }
        QCOMPARE(int(families.size()), familyCount);
        QCOMPARE(settings.size(), allSettings().size());
        QCOMPARE(int(styles.size()), styleCount);
        QCOMPARE(int(relations.size()), relationCount);
    }
};

QTEST_GUILESS_MAIN(SceneTest)
#include "SceneTest.moc"
