// How smoothly a board of thousands of pictures pans and zooms: the real canvas in a real window,
// driven by wheel events, beside a QGraphicsView that shows the same thumbnails in the same places.
//
// bench_board [COUNT] [FRAMES] [KILOBYTES]: 10,000 pictures and 120 frames a scene unless told otherwise;
// each picture's file is padded to that many kilobytes, for boards of gigabytes. Prints percentiles of
// the time from one input event to the finished frame, the processor time that the whole process spent
// on it (which other programs disturb less), and what the pictures' cache holds at its largest.
#include "ui/board/BoardCanvas.h"

#include <QApplication>
#include <QBuffer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QGraphicsPixmapItem>
#include <QGraphicsView>
#include <QQuickWindow>
#include <QRandomGenerator>
#include <QSurfaceFormat>
#include <QTemporaryDir>
#include <QTimer>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <utility>
#include <vector>

using namespace moodloom;
using namespace moodloom::board;
using ui::BoardCanvas;
using ui::BoardController;

namespace {

constexpr QSize windowSize(1440, 900);
constexpr int looks = 64; // different pictures; each item is one of them under a name of its own

QImage drawn(int look)
{
    QImage image(256, 128 + look % 5 * 32, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, qRgb((x * (look % 7 + 1)) & 255, (y * (look % 5 + 1)) & 255, look * 4));
    return image;
}

struct Scene
{
    const char *name;
    double zoom;
    QPoint pan;    // pixels a frame
    double zoomBy; // a frame, about the middle
};

double processorTime() // of all threads, ms
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

void print(const char *who, const char *what, std::vector<double> times, double processor)
{
    std::sort(times.begin(), times.end());
    const auto at = [&](double share) { return times[size_t(share * double(times.size() - 1))]; };
    std::printf("%-14s %-28s %6.1f %6.1f %6.1f %6.1f  %6.0f  %6.1f\n", who, what, at(0.5), at(0.95), at(0.99),
                times.back(), 1000 / at(0.5), processor / double(times.size()));
    std::fflush(stdout);
}

// Runs the event loop until `frame` has been swapped after the request.
double frameTime(QQuickWindow &window, const std::function<void()> &input)
{
    QEventLoop loop;
    const auto swapped = QObject::connect(&window, &QQuickWindow::frameSwapped, &loop, &QEventLoop::quit,
                                          Qt::QueuedConnection);
    QTimer::singleShot(5000, &loop, &QEventLoop::quit);
    QElapsedTimer timer;
    timer.start();
    input();
    window.requestUpdate();
    loop.exec();
    QObject::disconnect(swapped);
    return double(timer.nsecsElapsed()) / 1e6;
}

void wheel(QQuickWindow &window, QPoint pixels, int angle, Qt::KeyboardModifiers modifiers)
{
    const QPointF middle(windowSize.width() / 2, windowSize.height() / 2);
    QWheelEvent event(middle, middle, pixels, {0, angle}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&window, &event);
}

// Until the pictures that are seen have been read.
void settle(QQuickWindow &window, BoardCanvas &canvas)
{
    qint64 before = -1;
    for (int calm = 0; calm < 20;) {
        frameTime(window, [&] { canvas.update(); });
        calm = canvas.cache().bytes() == before ? calm + 1 : 0;
        before = canvas.cache().bytes();
    }
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QSG_RENDER_LOOP", "basic"); // input, build, render, swap in one line: all of it is measured
    QSurfaceFormat format = QSurfaceFormat::defaultFormat();
    format.setSwapInterval(0);
    QSurfaceFormat::setDefaultFormat(format);
    QApplication app(argc, argv);
    const int count = app.arguments().value(1, QStringLiteral("10000")).toInt();
    const int frames = app.arguments().value(2, QStringLiteral("120")).toInt();
    const int kilobytes = app.arguments().value(3, QStringLiteral("0")).toInt();
    QTemporaryDir home;
    qputenv("MOODLOOM_HOME", home.path().toUtf8());
    const QString path = home.filePath(QStringLiteral("bench.moodloom"));

    std::vector<QImage> images;
    std::vector<QByteArray> encoded, padded;
    for (int look = 0; look < looks; ++look) {
        images.push_back(drawn(look));
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        images.back().save(&buffer, "JPEG", 85);
        encoded.push_back(buffer.data());
        padded.push_back(buffer.data() + QByteArray(kilobytes * 1024, '\0')); // after a JPEG's end nothing counts
    }
    const int columns = int(std::ceil(std::sqrt(count * 1.4)));
    const auto placeOf = [&](int i) { return QPointF(i % columns * 280.0, i / columns * 280.0); };
    {
        auto file = BoardFile::create(path);
        Commit commit;
        Command added; // by one import, which can be undone
        for (int i = 0; i < count; ++i) {
            const QImage &image = images[size_t(i % looks)];
            StoredPicture stored;
            stored.hash = QStringLiteral("%1").arg(i, 64, 16, QLatin1Char('0'));
            stored.size = image.size() * 8;
            stored.media = QStringLiteral("image/jpeg");
            stored.thumbnail = encoded[size_t(i % looks)];
            stored.bytes = padded[size_t(i % looks)];
            stored.embed = true;
            Item item;
            item.id = ItemId::createUuid();
            item.centre = placeOf(i);
            item.scale = 1.0 / 8;
            item.z = i;
            Picture picture;
            picture.hash = stored.hash;
            picture.size = stored.size;
            picture.touched = true;
            item.content = picture;
            commit.pictures.push_back(std::move(stored));
            added.items.push_back({std::nullopt, item});
            commit.items.emplace_back(item.id, std::move(item));
        }
        commit.history = HistoryEdit{0, std::move(added)};
        commit.position = 1;
        if (auto ok = (*file)->write(std::span(&commit, 1)); !ok) {
            std::fprintf(stderr, "%s\n", errorText(ok.error()).c_str());
            return 1;
        }
    }

    QElapsedTimer opening;
    opening.start();
    auto opened = Board::open(path);
    if (!opened)
        return 1;
    BoardController controller;
    QQuickWindow window;
    window.resize(windowSize);
    BoardCanvas canvas(window.contentItem());
    canvas.setSize(windowSize);
    canvas.setController(&controller);
    controller.setBoard(opened->get());
    canvas.setZoom(1);
    window.show();
    frameTime(window, [&] { canvas.update(); });
    std::printf("%d pictures, %dx%d, %s\n", count, windowSize.width(), windowSize.height(),
                qPrintable(QGuiApplication::platformName()));
    std::printf("first frame after opening: %.0f ms\n", double(opening.nsecsElapsed()) / 1e6);
    // What the first screen shows, then the whole board at once: until nothing more is read.
    const auto shown = [&](const char *what, QElapsedTimer since) {
        QElapsedTimer calm;
        qint64 before = -1;
        for (calm.start(); calm.elapsed() < 500;) {
            frameTime(window, [&] { canvas.update(); });
            if (canvas.cache().bytes() != std::exchange(before, canvas.cache().bytes()))
                calm.restart();
        }
        std::printf("%s: %lld ms\n", what, (since.elapsed() - calm.elapsed()));
    };
    shown("first screen complete after opening", opening);
    QElapsedTimer overview;
    overview.start();
    canvas.fitAll();
    shown("overview of all complete after", overview);
    std::printf("\n");
    std::printf("%-14s %-28s %6s %6s %6s %6s  %6s  %6s\n", "", "ms a frame", "50 %", "95 %", "99 %", "most", "fps", "CPU");

    const QRectF all = opened->get()->extent(opened->get()->items());
    const double whole = std::min(windowSize.width() / all.width(), windowSize.height() / all.height());
    const std::vector<Scene> scenes{
        {"pan, about 15 in sight", 1, {7, 3}, 1},
        {"pan, about 400 in sight", 0.2, {7, 3}, 1},
        {"pan, the whole board", whole, {2, 1}, 1},
        {"zoom, close", 0.5, {}, 1.02},
        {"zoom, the whole board", whole, {}, 1.01},
    };
    qint64 most = 0;
    for (const Scene &scene : scenes) {
        canvas.fitAll();
        canvas.setZoom(scene.zoom);
        settle(window, canvas);
        std::vector<double> times;
        const double before = processorTime();
        for (int i = 0; i < frames; ++i) {
            const bool back = i / 30 % 2;
            times.push_back(frameTime(window, [&] {
                if (scene.zoomBy == 1)
                    wheel(window, back ? -scene.pan : scene.pan, 1, {});
                else
                    canvas.setZoom(canvas.zoom() * (back ? 1 / scene.zoomBy : scene.zoomBy));
            }));
            most = std::max(most, canvas.cache().bytes());
        }
        print("canvas", scene.name, times, processorTime() - before);
    }

    QGraphicsScene graphics;
    graphics.setBackgroundBrush(Qt::black);
    std::vector<QPixmap> pixmaps;
    for (const QImage &image : images)
        pixmaps.push_back(QPixmap::fromImage(image));
    for (int i = 0; i < count; ++i) {
        QGraphicsPixmapItem *item = graphics.addPixmap(pixmaps[size_t(i % looks)]);
        item->setTransformationMode(Qt::SmoothTransformation);
        item->setPos(placeOf(i) - QPointF(128, 64));
    }
    QGraphicsView view(&graphics);
    view.setFrameShape(QFrame::NoFrame);
    view.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view.setRenderHint(QPainter::SmoothPixmapTransform);
    view.setTransformationAnchor(QGraphicsView::AnchorViewCenter);
    view.resize(windowSize);
    view.show();
    for (const Scene &scene : scenes) {
        QPointF at = all.center();
        double zoom = scene.zoom;
        std::vector<double> times;
        const double before = processorTime();
        for (int i = 0; i < frames; ++i) {
            const bool back = i / 30 % 2;
            at -= QPointF(back ? -scene.pan : scene.pan) / zoom;
            zoom *= back ? 1 / scene.zoomBy : scene.zoomBy;
            QElapsedTimer timer;
            timer.start();
            view.setTransform(QTransform::fromScale(zoom, zoom));
            view.centerOn(at);
            view.viewport()->repaint();
            QCoreApplication::processEvents();
            times.push_back(double(timer.nsecsElapsed()) / 1e6);
        }
        print("QGraphicsView", scene.name, times, processorTime() - before);
    }
    std::printf("\npictures held at most: %.0f MB\n", double(most) / (1 << 20));
    return 0;
}
