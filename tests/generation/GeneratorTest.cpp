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

    RecipePicture picture(const QString &name, const QImage &image) const
    {
        RecipePicture result{m_dir.filePath(name), {}};
        image.save(result.path);
        QFile file(result.path);
        file.open(QIODevice::ReadOnly);
        result.hash = contentHash(file.readAll());
        return result;
    }
    // A sky, a lawn and a red ball in the middle.
    static QImage scene(const QSize &size)
    {
        QImage image(size, QImage::Format_RGB32);
        image.fill(QColor(130, 190, 235));
        QPainter painter(&image);
        painter.fillRect(0, size.height() / 2, size.width(), size.height(), QColor(60, 140, 60));
        painter.setBrush(QColor(200, 40, 30));
        painter.drawEllipse(QPoint(size.width() / 2, size.height() / 2), 30, 30);
        return image;
    }
    static double difference(const QImage &a, const QImage &b)
    {
        double sum = 0;
        for (int y = 0; y < a.height(); ++y)
            for (int x = 0; x < a.width(); ++x) {
                const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
                sum += std::abs(qRed(p) - qRed(q)) + std::abs(qGreen(p) - qGreen(q)) +
                       std::abs(qBlue(p) - qBlue(q));
            }
        return sum / (3.0 * a.width() * a.height());
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

    void tellsHowFarLoadingIs()
    {
        MOODLOOM_REQUIRE_MODEL();
        Generator generator;
        QVector<double> shares;
        const auto sink = [&](const StepInfo &info) {
            if (info.loading < 0)
                return;
            QCOMPARE(info.step, 0);
            shares.append(info.loading);
        };
        QVERIFY(generator.paint(recipe(), sink));
        QVERIFY(!shares.isEmpty());
        QVERIFY(shares.first() > 0 && std::is_sorted(shares.begin(), shares.end()));
        QCOMPARE(shares.last(), 1.0);
        shares.clear();
        QVERIFY(generator.paint(recipe(), sink));
        QVERIFY(shares.isEmpty()); // it is there
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
            if (info.loading >= 0)
                return;
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
        Recipe turned = part; // a turned picture, within the same bounds
        turned.references[0].shape = {{0.25, 0}, {0.5, 0.5}, {0.25, 1}, {0, 0.5}};
        QVERIFY(generator.paint(turned)->image != generator.paint(part)->image);
    }

    void theStrengthSaysHowMuchOfAPictureMayChange()
    {
        MOODLOOM_REQUIRE_MODEL();
        Generator generator;
        Recipe r = recipe();
        r.steps = 10;
        r.start.picture = picture(QStringLiteral("scene.png"), scene(QSize(128, 128)));
        const auto painted = [&](double strength) {
            r.start.strength = strength;
            const auto take = generator.paint(r);
            return take ? take->image : QImage();
        };
        const QImage little = painted(0.2), much = painted(1);
        QVERIFY(!little.isNull() && !much.isNull());
        QCOMPARE(painted(0.2), little);
        const QImage before = scene(QSize(128, 128));
        const double near = difference(little, before), far = difference(much, before);
        QVERIFY2(near < far, qPrintable(QStringLiteral("%1 %2").arg(near).arg(far)));
        // Its middle, where the shape is another.
        r.start.picture = picture(QStringLiteral("wide.png"), scene(QSize(256, 128)));
        const QImage middle = scene(QSize(256, 128)).copy(64, 0, 128, 128);
        QVERIFY(difference(painted(0.2), middle) < difference(painted(1), middle));
    }

    void stepsThatAreLeftOutAreNotCounted()
    {
        MOODLOOM_REQUIRE_MODEL();
        Generator generator;
        Recipe r = recipe();
        r.steps = 10;
        r.sampler = Sampler::Ddim;
        r.start = {picture(QStringLiteral("scene.png"), scene(QSize(128, 128))), 0.5, {}};
        QVector<int> steps;
        QVERIFY(generator.paint(r, [&](const StepInfo &info) {
            if (info.loading >= 0)
                return;
            steps.append(info.step);
            QCOMPARE(info.total, 5);
        }));
        QCOMPARE(steps, (QVector<int>{0, 1, 2, 3, 4, 5}));
    }

    void whatTheMaskKeepsStaysToThePixel()
    {
        MOODLOOM_REQUIRE_MODEL();
        Generator generator;
        Recipe r = recipe();
        const QImage before = scene(QSize(128, 128)).convertToFormat(QImage::Format_RGB888);
        QImage mask(64, 64, QImage::Format_Grayscale8); // of half the resolution
        mask.fill(0);
        QPainter(&mask).fillRect(0, 0, 32, 64, Qt::white);
        r.start = {picture(QStringLiteral("scene.png"), before), 1,
                   picture(QStringLiteral("mask.png"), mask)};
        const auto take = generator.paint(r);
        QVERIFY2(take, take ? "" : errorText(take.error()).c_str());
        const QRect left(0, 0, 62, 128), right(66, 0, 62, 128); // the edge is blended
        QCOMPARE(take->image.copy(right), before.copy(right));
        QVERIFY(difference(take->image.copy(left), before.copy(left)) > 1);
        QCOMPARE(generator.paint(r)->image, take->image);
        // White strokes on nothing are the same mask.
        QImage strokes(64, 64, QImage::Format_ARGB32);
        strokes.fill(Qt::transparent);
        QPainter(&strokes).fillRect(0, 0, 32, 64, Qt::white);
        r.start.mask = picture(QStringLiteral("strokes.png"), strokes);
        QCOMPARE(generator.paint(r)->image, take->image);
    }

    void refusesMasksAndPicturesThatCannotAct()
    {
        MOODLOOM_REQUIRE_MODEL();
        Generator generator;
        Recipe r = recipe();
        QImage black(64, 64, QImage::Format_Grayscale8);
        black.fill(0);
        const RecipePicture whole = picture(QStringLiteral("scene.png"), scene(QSize(128, 128)));
        r.start = {whole, 1, picture(QStringLiteral("black.png"), black)};
        QCOMPARE(generator.paint(r).error().code, ErrorCode::Invalid);
        r.start = {whole, 0.01, {}}; // no step is left of four
        QCOMPARE(generator.paint(r).error().code, ErrorCode::Invalid);
        r.start = {whole, 1.5, {}};
        QCOMPARE(generator.paint(r).error().code, ErrorCode::Invalid);
        r.start = {{whole.path, QStringLiteral("00")}, 1, {}};
        QCOMPARE(generator.paint(r).error().code, ErrorCode::Mismatch);
        r.start = {{m_dir.filePath(QStringLiteral("gone.png")), {}}, 1, {}};
        QCOMPARE(generator.paint(r).error().code, ErrorCode::NotFound);
        r = recipe();
        r.controls = {{m_dir.filePath(QStringLiteral("gone")), whole, 1}};
        QCOMPARE(generator.paint(r).error().code, ErrorCode::NotFound);
        r.controls[0].scale = 3;
        QVERIFY(!generator.paint(r));
        r.controls[0].scale = 0; // equals absence
        QCOMPARE(generator.paint(r)->image, generator.paint(recipe())->image);
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
