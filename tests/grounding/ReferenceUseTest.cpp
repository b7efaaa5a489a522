// Roles, parts of the run and weights of references do with the built-in model what they
// say. Measured on a few drawn trials with fixed seeds.
#include "core/base/ContentHash.h"
#include "core/grounding/Likeness.h"
#include "core/world/Caption.h"
#include "core/world/Compose.h"
#include "core/world/Random.h"
#include "tests/grounding/UsePainter.h"
#include "tests/support/TestModel.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace moodloom;
using namespace moodloom::generation;
using grounding::LabPicture;

namespace {

// How far the colours are apart, wherever they are: the earth mover's distance of each channel.
double colourDistance(const QImage &left, const QImage &right)
{
    const int side = 48;
    const LabPicture a = grounding::toLab(left, side), b = grounding::toLab(right, side);
    double sum = 0;
    for (const auto channel : {&image::OkLab::lightness, &image::OkLab::a, &image::OkLab::b}) {
        std::vector<double> x, y;
        for (const image::OkLab &pixel : a.pixels)
            x.push_back(double(pixel.*channel));
        for (const image::OkLab &pixel : b.pixels)
            y.push_back(double(pixel.*channel));
        std::sort(x.begin(), x.end());
        std::sort(y.begin(), y.end());
        for (size_t i = 0; i < x.size(); ++i)
            sum += std::abs(x[i] - y[i]) / double(x.size());
    }
    return sum;
}

// How strongly lightness changes at each place: what stands where, whatever its colours.
std::vector<double> edges(const QImage &picture)
{
    const int side = 32;
    const LabPicture lab = grounding::toLab(picture, side);
    std::vector<double> result;
    for (int y = 0; y + 1 < side; ++y)
        for (int x = 0; x + 1 < side; ++x)
            result.push_back(
                std::hypot(double(lab.at(x + 1, y).lightness - lab.at(x, y).lightness),
                           double(lab.at(x, y + 1).lightness - lab.at(x, y).lightness)));
    return result;
}

// 0: the same arrangement, 1: none in common.
double layoutDistance(const QImage &left, const QImage &right)
{
    const std::vector<double> a = edges(left), b = edges(right);
    double meanA = 0, meanB = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        meanA += a[i] / double(a.size());
        meanB += b[i] / double(b.size());
    }
    double product = 0, squaresA = 0, squaresB = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        product += (a[i] - meanA) * (b[i] - meanB);
        squaresA += (a[i] - meanA) * (a[i] - meanA);
        squaresB += (b[i] - meanB) * (b[i] - meanB);
    }
    return squaresA > 0 && squaresB > 0 ? 1 - product / std::sqrt(squaresA * squaresB) : 1;
}

constexpr std::array roles{ReferenceRole::Content, ReferenceRole::Style, ReferenceRole::Layout};

} // namespace

class ReferenceUseTest : public QObject, private testing::UsePainter
{
    Q_OBJECT
    QTemporaryDir m_dir;
    int m_count = 0;

    RecipeReference reference(const QImage &image)
    {
        RecipeReference result;
        result.path = m_dir.filePath(QStringLiteral("%1.png").arg(++m_count));
        image.save(result.path);
        QFile file(result.path);
        file.open(QIODevice::ReadOnly);
        result.hash = contentHash(file.readAll());
        return result;
    }

    // A prompt, and a reference of another thing, place and hand.
    struct Trial
    {
        Recipe recipe;
        RecipeReference reference;
    };
    Trial trial(int index)
    {
        world::ComposeOptions plain, other;
        plain.count = other.count = 1;
        plain.style = world::Style::Flat;
        plain.setting = world::Setting{world::Place::Meadow, world::TimeOfDay::Day};
        other.style = index % 2 ? world::Style::Watercolour : world::Style::Neon;
        other.setting =
            world::Setting{index % 2 ? world::Place::Desert : world::Place::City,
                           index % 2 ? world::TimeOfDay::Sunset : world::TimeOfDay::Night};
        const auto scene = world::composeScene(world::derivedSeed(11, uint64_t(index)), plain);
        const auto seen = world::composeScene(world::derivedSeed(12, uint64_t(index)), other);
        Trial result;
        result.recipe =
            recipeOf(QString::fromStdString(world::captionsOf(scene, scene.seed).plainEn),
                     quint64(100 + index), 3);
        result.reference = reference(world::drawScene(seen, 256));
        return result;
    }

private Q_SLOTS:
    // Measured against what the same reference does as content: a style keeps more of the
    // arrangement and changes relatively more of the colours, a layout the other way round.
    void aStyleChangesColoursMoreThanLayout()
    {
        MOODLOOM_REQUIRE_MODEL();
        double colours[3] = {}, layouts[3] = {};
        for (int i = 0; i < 3; ++i) {
            Trial t = trial(i);
            const QImage plain = paint(t.recipe, QStringLiteral("%1-plain").arg(i));
            QVERIFY(!plain.isNull());
            t.recipe.references = {t.reference};
            for (const ReferenceRole role : roles) {
                t.recipe.references[0].role = role;
                const QImage with =
                    paint(t.recipe, QStringLiteral("%1-%2").arg(i).arg(referenceRoleName(role)));
                QVERIFY(!with.isNull() && with != plain);
                colours[size_t(role)] += colourDistance(plain, with) / 3;
                layouts[size_t(role)] += layoutDistance(plain, with) / 3;
            }
        }
        for (const ReferenceRole role : roles)
            qInfo("%s: colours %.4f, layout %.4f", qPrintable(referenceRoleName(role)),
                  colours[size_t(role)], layouts[size_t(role)]);
        const auto share = [&](ReferenceRole role, const double(&values)[3]) { // of content's
            return values[size_t(role)] / values[size_t(ReferenceRole::Content)];
        };
        using enum ReferenceRole;
        QVERIFY(share(Style, colours) > 1.2 * share(Style, layouts));
        QVERIFY(share(Layout, layouts) > 1.2 * share(Layout, colours));
        QVERIFY(share(Style, layouts) < 0.8);
    }

    void moreWeightChangesMore()
    {
        MOODLOOM_REQUIRE_MODEL();
        for (const ReferenceRole role : roles) {
            Trial t = trial(1);
            const QImage plain = paint(t.recipe, QStringLiteral("weight-0"));
            t.recipe.references = {t.reference};
            t.recipe.references[0].role = role;
            double before = 0;
            for (const double weight : {0.0, 0.4, 0.8, 1.2}) {
                t.recipe.references[0].weight = weight;
                const QImage with =
                    paint(t.recipe,
                          QStringLiteral("weight-%1-%2").arg(referenceRoleName(role)).arg(weight));
                const double change = grounding::meanDifference(plain, with);
                qInfo("%s %.1f: %.4f", qPrintable(referenceRoleName(role)), weight, change);
                if (weight == 0)
                    QCOMPARE(with, plain);
                else
                    QVERIFY(change > before);
                before = change;
            }
        }
    }

    void halfTheStepsIsNeitherNoneNorAll()
    {
        MOODLOOM_REQUIRE_MODEL();
        Trial t = trial(1);
        const QImage absent = paint(t.recipe, QStringLiteral("steps-none"));
        t.recipe.references = {t.reference};
        const QImage full = paint(t.recipe, QStringLiteral("steps-all"));
        t.recipe.references[0].steps = {0, 0.5};
        const QImage early = paint(t.recipe, QStringLiteral("steps-early"));
        t.recipe.references[0].steps = {0.5, 1};
        const QImage late = paint(t.recipe, QStringLiteral("steps-late"));
        const double toAbsent = grounding::meanDifference(early, absent);
        const double toFull = grounding::meanDifference(early, full);
        const double lateToAbsent = grounding::meanDifference(late, absent);
        qInfo("early: %.4f from absent, %.4f from full; late: %.4f from absent", toAbsent, toFull,
              lateToAbsent);
        QVERIFY(toAbsent > 0.005 && toFull > 0.002);
        QVERIFY(lateToAbsent < toAbsent);           // what stands where is decided early
        t.recipe.references[0].steps = {0.5, 0.51}; // no step's middle lies in there
        QCOMPARE(paint(t.recipe, QStringLiteral("steps-never")), absent);
    }
};

QTEST_GUILESS_MAIN(ReferenceUseTest)
#include "ReferenceUseTest.moc"
