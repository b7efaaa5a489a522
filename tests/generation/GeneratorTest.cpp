// Painting: repeatable to the byte, stoppable within a step, seen from the second step on, and true
// to what the references' weights say.
#include "core/generation/Generator.h"
#include "core/base/ContentHash.h"
#include "core/generation/SamplerChoice.h"
#include "core/models/ModelFolder.h"
#include "tests/support/TestModel.h"

#include <ATen/ATen.h>

#include <QFile>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace moodloom;
using namespace moodloom::generation;

class GeneratorTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;

    Recipe recipe() const
    {
        Recipe r;
        r.prompt = QStringLiteral("a red car beside a tower, 日落");
        r.model = testing::modelFolder();
        r.seed = 7;
        r.size = QSize(128, 128);
        r.steps = 4;
        r.guidance = 3;
        return r;
    }
    RecipeReference reference(const QColor &color, double weight)
    {
        QImage image(96, 64, QImage::Format_RGB32);
        image.fill(color);
        RecipeReference r;
        r.path = m_dir.filePath(color.name().mid(1) + QStringLiteral(".png"));
        image.save(r.path);
        QFile file(r.path);
        file.open(QIODevice::ReadOnly);
        r.hash = contentHash(file.readAll());
        r.weight = weight;
        return r;
    }

private Q_SLOTS:
    void paintsTheSameBytesForTheSameRecipe()
    {
        MOODLOOM_REQUIRE_MODEL();
        Generator first, second;
        const auto a = first.paint(recipe());
        const auto b = second.paint(recipe());
        QVERIFY2(a, a ? "" : errorText(a.error()).c_str());
        QCOMPARE(a->image.size(), QSize(128, 128));
        QCOMPARE(a->image, b->image);
        Recipe other = recipe();
        other.seed = 8;
        QVERIFY(first.paint(other)->image != a->image);
    }

    void paintsWithEverySampler()
    {
        MOODLOOM_REQUIRE_MODEL();
        Generator generator;
        for (const Sampler sampler : samplers()) {
            Recipe r = recipe();
            r.sampler = sampler;
            const auto take = generator.paint(r);
            if (sampler == Sampler::FlowEuler) {
                QVERIFY(!take); // the models predict noise or velocity
                QCOMPARE(take.error().code, ErrorCode::Unsupported);
            } else if (sampler == Sampler::Pndm && !take) {
                // It cannot begin where no signal is left, as the built-in model does.
                QCOMPARE(take.error().code, ErrorCode::Unsupported);
            } else {
                QVERIFY2(take, take ? "" : errorText(take.error()).c_str());
                QVERIFY(take->recipe.sampler == sampler || sampler == Sampler::Auto);
                QVERIFY(take->recipe.sampler != Sampler::Auto); // what a take tells can be repeated
            }
        }
    }

    void takesTheSamplerThatTheModelNames()
    {
        const auto named = [](const char *name) {
            return samplerOfModel(nlohmann::json{{"_class_name", name}});
        };
        QCOMPARE(named("PNDMScheduler"), Sampler::Pndm);
        QCOMPARE(named("EulerAncestralDiscreteScheduler"), Sampler::EulerAncestral);
        QCOMPARE(named("DPMSolverMultistepScheduler"), Sampler::DpmPP2M);
        QCOMPARE(named("FlowMatchEulerDiscreteScheduler"), Sampler::FlowEuler);
        QCOMPARE(named("SomethingNewScheduler"), Sampler::DpmPP2M);
        QCOMPARE(samplerOfModel(nlohmann::json()), Sampler::DpmPP2M);
    }

    void lorasActAndLeaveNoTrace()
    {
        MOODLOOM_REQUIRE_MODEL();
        // A change of the deepest attention, as wide as the model has it.
        Recipe r = recipe();
        const auto files = models::openWeights(r.model.toStdString() + "/unet");
        QVERIFY(files);
        const std::string module = "mid_block.attentions.0.proj_in";
        const int64_t width = files->front().tensors().at(module + ".weight").shape[0];
        const std::string path = m_dir.filePath("strong.safetensors").toStdString();
        QVERIFY(tensor::saveSafeTensors(
            path, {{"unet." + module + ".lora_A.weight", at::ones({1, width, 1, 1}) * 0.1},
                   {"unet." + module + ".lora_B.weight", at::ones({width, 1, 1, 1})}}));
        Generator generator;
        const auto without = generator.paint(r);
        QVERIFY(without);
        r.loras = {{QString::fromStdString(path), 1}};
        const auto with = generator.paint(r);
        QVERIFY2(with, with ? "" : errorText(with.error()).c_str());
        QVERIFY(with->image != without->image);
        QCOMPARE(with->recipe.loras, r.loras);
        r.loras[0].scale = 0;
        QCOMPARE(generator.paint(r)->image, without->image);
        r.loras.clear();
        QCOMPARE(generator.paint(r)->image, without->image);
        r.loras = {{m_dir.filePath("missing.safetensors"), 1}};
        QCOMPARE(generator.paint(r).error().code, ErrorCode::NotFound);
    }

    void previewsAtLeastEverySecondStep()
    {
        MOODLOOM_REQUIRE_MODEL();
        Generator generator;
        Recipe r = recipe();
        r.steps = 8;
        QVector<int> steps;
        int withoutPreview = 0, longest = 0;
        const auto take = generator.paint(r, [&](const StepInfo &info) {
            steps.append(info.step);
            QCOMPARE(info.total, 8);
            if (info.step == 0 || info.step == info.total)
                return;
            withoutPreview = info.preview.isNull() ? withoutPreview + 1 : 0;
            longest = std::max(longest, withoutPreview);
        });
        QVERIFY(take);
        QCOMPARE(steps, (QVector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8}));
        QVERIFY2(longest <= 1, qPrintable(QString::number(longest)));
    }

    void thePreviewsOfASmallModelAreTheRealThing()
    {
        MOODLOOM_REQUIRE_MODEL();
        Generator generator;
        Recipe r = recipe();
        r.steps = 8;
        QImage last;
        const auto take = generator.paint(r, [&](const StepInfo &info) {
            if (!info.preview.isNull())
                last = info.preview;
        });
        QVERIFY(take);
        QCOMPARE(last.size(), take->image.size());
        // Decoded, not blocks of latents: the last preview is nearly the picture.
        double difference = 0;
        for (int y = 0; y < last.height(); ++y)
            for (int x = 0; x < last.width(); ++x)
                difference += std::abs(qGray(last.pixel(x, y)) - qGray(take->image.pixel(x, y)));
        QVERIFY(difference / (double(last.width()) * last.height()) < 12);
    }

    void stopsWithinOneStep()
    {
        MOODLOOM_REQUIRE_MODEL();
        Generator generator;
        Recipe r = recipe();
        r.steps = 50;
        std::stop_source stop;
        int last = 0;
        const auto take = generator.paint(
            r,
            [&](const StepInfo &info) {
                last = info.step;
                if (info.step == 3)
                    stop.request_stop();
            },
            stop.get_token());
        QVERIFY(!take);
        QCOMPARE(take.error().code, ErrorCode::Cancelled);
        QVERIFY2(last <= 4, qPrintable(QString::number(last)));
    }

    void weightZeroEqualsAbsence()
    {
        MOODLOOM_REQUIRE_MODEL();
        Generator generator;
        Recipe with = recipe(), zero = recipe();
        with.references = {reference(Qt::green, 1)};
        zero.references = {reference(Qt::green, 0)};
        const auto plain = generator.paint(recipe());
        const auto nothing = generator.paint(zero);
        const auto something = generator.paint(with);
        QVERIFY2(something, something ? "" : errorText(something.error()).c_str());
        QCOMPARE(nothing->image, plain->image);
        QVERIFY(something->image != plain->image);
        Recipe both = recipe();
        both.references = {reference(Qt::green, 1), reference(Qt::red, 0)};
        QCOMPARE(generator.paint(both)->image, something->image);
    }

    void aRegionIsNotTheWhole()
    {
        MOODLOOM_REQUIRE_MODEL();
        Generator generator;
        Recipe whole = recipe(), part = recipe();
        whole.references = {reference(Qt::blue, 1)};
        part.references = whole.references;
        part.references[0].region = QRectF(0, 0, 0.5, 1);
        QVERIFY(generator.paint(whole)->image != generator.paint(part)->image);
    }

    void refusesWhatCannotBePainted()
    {
        MOODLOOM_REQUIRE_MODEL();
        Generator generator;
        Recipe r = recipe();
        r.size = QSize(127, 128);
        QCOMPARE(generator.paint(r).error().code, ErrorCode::Invalid);
        r = recipe();
        r.steps = 0;
        QCOMPARE(generator.paint(r).error().code, ErrorCode::Invalid);
        r = recipe();
        r.model = m_dir.filePath(QStringLiteral("nothing"));
        QCOMPARE(generator.paint(r).error().code, ErrorCode::NotFound);
        r = recipe();
        r.references = {reference(Qt::cyan, 1)};
        r.references[0].hash = QStringLiteral("00");
        const auto changed = generator.paint(r);
        QCOMPARE(changed.error().code, ErrorCode::Mismatch);
        r.references[0].path = m_dir.filePath(QStringLiteral("gone.png"));
        QCOMPARE(generator.paint(r).error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(GeneratorTest)
#include "GeneratorTest.moc"
