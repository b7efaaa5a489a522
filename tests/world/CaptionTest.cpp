// Captions say what is there, in both languages.
#include "core/world/Caption.h"
#include "core/world/Compose.h"
#include "core/world/Designs.h"

#include <QTest>

#include <set>

using namespace moodloom::world;

namespace {

bool contains(const std::string &text, std::string_view word)
{
    return !word.empty() && text.find(word) != std::string::npos;
}

bool mentionsEn(const std::string &caption, const Design &design)
{
    const FamilyInfo &info = familyInfo(design.family);
    return contains(caption, info.en) || contains(caption, info.synonymEn) ||
           (design.named >= 0 && contains(caption, namedDesign(design.named).name.en));
}

bool mentionsZh(const std::string &caption, const Design &design)
{
    const FamilyInfo &info = familyInfo(design.family);
    return contains(caption, info.zh) || contains(caption, info.synonymZh) ||
           (design.named >= 0 && contains(caption, namedDesign(design.named).name.zh));
}

} // namespace

class CaptionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mentionsEveryThingInBothLanguages()
    {
        for (uint64_t seed = 0; seed < 1500; ++seed) {
            const Scene scene = composeScene(seed);
            const Captions captions = captionsOf(scene, seed);
            for (const Entity &entity : scene.entities) {
                QVERIFY2(mentionsEn(captions.en, entity.design), captions.en.c_str());
                QVERIFY2(mentionsZh(captions.zh, entity.design), captions.zh.c_str());
                QVERIFY2(mentionsEn(captions.plainEn, entity.design), captions.plainEn.c_str());
                QVERIFY2(mentionsZh(captions.plainZh, entity.design), captions.plainZh.c_str());
            }
        }
    }

    void keepsLooksOutOfThePlainCaption()
    {
        for (uint64_t seed = 0; seed < 1500; ++seed) {
            const Captions captions = captionsOf(composeScene(seed), seed);
            for (int hue = 0; hue < hueCount; ++hue) {
                const std::string word = " " + std::string(hueInfo(Hue(hue)).en) + " ";
                QVERIFY2(!contains(captions.plainEn, word), captions.plainEn.c_str());
                QVERIFY2(!contains(captions.plainZh, std::string(hueInfo(Hue(hue)).zh) + "色"),
                         captions.plainZh.c_str());
            }
            for (int pattern = 1; pattern < patternCount; ++pattern)
                QVERIFY2(!contains(captions.plainEn,
                                   " with " + std::string(patternWords(Pattern(pattern)).en)),
                         captions.plainEn.c_str());
        }
    }

    void tellsTheLooksOfFreshDesigns()
    {
        ComposeOptions options;
        options.namedShare = 0;
        for (uint64_t seed = 0; seed < 300; ++seed) {
            const Scene scene = composeScene(seed, options);
            const Captions captions = captionsOf(scene, seed);
            for (const Entity &entity : scene.entities) {
                QVERIFY2(contains(captions.en, hueInfo(entity.design.main).en),
                         captions.en.c_str());
                QVERIFY2(contains(captions.zh, hueInfo(entity.design.main).zh),
                         captions.zh.c_str());
            }
        }
    }

    void wordsOneSceneInManyWays()
    {
        ComposeOptions options;
        options.designs = {talagon().design, greatWall().design};
        options.relation = Relation::LeapingOver;
        const Scene scene = composeScene(4, options);
        std::set<std::string> en, zh;
        bool plainest = false;
        for (uint64_t wording = 0; wording < 400; ++wording) {
            const Captions captions = captionsOf(scene, wording);
            en.insert(captions.en);
            zh.insert(captions.zh);
            plainest |= contains(captions.zh, "揽巡飞跃长城");
        }
        QVERIFY(en.size() > 40);
        QVERIFY(zh.size() > 40);
        QVERIFY(plainest); // the way people write it
    }

    void staysTheWorldThatTheModelWasTrainedOn()
    {
        // Changing what a seed means is a decision: the built-in model knows these scenes, and the
        // sample library is made of them.
        const auto caption = [](uint64_t seed) { return captionsOf(composeScene(seed), seed).en; };
        QCOMPARE(caption(1),
                 std::string("on a mountain lake at night, a green single-sailed sailing boat"));
        QCOMPARE(caption(3), std::string("a striped yellow and teal double-deck bus in the forest "
                                         "at night"));
        QCOMPARE(caption(4), std::string("a red robot, in a room, neon picture"));
    }

    void describesADesign()
    {
        QCOMPARE(lookEn(talagon().design), std::string("a teal SUV with a white band"));
        QCOMPARE(lookZh(talagon().design), std::string("一辆带白色宽带的青色SUV"));
        QCOMPARE(namedEn(talagon().design), std::string("a Talagon SUV"));
        QCOMPARE(namedEn(greatWall().design), std::string("the Great Wall"));
        QCOMPARE(namedZh(greatWall().design), std::string("长城"));
        Design design;
        design.family = Family::Suv;
        design.main = Hue::Orange;
        design.pattern = Pattern::Plain;
        QCOMPARE(lookEn(design), std::string("an orange SUV"));
    }
};

QTEST_GUILESS_MAIN(CaptionTest)
#include "CaptionTest.moc"
