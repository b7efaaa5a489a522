// The catalogue of named designs.
#include "core/world/Designs.h"

#include <QTest>

#include <set>

using namespace moodloom::world;

class DesignsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isLargeEnough()
    {
        QVERIFY(familyCount >= 16);
        QVERIFY(namedDesigns().size() >= 400);
        QCOMPARE(int(namedDesigns().size()), designCount);
    }

    void holdsOutFifteenPercentOfEveryFamily()
    {
        for (int family = 0; family < familyCount; ++family) {
            int heldOut = 0, all = 0;
            for (const NamedDesign &named : namedDesigns())
                if (int(named.design.family) == family) {
                    ++all;
                    heldOut += named.heldOut;
                }
            const double share = double(heldOut) / all;
            QVERIFY2(share >= 0.13 && share <= 0.17, familyInfo(Family(family)).en.data());
        }
    }

    void givesEveryDesignItsOwnNames()
    {
        std::set<std::string> en, zh;
        for (const NamedDesign &named : namedDesigns()) {
            QVERIFY2(en.insert(named.name.en).second, named.name.en.c_str());
            QVERIFY2(zh.insert(named.name.zh).second, named.name.zh.c_str());
            QCOMPARE(designNamed(named.name.en), &named);
            QCOMPARE(designNamed(named.name.zh), &named);
        }
        QVERIFY(!designNamed("Nobody"));
        QVERIFY(!designNamed(""));
    }

    void knowsTheTwoRealNames()
    {
        QCOMPARE(talagon().name.en, std::string("Talagon"));
        QCOMPARE(talagon().name.zh, std::string("揽巡"));
        QCOMPARE(designNamed("大众揽巡"), &talagon());
        QVERIFY(talagon().design.family == Family::Suv);
        QCOMPARE(designNamed("长城"), &greatWall());
        QVERIFY(greatWall().design.family == Family::Wall);
        QVERIFY(!talagon().heldOut && !greatWall().heldOut);
    }

    void makesDesignsOfOneFamilyDiffer()
    {
        for (const NamedDesign &a : namedDesigns())
            for (int i : designsOf(a.design.family)) {
                const NamedDesign &b = namedDesign(i);
                if (&a == &b)
                    continue;
                // Form, colour, trim and pattern: at least two of the four differ.
                const int same =
                    (a.design.form == b.design.form) + (a.design.main == b.design.main) +
                    (a.design.second == b.design.second) + (a.design.pattern == b.design.pattern);
                QVERIFY2(same <= 2, (a.name.en + " and " + b.name.en).c_str());
            }
    }

    void inventsNamesThatNoDesignHas()
    {
        Random random(5);
        for (int i = 0; i < 500; ++i)
            QVERIFY(!designNamed(unusedName(random).en));
    }

    void makesEveryInventedNameOnlyOnce()
    {
        std::set<std::string> en;
        for (int i = 0; i < inventedNameCount(); ++i)
            QVERIFY(en.insert(inventedName(i).en).second);
        QVERIFY(inventedNameCount() > designCount + 100);
        // No odd name is one of those.
        Random random(5);
        std::set<std::string> odd;
        for (int i = 0; i < 3000; ++i) {
            const Name name = oddName(random);
            QVERIFY2(!en.count(name.en), name.en.c_str());
            odd.insert(name.en);
        }
        QVERIFY(odd.size() > 1000);
    }

    void repeatsTheRandomNumbers()
    {
        // Fixed numbers: a change would change every picture of every seed.
        Random random(1);
        QCOMPARE(random.next(), uint64_t(12966619160104079557ULL));
        QCOMPARE(random.next(), uint64_t(9600361134598540522ULL));
    }
};

QTEST_GUILESS_MAIN(DesignsTest)
#include "DesignsTest.moc"
