#include "core/world/Scene.h"

#include "core/world/Arrange.h"
#include "core/world/Backdrop.h"
#include "core/world/Draw.h"
#include "core/world/Inker.h"

#include <QPainter>
#include <QSemaphore>
#include <QThread>
#include <QThreadPool>

#include <algorithm>
#include <exception>
#include <numeric>

namespace moodloom::world {
namespace {

bool isNight(const Setting &setting)
{
    return hasTimes(setting.place) && setting.time == TimeOfDay::Night;
}

// An islet for what cannot swim.
void drawIslet(Inker &inker, const QRectF &box, const SettingColours &colours, bool night)
{
    Sketch islet;
    const QColor sand = night ? QColor(0x4c5076) : mixed(QColor(0xe9d3a0), colours.ground, 0.1);
    const double cx = box.center().x(), y = box.bottom(),
                 rx = std::min(box.width() * 0.62 + 4, 58.0);
    islet.fill(disc(cx, y + 2.4, rx + 2.5, 6.6), mixed(colours.ground, QColor(0xffffff), 0.35),
               Finish::Matt);
    islet.fill(disc(cx, y + 1.2, rx, 6), sand, Finish::Matt);
    inker.backdrop(islet);
}

// A small round table for what stands on tables.
void drawTable(Inker &inker, const QRectF &box)
{
    Sketch table;
    const double cx = box.center().x(), y = box.bottom(), rx = std::max(box.width() * 0.72, 17.0);
    const QColor wood(0xb57a4a);
    for (double side : {-1.0, 1.0})
        table.fill(polygon({{cx + side * rx * 0.62 - 1.8, y},
                            {cx + side * rx * 0.62 + 1.8, y},
                            {cx + side * rx * 0.74 + 1.5, 100},
                            {cx + side * rx * 0.74 - 1.5, 100}}),
                   mixed(wood, QColor(0x3a2418), 0.35));
    table.fill(disc(cx, y + 1.8, rx, 4.6), mixed(wood, QColor(0x3a2418), 0.3));
    table.fill(disc(cx, y + 0.2, rx, 4.4), wood);
    inker.thing(table, {}, false);
}

// Water that laps over the lower edge of a hull.
void drawWake(Inker &inker, const QRectF &box, const SettingColours &colours, double seed)
{
    Sketch wake;
    const double y = box.bottom() - box.height() * 0.035, left = box.left() - 4,
                 right = box.right() + 4;
    std::vector<QPointF> crest;
    const int waves = std::max(3, int((right - left) / 7));
    for (int i = 0; i <= waves; ++i)
        crest.push_back(
            {lerp(left, right, double(i) / waves), y + ((i + int(seed)) % 2 ? 1.0 : -0.8)});
    QPainterPath path = curve(crest);
    path.quadTo(right - 2, y + 4.5, (left + right) / 2, y + 5);
    path.quadTo(left + 2, y + 4.5, left, y);
    const double depth = std::clamp((y - 58) / 42, 0.0, 1.0);
    const QColor water = mixed(colours.groundFar, colours.ground, depth);
    wake.fill(path, water, Finish::Matt);
    wake.detail(stroked(curve(crest), 1.1), mixed(water, QColor(0xffffff), 0.6));
    inker.backdrop(wake);
}

// Three strokes behind something that leaps.
void drawLeapMarks(Inker &inker, const Entity &entity, const QRectF &box)
{
    Sketch marks;
    const double back = entity.mirrored ? 1 : -1;
    for (int i = 0; i < 3; ++i) {
        const double x = box.center().x() + back * box.width() * (0.36 - 0.02 * i),
                     y = box.bottom() + 2.2 + i * 1.2 - (2 - i) * 3.2;
        const double dx = back * (7.0 + 1.5 * i);
        marks.fill(stroked(curve({{x, y}, {x + dx * 0.5, y + 2.4}, {x + dx, y + 6.0}}), 1.5),
                   QColor(255, 255, 255, 190), Finish::Matt);
    }
    inker.backdrop(marks);
}

void drawEntity(Inker &inker, const Scene &scene, const Entity &entity,
                const SettingColours &colours)
{
    const bool night = isNight(scene.setting);
    const DesignSketch sketch = drawDesign(entity.design, night);
    const QRectF box(entity.box.x() * 100, entity.box.y() * 100, entity.box.width() * 100,
                     entity.box.height() * 100);
    const FamilyInfo &info = familyInfo(entity.design.family);
    const Ground ground = groundOf(scene.setting.place);
    const bool floats =
        ground == Ground::Water && entity.grounded && info.habitat == Habitat::Water;
    if (entity.grounded && !floats) {
        if (ground == Ground::Water)
            drawIslet(inker, box, colours, night);
        if (info.habitat == Habitat::Table)
            drawTable(inker, box);
        inker.contactShadow({box.center().x() + 1.5, box.bottom() - 0.2}, box.width() * 0.54,
                            std::clamp(box.width() * 0.07, 2.0, 3.6));
    }
    if (entity.leaping)
        drawLeapMarks(inker, entity, box);
    inker.thing(sketch, placement(entity, sketch.bounds()), entity.rim);
    if (floats)
        drawWake(inker, box, colours, double(scene.seed % 2));
}

QImage painted(const Scene &scene, int size)
{
    QImage image(size, size, QImage::Format_RGB32);
    image.fill(QColor(0xfbf7ec)); // paper: some styles let it shine through
    QPainter painter(&image);
    painter.scale(size / 100.0, size / 100.0);
    Inker inker(painter, scene.style, isNight(scene.setting));
    inker.backdrop(drawBackdrop(scene.setting, derivedSeed(scene.seed, 1)));
    const SettingColours colours = coloursOf(scene.setting);
    std::vector<int> order(scene.entities.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return scene.entities[size_t(a)].layer < scene.entities[size_t(b)].layer;
    });
    for (int i : order)
        drawEntity(inker, scene, scene.entities[size_t(i)], colours);
    inker.backdrop(drawForeground(scene.setting, derivedSeed(scene.seed, 1)));
    inker.finish(derivedSeed(scene.seed, 2));
    return image;
}

} // namespace

const char *relationName(Relation relation)
{
    static constexpr const char *names[relationCount] = {"beside", "above", "leaping over",
                                                         "in front of", "behind"};
    return names[size_t(relation)];
}

// Qt hands the fills of a path to the threads of its global pool, unless the painting thread is one
// of them: hundreds of handovers a picture, dearer than the fills. So the whole picture is painted
// by one thread of that pool; the pictures are what is made in parallel.
QImage drawScene(const Scene &scene, int size)
{
    QThreadPool *pool = QThreadPool::globalInstance();
    if (pool->contains(QThread::currentThread()))
        return painted(scene, size);
    QImage image;
    std::exception_ptr failure;
    QSemaphore done;
    pool->start([&] {
        try {
            image = painted(scene, size);
        } catch (...) {
            failure = std::current_exception();
        }
        done.release();
    });
    done.acquire();
    if (failure)
        std::rethrow_exception(failure);
    return image;
}

} // namespace moodloom::world
