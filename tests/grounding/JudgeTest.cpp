// The judge is right about fresh drawings of the truth far oftener than chance, and always says the
// same.
#include "core/grounding/Judge.h"
#include "core/grounding/Likeness.h"
#include "core/grounding/RelationJudge.h"
#include "core/grounding/Trial.h"
#include "core/world/Designs.h"

#include <QPainter>
#include <QTest>

#include <optional>

using namespace moodloom;
using namespace moodloom::grounding;

class JudgeTest : public QObject
{
    Q_OBJECT
    std::optional<Judge> m_judge;

    static QImage drawn(const Trial &trial, int index)
    {
        return world::drawScene(drawnAgain(trial, index), 128);
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto judge = Judge::make();
        QVERIFY(judge);
        m_judge = std::move(*judge);
    }

    void readsFreshDrawings()
    {
        int count = 0, place = 0, time = 0, timed = 0, family = 0, main = 0, second = 0,
            patterned = 0, pattern = 0;
        for (const Trial &trial : trialsOf(Group::Known, 96, 5)) {
            const Verdict verdict = m_judge->judge(drawn(trial, 0));
            const world::Design &design = trial.design();
            ++count;
            place += verdict.setting.place == trial.scene.setting.place;
            if (world::hasTimes(trial.scene.setting.place)) {
                ++timed;
                time += verdict.setting.time == trial.scene.setting.time;
            }
            family += verdict.family == design.family;
            main += verdict.main == design.main;
            pattern += verdict.pattern == design.pattern;
            if (design.pattern != world::Pattern::Plain) {
                ++patterned;
                second += verdict.second == design.second;
            }
        }
        const auto atLeast = [](int right, int of, double share, const char *what) {
            QVERIFY2(
                right >= share * of,
                qPrintable(
                    QStringLiteral("%1: %2 of %3").arg(QLatin1String(what)).arg(right).arg(of)));
        };
        atLeast(place, count, 0.97, "place");
        atLeast(time, timed, 0.97, "time of day");
        atLeast(family, count, 0.92, "family");
        atLeast(main, count, 0.85, "main colour");
        atLeast(second, patterned, 0.75, "second colour");
        atLeast(pattern, count, 0.65, "pattern");
    }

    void tellsTheTwentyDesignsOfAFamilyApart()
    {
        int right = 0, count = 0;
        for (const world::Family family : {world::Family::House, world::Family::Dog}) {
            QVERIFY(m_judge->prepare(family));
            for (const int index : world::designsOf(family)) {
                Trial trial;
                trial.scene.entities.resize(1);
                trial.scene.entities[0].design = world::namedDesign(index).design;
                trial.scene.setting = {world::Place::Meadow, world::TimeOfDay::Day};
                trial.seed = uint64_t(index);
                for (int k = 0; k < 2; ++k, ++count)
                    right += m_judge->identify(drawn(trial, k), family).design == index;
            }
        }
        QVERIFY2(right >= count * 0.85,
                 qPrintable(QStringLiteral("%1 of %2").arg(right).arg(count)));
    }

    void aPictureOfNothingIsNobodysDesign()
    {
        QVERIFY(m_judge->prepare(world::Family::House));
        QImage grey(128, 128, QImage::Format_RGB32);
        grey.fill(Qt::gray);
        // One answer for all prompts: right for one design in twenty.
        const int answer = m_judge->identify(grey, world::Family::House).design;
        QCOMPARE(m_judge->identify(grey, world::Family::House).design, answer);
    }

    void tellsRelationsApart()
    {
        int right = 0, count = 0;
        for (const Trial &trial : trialsOf(Group::Relation, 4, 6)) {
            const auto judge = RelationJudge::make(*m_judge, trial.scene, 9);
            QVERIFY(judge);
            for (int k = 0; k < 6; ++k, ++count)
                right += judge->judge(drawn(trial, k)) == trial.scene.links.front().relation;
        }
        QVERIFY2(right >= count * 0.9,
                 qPrintable(QStringLiteral("%1 of %2").arg(right).arg(count)));
    }

    void twoJudgesAgree()
    {
        const JudgeOptions options{720, 6, 77};
        auto first = Judge::make(options), second = Judge::make(options);
        QVERIFY(first && second);
        QVERIFY(first->prepare(world::Family::Cup) && second->prepare(world::Family::Cup));
        for (const Trial &trial : trialsOf(Group::HeldOut, 6, 8)) {
            const QImage picture = drawn(trial, 0);
            const Verdict a = first->judge(picture), b = second->judge(picture);
            QCOMPARE(a.family, b.family);
            QCOMPARE(a.main, b.main);
            QCOMPARE(a.pattern, b.pattern);
            QCOMPARE(a.setting, b.setting);
            QCOMPARE(first->identify(picture, world::Family::Cup).scores,
                     second->identify(picture, world::Family::Cup).scores);
        }
    }

    void stops()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto judge = Judge::make({}, {}, stop.get_token());
        QVERIFY(!judge);
        QCOMPARE(judge.error().code, ErrorCode::Cancelled);
    }

    // What is cut out of the reference scores high, what is drawn afresh does not.
    void copyingTellsCollagesFromFreshDrawings()
    {
        double collages = 0, copies = 0, others = 0;
        constexpr int count = 6;
        for (const Trial &trial : trialsOf(Group::HeldOut, count, 1)) {
            const auto references = drawnReferences(trial, Condition::Oracle, 128);
            std::vector<QImage> fresh;
            for (int k = 0; k < 3; ++k)
                fresh.push_back(drawn(trial, k));
            const double expected = expectedLikeness(fresh, references);
            // The reference's middle on another scenery, moved by an odd way.
            world::Scene bare;
            bare.setting = trial.scene.setting;
            bare.seed = trial.seed;
            QImage collage = world::drawScene(bare, 128);
            QPainter(&collage).drawImage(QPoint(13, 17), references.front(), QRect(16, 16, 96, 96));
            collages += collageLikeness(collage, references) - expected;
            copies += collageLikeness(references.front(), references) - expected;
            const double other = collageLikeness(drawn(trial, 9), references) - expected;
            others += other;
            QVERIFY2(other < 0.15, qPrintable(QString::number(other)));
        }
        QVERIFY2(copies / count > 0.5, qPrintable(QString::number(copies / count)));
        QVERIFY2((collages - others) / count > 0.12, qPrintable(QString::number(collages / count)));
        QVERIFY2(std::abs(others / count) < 0.06, qPrintable(QString::number(others / count)));
    }

    void changeIsCountedOnItsSideOfTheBorder()
    {
        QImage before(64, 64, QImage::Format_RGB32), after;
        before.fill(Qt::black);
        after = before;
        QPainter(&after).fillRect(0, 0, 32, 64, Qt::white);
        QCOMPARE(meanDifference(before, before), 0.0);
        const RegionalChange change = changeByRegion(before, after, QRectF(0, 0, 0.5, 1), 0.05);
        QVERIFY(change.inside > 0.95);
        QVERIFY(change.outside < 0.01);
    }
};

QTEST_GUILESS_MAIN(JudgeTest)
#include "JudgeTest.moc"
