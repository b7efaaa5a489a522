// GIMP, run without a window, sees the same layers, groups, names and pixels as we wrote.
#include "tests/export/Program.h"
#include "tests/export/Samples.h"

#include <QFile>
#include <QTemporaryDir>

using namespace moodloom;
using namespace moodloom::exporting;
using namespace moodloom::testing;

namespace {

// Prints one line an item, children below their group, and saves each layer's pixels as N.png.
const char *const kScript = R"((let* (
    (port (open-output-file "FOLDER/list.txt"))
    (image (car (gimp-file-load RUN-NONINTERACTIVE "FOLDER/x.psd" "x.psd")))
    (number 0))
  (define (walk items depth)
    (for-each (lambda (item)
      (let ((group (= TRUE (car (gimp-item-is-group item))))
            (at (gimp-drawable-offsets item)))
        (set! number (+ number 1))
        (for-each (lambda (value) (display value port) (display "|" port))
          (list number depth (if group "group" "layer") (car (gimp-item-get-visible item))
                (round (* 2.55 (car (gimp-layer-get-opacity item))))
                (if group 0 (car at)) (if group 0 (cadr at))
                (car (gimp-item-get-name item))))
        (newline port)
        (if group
            (walk (vector->list (cadr (gimp-item-get-children item))) (+ depth 1))
            (let ((path (string-append "FOLDER/" (number->string number) ".png")))
              (file-png-save2 RUN-NONINTERACTIVE image item path path 0 1 0 0 0 0 0 0 1)))))
      items))
  (walk (vector->list (cadr (gimp-image-get-layers image))) 0)
  (close-output-port port)))";

struct Item
{
    int depth;
    const PsdLayer *layer;
};

// In GIMP's order: from the topmost to the lowest.
void listItems(const std::vector<PsdLayer> &layers, int depth, std::vector<Item> &items)
{
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
        items.push_back({depth, &*layer});
        if (layer->kind == PsdLayer::Kind::Group)
            listItems(layer->children, depth + 1, items);
    }
}

// GIMP gives each name once: the second "x" becomes "x #1".
void nameApart(std::vector<PsdLayer> &layers, int &number)
{
    for (PsdLayer &layer : layers) {
        layer.name += QStringLiteral(" n%1").arg(++number);
        nameApart(layer.children, number);
    }
}

} // namespace

class GimpTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void seesTheSameDocument_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 21; seed <= 23; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void seesTheSameDocument()
    {
        if (!isInstalled(QStringLiteral("gimp")))
            QSKIP("GIMP is not installed (apt-get install gimp)");
        QFETCH(unsigned, seed);
        Random random(seed);
        QTemporaryDir folder;
        PsdDocument document;
        document.size = {120, 80};
        document.layers = sampleLayers(random, document.size, 2, false);
        document.layers.push_back({});
        document.layers.back().kind = PsdLayer::Kind::Group;
        document.layers.back().name = QStringLiteral("组 📁");
        document.layers.back().children = sampleLayers(random, document.size, 0, false);
        int number = 0;
        nameApart(document.layers, number);
        QVERIFY(writePsd(document, folder.filePath(QStringLiteral("x.psd"))));

        // Its own settings folder, so that nothing of the user's is read or written.
        qputenv("GIMP2_DIRECTORY", folder.filePath(QStringLiteral("settings")).toUtf8());
        const QString script =
            QString::fromUtf8(kScript).replace(QStringLiteral("FOLDER"), folder.path());
        const auto output = outputOf(QStringLiteral("gimp"),
                                     {QStringLiteral("-i"), QStringLiteral("-d"),
                                      QStringLiteral("-f"), QStringLiteral("-b"), script,
                                      QStringLiteral("-b"), QStringLiteral("(gimp-quit 1)")},
                                     240);
        QVERIFY(output);

        QFile list(folder.filePath(QStringLiteral("list.txt")));
        QVERIFY2(list.open(QIODevice::ReadOnly), "GIMP did not open the file");
        const QStringList lines =
            QString::fromUtf8(list.readAll()).split(u'\n', Qt::SkipEmptyParts);
        std::vector<Item> items;
        listItems(document.layers, 0, items);
        QCOMPARE(lines.size(), qsizetype(items.size()));
        for (size_t i = 0; i < items.size(); ++i) {
            const PsdLayer &layer = *items[i].layer;
            const bool group = layer.kind == PsdLayer::Kind::Group;
            const QString expected =
                QStringLiteral("%1|%2|%3|%4|%5|%6|%7|%8|")
                    .arg(i + 1)
                    .arg(items[i].depth)
                    .arg(group ? QStringLiteral("group") : QStringLiteral("layer"))
                    .arg(int(layer.visible))
                    .arg(layer.opacity * 255, 0, 'f', 1)
                    .arg(group ? 0 : layer.position.x())
                    .arg(group ? 0 : layer.position.y())
                    .arg(layer.name);
            QCOMPARE(lines[qsizetype(i)], expected);
            if (!group)
                comparePixels(layer.image,
                              QImage(folder.filePath(QStringLiteral("%1.png").arg(i + 1))));
        }
    }

private:
    static void comparePixels(const QImage &written, const QImage &read)
    {
        QCOMPARE(read.size(), written.size());
        QCOMPARE(packedPixels(read, true), packedPixels(written, true));
    }
};

QTEST_GUILESS_MAIN(GimpTest)
#include "GimpTest.moc"
