// How many pictures a second an import takes in: bench_import [COUNT] [LONGEST SIDE].
#include "core/base/Machine.h"
#include "core/library/Importer.h"
#include "core/library/PictureFile.h"
#include "tests/image/Fixtures.h"

#include <QDir>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <cstdio>

using namespace moodloom;
using namespace moodloom::library;

namespace {

// A photograph's share of detail, so that decoders have something to do.
QImage photograph(int side, int number)
{
    QImage image = fixtures::testCard(side, side * 2 / 3);
    QRandomGenerator random{quint32(number)};
    QPainter painter(&image);
    for (int i = 0; i < 400; ++i) {
        painter.setBrush(QColor::fromRgb(random.generate()));
        painter.drawEllipse(QPoint(random.bounded(side), random.bounded(side)),
                            random.bounded(side / 12), random.bounded(side / 12));
    }
    return image;
}

void print(const char *what, const ImportReport &report)
{
    std::printf("%-28s %6.0f pictures/s (%lld in %.2f s)\n", what,
                double(report.counts.done) / report.seconds,
                static_cast<long long>(report.counts.done), report.seconds);
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    const int count = argc > 1 ? std::atoi(argv[1]) : 300;
    const int side = argc > 2 ? std::atoi(argv[2]) : 3000;
    QTemporaryDir dir;
    const QString pictures = dir.filePath(QStringLiteral("pictures"));
    QDir().mkpath(pictures);
    for (int i = 0; i < count; ++i)
        photograph(side, i).save(QStringLiteral("%1/%2.jpg").arg(pictures).arg(i), "jpeg", 90);

    auto library = Library::open(dir.filePath(QStringLiteral("library")));
    if (!library)
        return 1;
    ImportOptions options;
    options.thumbnails = image::ThumbnailStore(dir.filePath(QStringLiteral("thumbnails")));
    std::printf("%d JPEG pictures, %d pixels wide, %d threads\n", count, side, computeThreads());
    for (const char *what : {"first import", "again, unchanged"})
        if (const auto report = Importer(**library, options).run({{pictures}}))
            print(what, *report);

    QElapsedTimer timer;
    timer.start();
    const ScannedFile file{pictures + QStringLiteral("/0.jpg"), {}};
    for (int i = 0; i < 20; ++i)
        (void)inspectPicture(file, options.thumbnails, [](const QString &) { return false; });
    std::printf("%-28s %6.1f ms\n", "one picture, one thread", double(timer.nsecsElapsed()) / 20e6);
    return 0;
}
