// The part of a picture that shows its thing: which words tell, and which square they choose.
#include "core/base/Paths.h"
#include "core/prompt/Lexicon.h"
#include "core/retrieval/ClipEmbedder.h"
#include "core/retrieval/Focus.h"
#include "core/world/Caption.h"
#include "core/world/Designs.h"
#include "core/world/SampleLibrary.h"

#include <QFile>
#include <QPainter>
#include <QTest>

#include <cmath>

using namespace moodloom;
using namespace moodloom::retrieval;

namespace {

// Knows three colours: a picture is how much it has of each.
class ColourEmbedder : public image::Embedder
{
public:
    int pictures = 0;
    QString id() const override { return QStringLiteral("colours"); }
    int dimension() const override { return 3; }
    Result<std::vector<image::Embedding>> embedImages(std::span<const QImage> images,
                                                      std::stop_token stop) override
    {
        if (stop.stop_requested())
            return cancelled();
        std::vector<image::Embedding> rows;
        for (const QImage &image : images) {
            image::Embedding row(3, 0.01f);
            for (int y = 0; y < image.height(); y += 2)
                for (int x = 0; x < image.width(); x += 2) {
                    const QRgb pixel = image.pixel(x, y);
                    row[0] += float(qRed(pixel) > 200 && qGreen(pixel) < 100);
                    row[1] += float(qGreen(pixel) > 200 && qRed(pixel) < 100);
                    row[2] += float(qBlue(pixel) > 200 && qRed(pixel) < 100);
                }
            rows.push_back(unit(row));
            ++pictures;
        }
        return rows;
    }
    Result<image::Embedding> embedText(const QString &text) override
    {
        return unit({text.contains(QLatin1String("red")) ? 1.f : 0.01f,
                     text.contains(QLatin1String("green")) ? 1.f : 0.01f,
                     text.contains(QLatin1String("blue")) ? 1.f : 0.01f});
    }

private:
    static image::Embedding unit(image::Embedding row)
    {
        const float length = std::hypot(row[0], row[1], row[2]);
        for (float &value : row)
            value /= length;
        return row;
    }
};

double area(const QRectF &rect) { return rect.width() * rect.height(); }

} // namespace

class FocusTest : public QObject
{
    Q_OBJECT
    static NameMatch goron()
    {
        prompt::Lexicon lexicon;
        lexicon.add(QStringLiteral("Goron"), 3);
        lexicon.add(QStringLiteral("cat"), 60);
        lexicon.add(QStringLiteral("Lipel"), 2);
        return NameMatch(QStringLiteral("Goron cat"), lexicon, 400);
    }

private Q_SLOTS:
    void theShortestSentenceThatNamesTheThingSpeaksForIt()
    {
        const FocusWords words = focusWords(
            QStringLiteral("Goron cat"),
            QStringLiteral("A Lipel cup and a Goron cat side by side. Lipel: a brown cup.\n"
                           "Goron: a yellow cat."),
            goron());
        QCOMPARE(words.own, QStringLiteral("Goron: a yellow cat"));
        QCOMPARE(words.others, QStringList{QStringLiteral("Lipel: a brown cup")});
    }

    // Or the same thing, told in the other language, would push away from itself.
    void companyIsToldInTheLanguageOfTheThing()
    {
        prompt::Lexicon lexicon;
        lexicon.add(QStringLiteral("戈龙"), 3);
        const QString facet = QStringLiteral("戈龙猫");
        const FocusWords words = focusWords(
            facet,
            QStringLiteral("A Lipel cup and a Goron cat. Goron: a yellow cat.\n"
                           "利佩和一只戈龙猫。利佩：一个棕色杯子。戈龙：一只黄色猫。"),
            NameMatch(facet, lexicon, 400));
        QCOMPARE(words.own, QStringLiteral("一只黄色猫")); // 戈龙 is a name, and no dragon (龙)
        QCOMPARE(words.others, QStringList{QStringLiteral("利佩：一个棕色杯子")});
    }

    void aDescriptionThatNeverNamesItSaysNothing()
    {
        const FocusWords words = focusWords(QStringLiteral("Goron cat"),
                                            QStringLiteral("Holidays 2019. On the beach."), goron());
        QVERIFY(words.own.isEmpty());
        QVERIFY(words.others.isEmpty());
        QVERIFY(focusWords(QStringLiteral("Goron cat"), {}, goron()).own.isEmpty());
    }

    void choosesThePartThatLooksLikeTheWords_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QRectF>("red");
        QTest::newRow("square, a corner") << QSize(200, 200) << QRectF(0.62, 0.62, 0.3, 0.3);
        QTest::newRow("square, the top") << QSize(200, 200) << QRectF(0.3, 0.02, 0.35, 0.35);
        QTest::newRow("wide, the left") << QSize(400, 160) << QRectF(0.02, 0.3, 0.2, 0.5);
        QTest::newRow("tall, the foot") << QSize(120, 360) << QRectF(0.2, 0.75, 0.6, 0.2);
    }
    void choosesThePartThatLooksLikeTheWords()
    {
        QFETCH(QSize, size);
        QFETCH(QRectF, red);
        QImage picture(size, QImage::Format_RGB32);
        picture.fill(QColor(0, 0, 255));
        QPainter(&picture).fillRect(QRectF(red.x() * size.width(), red.y() * size.height(),
                                           red.width() * size.width(), red.height() * size.height()),
                                    QColor(255, 0, 0));
        ColourEmbedder embedder;
        const auto part = focusOn(picture, {QStringLiteral("red"), {}, {}}, embedder);
        QVERIFY(part);
        QVERIFY(!part->isEmpty());
        QVERIFY(QRectF(0, 0, 1, 1).contains(*part));
        QVERIFY2(area(*part & red) > 0.85 * area(red),
                 qPrintable(QStringLiteral("%1 %2 %3 %4").arg(part->x()).arg(part->y())
                                .arg(part->width()).arg(part->height())));
        QVERIFY(embedder.pictures <= 19);
    }

    void aPictureThatIsTheThingStaysWhole()
    {
        QImage picture(200, 200, QImage::Format_RGB32);
        picture.fill(QColor(255, 0, 0));
        ColourEmbedder embedder;
        const auto part = focusOn(picture, {QStringLiteral("red"), {}, {}}, embedder);
        QVERIFY(part);
        QVERIFY(part->isEmpty());
    }

    void stopsWhenAsked()
    {
        std::stop_source stop;
        stop.request_stop();
        ColourEmbedder embedder;
        QImage picture(50, 50, QImage::Format_RGB32);
        picture.fill(Qt::red);
        const auto part = focusOn(picture, {QStringLiteral("red"), {}, {}}, embedder, stop.get_token());
        QVERIFY(!part);
        QCOMPARE(part.error().code, ErrorCode::Cancelled);
    }

    // With the built-in encoder, on drawn pictures of several things, whose places are known.
    void theBuiltInEncoderFindsTheThingAmongOthers()
    {
        if (!QFile::exists(builtInModelFolder() + QStringLiteral("/model_index.json")))
            QSKIP("the built-in model is not there");
        const auto embedder = ClipEmbedder::open({});
        QVERIFY2(embedder, embedder ? "" : errorText(embedder.error()).c_str());
        const world::SampleLibraryOptions options{400, 7, 256};
        double covered = 0, own = 0, ownOfWhole = 0;
        int asked = 0;
        for (int i = 0; i < options.count && asked < 30; ++i) {
            const world::Sample sample = world::sampleAt(i, options);
            const auto &things = sample.scene.entities;
            if (things.size() < 2 || things[0].design.named < 0)
                continue;
            prompt::Lexicon lexicon;
            for (const std::string &keyword : sample.keywords)
                lexicon.add(QString::fromStdString(keyword), 1);
            const QString facet = QString::fromStdString(world::namedEn(things[0].design));
            const auto part = focusOn(
                world::drawScene(sample.scene, 256),
                focusWords(facet, QString::fromStdString(sample.captionEn), NameMatch(facet, lexicon, 400)),
                **embedder);
            QVERIFY(part);
            const QRectF seen = part->isEmpty() ? QRectF(0, 0, 1, 1) : *part;
            double company = 0, allCompany = 0;
            for (size_t k = 1; k < things.size(); ++k) {
                company += area(things[k].box & seen);
                allCompany += area(things[k].box);
            }
            const double shown = area(things[0].box & seen);
            covered += shown / area(things[0].box);
            own += shown / std::max(1e-9, shown + company);
            ownOfWhole += area(things[0].box) / (area(things[0].box) + allCompany);
            ++asked;
        }
        QCOMPARE(asked, 30);
        const QString figures = QStringLiteral("covered %1, own share %2 instead of %3")
                                    .arg(covered / asked).arg(own / asked).arg(ownOfWhole / asked);
        qInfo().noquote() << figures;
        QVERIFY2(covered / asked > 0.75 && own / asked > ownOfWhole / asked + 0.15, qPrintable(figures));
    }
};

QTEST_GUILESS_MAIN(FocusTest)
#include "FocusTest.moc"
