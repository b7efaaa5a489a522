// A take leaves as a PNG that knows its recipe, or as a PSD with references and notes.
#include "core/export/ExportTake.h"
#include "core/base/SafeFile.h"
#include "core/image/Metadata.h"
#include "tests/export/Program.h"
#include "tests/export/Samples.h"

#include <QGuiApplication>
#include <QImageReader>
#include <QTemporaryDir>
#include <QXmlStreamReader>

using namespace moodloom;
using namespace moodloom::exporting;
using namespace moodloom::testing;

namespace {

generation::Take sampleTake(QSize size = {160, 120})
{
    Random random(7);
    generation::Take take;
    take.id = QStringLiteral("take");
    take.image = samplePicture(random, size, false);
    take.recipe.prompt = QStringLiteral("大众揽巡飞跃长城 🚙 \"at sunset\" & <more>");
    take.recipe.negativePrompt = QStringLiteral("blurry");
    take.recipe.seed = 18'446'744'073'709'551'615ULL;
    take.recipe.size = size;
    take.recipe.sampler = generation::Sampler::DpmPP2M; // a take knows what "auto" became
    take.recipe.references = {{QStringLiteral("/pictures/长城.jpg"), QStringLiteral("abc"),
                               QStringLiteral("长城"), 1.25, QRectF(0.5, 0.25, 0.5, 0.5)}};
    return take;
}

TakeExport sampleExport()
{
    Random random(8);
    TakeExport content;
    content.take = sampleTake();
    content.references = {
        {QStringLiteral("长城"),
         samplePicture(random, {40, 80}, false),
         {},
         1,
         QRectF(0.5, 0.5, 0.75, 0.5)},
        {QStringLiteral("Talagon"), samplePicture(random, {200, 100}, true), {}, 1, {}}};
    content.notes = {{QStringLiteral("warmer light\n更暖的光"), {}},
                     {QStringLiteral("second"), QRectF(0.5, 0.1, 0.4, 0.2)}};
    return content;
}

} // namespace

class ExportTakeTest : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    QString file(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

private Q_SLOTS:
    void readsTheRecipeBack()
    {
        const generation::Take take = sampleTake();
        QVERIFY(exportPng(take, file("a.png")));
        const auto recipe = readRecipe(file("a.png"));
        QVERIFY(recipe);
        QCOMPARE(*recipe, take.recipe);
        QCOMPARE(packedPixels(QImage(file("a.png")), false), packedPixels(take.image, false));
    }

    void showsTheSettingsToOtherPrograms()
    {
        QVERIFY(exportPng(sampleTake(), file("p.png")));
        const QString text = QImageReader(file("p.png")).text(QStringLiteral("parameters"));
        QVERIFY(text.startsWith(sampleTake().recipe.prompt));
        for (const char *part : {"Negative prompt: blurry", "Steps: 20", "Sampler: DPM++ 2M",
                                 "CFG scale: 5", "Seed: 18446744073709551615", "Size: 160x120"})
            QVERIFY2(text.contains(QLatin1String(part)), part);
        QVERIFY(!text.contains(QLatin1String("Denoising strength")));
    }

    void showsLorasAndTheStrengthAsOtherProgramsWriteThem()
    {
        generation::Take take = sampleTake();
        take.recipe.loras = {{QStringLiteral("/models/ink wash.safetensors"), 0.8}};
        take.recipe.start = {{QStringLiteral("/sketch.png"), {}}, 0.6, {}};
        QVERIFY(exportPng(take, file("l.png")));
        const QString text = QImageReader(file("l.png")).text(QStringLiteral("parameters"));
        QVERIFY2(text.startsWith(take.recipe.prompt + QStringLiteral(" <lora:ink wash:0.8>")),
                 qPrintable(text));
        QVERIFY2(text.contains(QLatin1String("Denoising strength: 0.6")), qPrintable(text));
        const auto recipe = readRecipe(file("l.png"));
        QVERIFY(recipe);
        QCOMPARE(*recipe, take.recipe);
    }

    void tellsThePromptToLibraries() // through Exiv2, ours and others'
    {
        const generation::Take take = sampleTake();
        QVERIFY(exportPng(take, file("d.png")));
        const QByteArray bytes = QByteArray::fromStdString(*readFile(file("d.png").toStdString()));
        QCOMPARE(image::readMetadata(bytes, image::Format::Png).description, take.recipe.prompt);
    }

    void writesTheSameBytesAgain()
    {
        QVERIFY(exportPng(sampleTake(), file("one.png")));
        QVERIFY(exportPng(sampleTake(), file("two.png")));
        QCOMPARE(*readFile(file("one.png").toStdString()),
                 *readFile(file("two.png").toStdString()));
    }

    void saysThatAPictureHasNoRecipe()
    {
        QVERIFY(sampleTake().image.save(file("plain.png")));
        QCOMPARE(readRecipe(file("plain.png")).error().code, ErrorCode::NotFound);
    }

    void recipeSurvivesBeingSavedByAnotherProgram()
    {
        if (!isInstalled(QStringLiteral("convert")))
            QSKIP("ImageMagick is not installed (apt-get install imagemagick)");
        generation::Take take = sampleTake();
        take.recipe.prompt = QStringLiteral("a Talagon SUV"); // ImageMagick 6 loses other alphabets
        take.recipe.references.clear();
        QVERIFY(exportPng(take, file("first.png")));
        QVERIFY(outputOf(QStringLiteral("convert"),
                         {file("first.png"), QStringLiteral("-negate"), file("again.png")}));
        const auto recipe = readRecipe(file("again.png"));
        QVERIFY(recipe);
        QCOMPARE(*recipe, take.recipe);
    }

    void placesReferencesInTheirRegions()
    {
        const auto document = takeDocument(sampleExport());
        QVERIFY(document);
        QCOMPARE(document->layers.size(), size_t(3));
        const PsdLayer &take = document->layers[0], &references = document->layers[1];
        QCOMPARE(take.name, QStringLiteral("Take"));
        QVERIFY(take.visible && take.children[0].visible);
        QCOMPARE(take.children[0].image, sampleTake().image);
        QCOMPARE(references.name, QStringLiteral("References"));
        QVERIFY(!references.visible);
        // The region is 120 x 60 at (80, 60); a picture of 40 x 80 fits in as 30 x 60, centred.
        QCOMPARE(references.children[0].name, QStringLiteral("长城"));
        QCOMPARE(references.children[0].image.size(), QSize(30, 60));
        QCOMPARE(references.children[0].position, QPoint(125, 60));
        // Without a region: the whole canvas of 160 x 120.
        QCOMPARE(references.children[1].image.size(), QSize(160, 80));
        QCOMPARE(references.children[1].position, QPoint(0, 20));
    }

    void drawsTheNotes()
    {
        const auto document = takeDocument(sampleExport());
        QVERIFY(document);
        const PsdLayer &notes = document->layers[2];
        QCOMPARE(notes.name, QStringLiteral("Notes"));
        QVERIFY(!notes.visible);
        QCOMPARE(notes.children.size(), size_t(2));
        QCOMPARE(notes.children[0].name, QStringLiteral("warmer light"));
        QCOMPARE(notes.children[1].position, QPoint(80, 12));
        for (const PsdLayer &note : notes.children) {
            int dark = 0; // ink on the light card
            for (int y = 0; y < note.image.height(); ++y)
                for (int x = 0; x < note.image.width(); ++x)
                    dark += note.image.pixelColor(x, y).lightness() < 100;
            QVERIFY(dark > 20);
        }
        QVERIFY(QString::fromUtf8(document->xmp).contains(QStringLiteral("更暖的光")));
    }

    void keepsWhatWasDrawnByHand()
    {
        TakeExport content = sampleExport();
        content.drawing = QImage(320, 240, QImage::Format_ARGB32_Premultiplied); // twice the picture
        content.drawing.fill(Qt::transparent);
        for (int y = 100; y < 140; ++y)
            for (int x = 0; x < 320; ++x)
                content.drawing.setPixelColor(x, y, Qt::red);
        const auto document = takeDocument(content);
        QVERIFY(document);
        QCOMPARE(document->layers.size(), size_t(4));
        const PsdLayer &drawing = document->layers[3];
        QCOMPARE(drawing.name, QStringLiteral("Drawing"));
        QVERIFY(!drawing.visible);
        QCOMPARE(drawing.children.size(), size_t(1));
        QCOMPARE(drawing.children[0].image.size(), QSize(160, 120));
        QCOMPARE(drawing.children[0].image.pixelColor(80, 60), QColor(Qt::red));
        QCOMPARE(drawing.children[0].image.pixelColor(80, 20).alpha(), 0);
    }

    void othersFindTheLayersAndTheTake()
    {
        if (!isInstalled(QStringLiteral("identify")))
            QSKIP("ImageMagick is not installed (apt-get install imagemagick)");
        const TakeExport content = sampleExport();
        const auto report = exportPsd(content, file("take.psd"));
        QVERIFY(report);
        QVERIFY(report->missing.isEmpty());
        const auto names =
            outputOf(QStringLiteral("identify"),
                     {QStringLiteral("-format"), QStringLiteral("%l\n"), file("take.psd")});
        QCOMPARE(QString::fromUtf8(names.value_or("")).split(u'\n').mid(1, 5),
                 QStringList({content.take.recipe.prompt, QStringLiteral("长城"),
                              QStringLiteral("Talagon"), QStringLiteral("warmer light"),
                              QStringLiteral("second")}));
        const auto merged =
            outputOf(QStringLiteral("convert"), {file("take.psd[0]"), QStringLiteral("-depth"),
                                                 QStringLiteral("8"), QStringLiteral("rgb:-")});
        QCOMPARE(merged.value_or(""), packedPixels(content.take.image, false));
    }

    void xmpIsSoundAndTellsThePrompt()
    {
        const auto document = takeDocument(sampleExport());
        QVERIFY(document);
        QXmlStreamReader xml(document->xmp);
        QString description, json;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            if (xml.name() == u"description")
                description = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            else if (xml.name() == u"recipe")
                json = xml.readElementText();
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(description, sampleTake().recipe.prompt);
        QVERIFY(json.contains(QStringLiteral("18446744073709551615")));
    }

    void namesLayersByTheFirstLine()
    {
        TakeExport content = sampleExport();
        content.take.recipe.prompt =
            QStringLiteral("a").repeated(79) + QStringLiteral("🚙 and more");
        content.references[0].caption = QStringLiteral("  a wall \n一段城墙");
        content.references[1].caption.clear();
        content.references[1].path = QStringLiteral("/pictures/old.town.jpg");
        const auto document = takeDocument(content);
        QVERIFY(document);
        // Not half of the emoji.
        QCOMPARE(document->layers[0].children[0].name, QStringLiteral("a").repeated(79));
        QCOMPARE(document->layers[1].children[0].name, QStringLiteral("a wall"));
        QCOMPARE(document->layers[1].children[1].name, QStringLiteral("old.town"));
    }

    void tellsWhichReferencesAreMissing()
    {
        TakeExport content = sampleExport();
        content.references.append(
            {QStringLiteral("gone"), {}, QStringLiteral("/nonexistent/gone.jpg"), 1, {}});
        const auto report = exportPsd(content, file("missing.psd"));
        QVERIFY(report);
        QCOMPARE(report->missing.size(), 1);
        QVERIFY(report->missing[0].startsWith(QStringLiteral("gone: ")));
    }

    void refusesATakeWithoutAPicture()
    {
        const auto report = exportPsd({}, file("none.psd"));
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::Invalid);
        QVERIFY(!QFile::exists(file("none.psd")));
    }
};

QTEST_MAIN(ExportTakeTest)
#include "ExportTakeTest.moc"
