// What a note says appears where the note lies, with the built-in model. Measured on things of the
// world with fixed seeds.
#include "core/grounding/Judge.h"
#include "core/grounding/Likeness.h"
#include "tests/grounding/UsePainter.h"
#include "tests/support/TestModel.h"

#include <QTest>

#include <array>

using namespace moodloom;
using namespace moodloom::generation;

namespace {

QVector<QPointF> shapeOf(const QRectF &rect)
{
    return {rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft()};
}

} // namespace

class NoteUseTest : public QObject, private testing::UsePainter
{
    Q_OBJECT

    static Recipe meadow(quint64 seed)
    {
        return recipeOf(QStringLiteral("a meadow by day"), seed, 4);
    }

private Q_SLOTS:
    void whatANoteNamesAppearsWhereItLies()
    {
        MOODLOOM_REQUIRE_MODEL();
        using world::Family;
        const auto judge = grounding::Judge::make();
        QVERIFY(judge);
        const std::array families{Family::SportsCar, Family::Castle, Family::Balloon,
                                  Family::Tree,      Family::Dog,    Family::Robot,
                                  Family::House,     Family::Horse};
        const QRectF left(0.04, 0.2, 0.42, 0.75), right(0.54, 0.2, 0.42, 0.75);
        int inside = 0, named = 0, both = 0, count = 0;
        for (size_t i = 0; i < families.size(); ++i)
            for (const QRectF &region : {left, right}) {
                Recipe recipe = meadow(300 + i);
                const QString thing = QString::fromUtf8(world::familyInfo(families[i]).en.data());
                recipe.texts = {{QStringLiteral("a ") + thing, 1, shapeOf(region)}};
                const QImage picture =
                    paint(recipe, QStringLiteral("%1-%2").arg(thing).arg(region.x()));
                QVERIFY(!picture.isNull());
                const auto verdict = judge->judge(picture);
                const bool there = region.contains(verdict.box.center());
                const bool asked = verdict.family == families[i];
                qInfo("%s at %.2f: %s at %.2f, %.2f", qPrintable(thing), region.x(),
                      world::familyInfo(verdict.family).en.data(), verdict.box.center().x(),
                      verdict.box.center().y());
                inside += there;
                named += asked;
                both += there && asked;
                ++count;
            }
        qInfo("of %d: %d in the note, %d of the kind it names, %d both", count, inside, named,
              both);
        QVERIFY(both >= 0.85 * count);
    }

    void moreWeightChangesMoreAndNoneNothing()
    {
        MOODLOOM_REQUIRE_MODEL();
        Recipe recipe = meadow(301);
        const QImage plain = paint(recipe, QStringLiteral("weight-none"));
        recipe.texts = {{QStringLiteral("a red castle"), 0, shapeOf({0.5, 0.2, 0.45, 0.75})}};
        double before = -1;
        for (const double weight : {0.0, 0.3, 0.6, 1.0}) {
            recipe.texts[0].weight = weight;
            const QImage with = paint(recipe, QStringLiteral("weight-%1").arg(weight));
            const double change = grounding::meanDifference(plain, with);
            qInfo("%.1f: %.4f", weight, change);
            if (weight == 0)
                QCOMPARE(with, plain);
            QVERIFY(change > before);
            before = change;
        }
    }

    // Two notes, one over the other: the nearer one is what is seen there.
    void theNearerNoteActs()
    {
        MOODLOOM_REQUIRE_MODEL();
        Recipe recipe = meadow(302);
        const auto all = shapeOf({0, 0, 1, 1});
        const RecipeText castle{QStringLiteral("a castle"), 1, all},
            dog{QStringLiteral("a dog"), 1, all};
        recipe.texts = {dog};
        const QImage alone = paint(recipe, QStringLiteral("dog"));
        recipe.texts = {castle, dog};
        QCOMPARE(paint(recipe, QStringLiteral("castle-dog")), alone);
        recipe.texts = {dog, castle};
        QVERIFY(paint(recipe, QStringLiteral("dog-castle")) != alone);
    }
};

QTEST_GUILESS_MAIN(NoteUseTest)
#include "NoteUseTest.moc"
