// The benchmark against painters whose grounding is known, because they are no models: one draws
// the truth, one draws what its reference shows, one looks at nothing.
#include "core/grounding/RelationJudge.h"
#include "core/grounding/Promises.h"
#include "core/grounding/Report.h"
#include "core/world/Compose.h"
#include "core/world/Designs.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPolygonF>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace moodloom;
using namespace moodloom::grounding;

class BenchmarkTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;

    BenchmarkOptions options(const QString &name) const
    {
        BenchmarkOptions options;
        options.count = 2;
        options.controlTrials = 1;
        options.queries = 6;
        options.folder = m_dir.filePath(name);
        options.model = m_dir.filePath(QStringLiteral("no model")); // searched by words only
        options.library = {60, 1, 96};
        options.judge = {960, 20, 3};
        return options;
    }

    static QImage drawn(const world::Design &design, const world::Setting &setting, uint64_t seed)
    {
        world::ComposeOptions options;
        options.designs = {design};
        options.setting = setting;
        options.style = world::Style::Flat;
        return world::drawScene(world::composeScene(seed, options), 128);
    }

    // The trial that a recipe was made for.
    static Trial trialOf(const BenchmarkOptions &options, const QString &prompt)
    {
        for (int group = 0; group < groupCount; ++group)
            for (const Trial &trial : trialsOf(Group(group), options.count, options.seed))
                if (trial.en == prompt || trial.zh == prompt || trial.where == prompt)
                    return trial;
        return {};
    }

    static PaintFunction truth(const BenchmarkOptions &options)
    {
        return [options](const generation::Recipe &recipe, std::stop_token) -> Result<QImage> {
            const Trial trial = trialOf(options, recipe.prompt);
            // What is placed in a half stands there.
            QRectF half(0, 0, 1, 1);
            if (!recipe.texts.isEmpty())
                half = QPolygonF(recipe.texts.front().shape).boundingRect();
            else if (!recipe.references.isEmpty() && !recipe.references.front().region.isEmpty())
                half = recipe.references.front().region;
            world::Scene scene;
            for (int attempt = 0; attempt < 40; ++attempt) {
                scene = drawnAgain(trial, 100 + int(recipe.seed % 50) + attempt);
                if (half.contains(scene.entities.front().box.center()))
                    break;
            }
            return world::drawScene(scene, 128);
        };
    }

    // Blind to its references; its pictures depend on the seed alone.
    static PaintFunction blind()
    {
        return [](const generation::Recipe &recipe, std::stop_token) -> Result<QImage> {
            return world::drawScene(world::composeScene(recipe.seed), 128);
        };
    }

    // Shows its reference itself, the more the higher the weight: a collage.
    static PaintFunction copier()
    {
        return [](const generation::Recipe &recipe, std::stop_token) -> Result<QImage> {
            QImage picture = world::drawScene(world::composeScene(recipe.seed), 128)
                                 .convertToFormat(QImage::Format_RGB888);
            for (const generation::RecipeReference &reference : recipe.references) {
                const QImage other =
                    QImage(reference.path).scaled(128, 128).convertToFormat(QImage::Format_RGB888);
                const double weight = std::min(1.0, reference.weight / 1.25);
                for (int y = 0; y < 128; ++y)
                    for (int x = 0; x < 128 * 3; ++x) {
                        const bool outside =
                            !reference.region.isEmpty() &&
                            !reference.region.contains(QPointF(x / 384.0, y / 128.0));
                        uchar &value = picture.scanLine(y)[x];
                        if (!outside)
                            value = uchar(std::lround(value * (1 - weight) +
                                                      other.constScanLine(y)[x] * weight));
                    }
            }
            return picture;
        };
    }

    static Interval of(const Outcome &outcome, Measure measure, Group group, Condition condition)
    {
        return summary(measure, {group, condition, Language::English}, outcome.trials,
                       outcome.paintings);
    }

private Q_SLOTS:
    void trialsAreWhatTheySay()
    {
        const auto trials = trialsOf(Group::HeldOut, 30, 4);
        for (const Trial &trial : trials) {
            QVERIFY(world::namedDesign(trial.design().named).heldOut);
            QVERIFY(trial.en.contains(
                QString::fromStdString(world::namedDesign(trial.design().named).name.en)));
            QVERIFY(trial.wrong != trial.design().named);
            QCOMPARE(world::namedDesign(trial.wrong).design.family, trial.design().family);
            QCOMPARE(drawnAgain(trial, 3).setting, trial.scene.setting);
        }
        for (const Trial &trial : trialsOf(Group::Known, 30, 4))
            QVERIFY(!world::namedDesign(trial.design().named).heldOut);
        for (const Trial &trial : trialsOf(Group::Relation, 12, 4)) {
            QCOMPARE(trial.scene.entities.size(), size_t(2));
            QVERIFY(RelationJudge::possible(trial.scene).size() > 1);
            QCOMPARE(drawnAgain(trial, 1).links.front().relation,
                     trial.scene.links.front().relation);
        }
        QCOMPARE(trialsOf(Group::HeldOut, 30, 4)[7].en, trials[7].en);
        QVERIFY(trialsOf(Group::HeldOut, 30, 5)[7].en != trials[7].en);
    }

    void fidelityTellsBlurFromNoise()
    {
        const QImage drawing = world::drawScene(trialsOf(Group::Known, 1, 4)[0].scene, 256)
                                   .convertToFormat(QImage::Format_RGB888);
        QCOMPARE(fidelity(drawing, drawing).decibels, 99.0);
        QCOMPARE(fidelity(drawing, drawing).edges, 1.0);

        QImage shifted = drawing, noisy = drawing;
        QRandomGenerator random(5);
        for (int y = 0; y < drawing.height(); ++y)
            for (int x = 0; x < 3 * drawing.width(); ++x) {
                uchar &value = shifted.scanLine(y)[x];
                value = uchar(value < 128 ? value + 10 : value - 10);
                uchar &other = noisy.scanLine(y)[x];
                other = uchar(std::clamp(int(other) + int(random.bounded(41)) - 20, 0, 255));
            }
        // 20 log10(255 / 10)
        QVERIFY(std::abs(fidelity(shifted, drawing).decibels - 28.1308) < 1e-3);
        const QImage blurred =
            drawing.scaled(64, 64, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                .scaled(256, 256, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        QVERIFY(fidelity(blurred, drawing).edges < 0.6);
        QVERIFY(std::abs(fidelity(noisy, drawing).edges - 1) < 0.08);
    }

    void whoDrawsTheTruthScoresLikeDrawings()
    {
        const BenchmarkOptions wanted = options(QStringLiteral("truth"));
        BenchmarkTools tools;
        tools.paint = truth(wanted);
        tools.decode = [](const QImage &picture) { return picture; };
        const auto outcome = runBenchmark(wanted, tools);
        QVERIFY2(outcome, outcome ? "" : errorText(outcome.error()).c_str());
        QVERIFY(!outcome->partial);
        const Interval given = of(*outcome, Measure::Decibels, Group::Known, Condition::Decoded);
        QCOMPARE(given.value, 99.0);
        QCOMPARE(given.count, 3 * wanted.count);
        QCOMPARE(of(*outcome, Measure::Decibels, Group::Known, Condition::Drawn).count, 0);
        for (const Group group : {Group::HeldOut, Group::Known}) {
            // As right as the judge is about drawings: four pictures cannot tell more.
            QVERIFY(of(*outcome, Measure::Identified, group, Condition::None).value >=
                    of(*outcome, Measure::Identified, group, Condition::Drawn).value - 0.5);
            QVERIFY(of(*outcome, Measure::Place, group, Condition::None).value >= 0.75);
            QVERIFY(std::abs(of(*outcome, Measure::Copying, group, Condition::Oracle).value) <
                    0.12);
            // The truth is not misled by a wrong reference.
            QVERIFY(of(*outcome, Measure::Misled, group, Condition::Wrong).value <= 0.25);
        }
        QVERIFY(of(*outcome, Measure::Relation, Group::Relation, Condition::None).value >= 0.75);
        QCOMPARE(outcome->controls.places.size(), 2U);
        for (const PlacePoint &point : outcome->controls.places)
            QVERIFY2(point.inside.value >= 0.75, qPrintable(point.what));
        // Its pictures do not look at the language: the pairs are equal.
        const Interval languages =
            difference(Measure::Adherence, {Group::Known, Condition::None, Language::English},
                       {Group::Known, Condition::None, Language::Chinese}, outcome->trials,
                       outcome->paintings);
        QCOMPARE(languages.value, 0.0);
        QCOMPARE(languages.count, wanted.count * wanted.takes);

        QVERIFY(writeReport(*outcome));
        QFile json(wanted.folder + QStringLiteral("/report.json"));
        QVERIFY(json.open(QIODevice::ReadOnly));
        const QJsonObject object = QJsonDocument::fromJson(json.readAll()).object();
        QCOMPARE(object["partial"].toBool(), false);
        QVERIFY(!object["table"].toArray().isEmpty());
        QFile html(wanted.folder + QStringLiteral("/report.html"));
        QVERIFY(html.open(QIODevice::ReadOnly));
        const QString page = QString::fromUtf8(html.readAll());
        // Self-contained: every picture is a file below the folder.
        static const QRegularExpression source(QStringLiteral("src=\"([^\"]*)\""));
        int pictures = 0;
        for (auto it = source.globalMatch(page); it.hasNext(); ++pictures)
            QVERIFY(QFile::exists(wanted.folder + QLatin1Char('/') + it.next().captured(1)));
        QVERIFY(pictures > 40);
        QVERIFY(!page.contains(QStringLiteral("http")));
    }

    void whoCopiesIsCaughtAndObeysItsControls()
    {
        const BenchmarkOptions wanted = options(QStringLiteral("copier"));
        BenchmarkTools tools;
        tools.paint = copier();
        const auto outcome = runBenchmark(wanted, tools);
        QVERIFY2(outcome, outcome ? "" : errorText(outcome.error()).c_str());
        QVERIFY(of(*outcome, Measure::Copying, Group::HeldOut, Condition::Oracle).value > 0.2);
        const ControlFindings &controls = outcome->controls;
        QCOMPARE(controls.zeroTrials, 1);
        QCOMPARE(controls.zeroExact, 1);
        QCOMPARE(controls.monotonic.value, 1.0);
        QCOMPARE(controls.rank.value, 1.0);
        QVERIFY(controls.leak.value < 0.01);
        QCOMPARE(controls.weights.front().change.value, 0.0);
        // A collage shows the middle of what it copies wherever that was: it places nothing.
        QCOMPARE(controls.places.size(), 2U);
        for (const PlacePoint &point : controls.places)
            QCOMPARE(point.inside.count, 2);
        // It knows no roles: whatever a picture is for, all that it shows comes along.
        QCOMPARE(controls.roles.size(), 3U);
        for (const RolePoint &point : controls.roles) {
            QVERIFY(point.change.value > 0);
            QCOMPARE(point.leak.value, 1.0);
            QCOMPARE(point.asked.value, 0.0);
        }
    }

    void whoIsBlindIsGroundedInNothing()
    {
        BenchmarkOptions wanted = options(QStringLiteral("blind"));
        wanted.takes = 1;
        BenchmarkTools tools;
        tools.paint = blind();
        const auto outcome = runBenchmark(wanted, tools);
        QVERIFY(outcome);
        // Paired seeds: with and without references the same pictures, so the same verdicts.
        for (const Condition condition : {Condition::Retrieved, Condition::Oracle})
            QCOMPARE(difference(Measure::WrongAttributes,
                                {Group::HeldOut, condition, Language::English},
                                {Group::HeldOut, Condition::None, Language::English},
                                outcome->trials, outcome->paintings)
                         .value,
                     0.0);
        QVERIFY(of(*outcome, Measure::WrongAttributes, Group::HeldOut, Condition::None).value >
                0.4);
        QCOMPARE(outcome->controls.rank.value, 0.0);
        QCOMPARE(outcome->controls.weights.back().change.value, 0.0);
        for (const RolePoint &point : outcome->controls.roles) {
            QCOMPARE(point.change.value, 0.0);
            QCOMPARE(point.asked.value, outcome->controls.askedAlone.value);
        }

        // The same again gives the same report, but for the time it took.
        wanted.folder = m_dir.filePath(QStringLiteral("again"));
        auto again = runBenchmark(wanted, tools);
        QVERIFY(again);
        again->seconds = outcome->seconds;
        QCOMPARE(jsonReport(*again), jsonReport(*outcome));

        // One condition alone gives what it gave among all of them.
        wanted.folder = m_dir.filePath(QStringLiteral("alone"));
        wanted.conditions = {Condition::None};
        const auto alone = runBenchmark(wanted, tools);
        QVERIFY(alone);
        for (const Painting &painting : alone->paintings)
            QVERIFY(painting.condition == Condition::None ||
                    painting.condition >= Condition::Drawn);
        QCOMPARE(alone->controls.zeroTrials, 0);
        for (const Measure measure : {Measure::Family, Measure::WrongAttributes})
            QCOMPARE(of(*alone, measure, Group::HeldOut, Condition::None).value,
                     of(*outcome, measure, Group::HeldOut, Condition::None).value);
        for (const Promise &promise : promises(*alone)) // of what was not painted, nothing is said
            QVERIFY2(!promise.what.contains(QStringLiteral("retrieved")), qPrintable(promise.what));
        QVERIFY(textReport(*alone).contains(QStringLiteral("alone: none.")));
    }

    void aStoppedRunLeavesAPartialReport()
    {
        const BenchmarkOptions wanted = options(QStringLiteral("stopped"));
        std::stop_source stop;
        int painted = 0;
        BenchmarkTools tools;
        tools.paint = [&](const generation::Recipe &recipe,
                          std::stop_token token) -> Result<QImage> {
            if (++painted == 5)
                stop.request_stop();
            if (token.stop_requested())
                return cancelled();
            return blind()(recipe, token);
        };
        const auto outcome = runBenchmark(wanted, tools, stop.get_token());
        QVERIFY(outcome);
        QVERIFY(outcome->partial);
        QCOMPARE(of(*outcome, Measure::Place, Group::HeldOut, Condition::None).count, 2);
        QVERIFY(textReport(*outcome).startsWith(QStringLiteral("PARTIAL")));
        QVERIFY(writeReport(*outcome));
        QVERIFY(jsonReport(*outcome)["partial"].toBool());
    }

    void saysWhatIsWrongWithItsOptions()
    {
        BenchmarkOptions wanted = options(QStringLiteral("wrong"));
        wanted.count = 0;
        BenchmarkTools tools;
        tools.paint = blind();
        const auto outcome = runBenchmark(wanted, tools);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::Invalid);
    }
};

QTEST_GUILESS_MAIN(BenchmarkTest)
#include "BenchmarkTest.moc"
