#include "core/world/Backdrop.h"

#include "core/world/Palette.h"
#include "core/world/Random.h"
#include "core/world/Scenery.h"

namespace moodloom::world {

Sketch drawBackdrop(const Setting &setting, uint64_t seed)
{
    return Scenery(setting, seed).draw();
}

Sketch drawForeground(const Setting &setting, uint64_t seed)
{
    Sketch sketch;
    Random random(derivedSeed(seed, 77));
    const SettingColours colours = coloursOf(setting);
    if (setting.place == Place::Meadow || setting.place == Place::Forest) {
        QPainterPath tufts;
        for (int i = 0; i < 5; ++i) {
            const double x = random.range(2, 98), y = 101;
            for (int blade = -1; blade <= 1; ++blade)
                tufts.addPath(polygon({{x + blade * 1.6 - 1, y},
                                       {x + blade * 3.2, y - random.range(4, 7)},
                                       {x + blade * 1.6 + 1, y}}));
        }
        tufts.setFillRule(Qt::WindingFill);
        sketch.detail(tufts, mixed(colours.ground, QColor(0x2f6a3c), 0.45));
    } else if (setting.place == Place::Clouds) {
        QPainterPath bank;
        for (double x = random.range(-6, 2); x < 106; x += random.range(9, 14)) {
            const double ry = random.range(5, 8), rx = random.range(8, 11);
            bank.addEllipse(QPointF(x, 101), rx, ry);
        }
        bank.setFillRule(Qt::WindingFill);
        sketch.fill(bank, colours.ground, Finish::Matt);
    }
    return sketch;
}

} // namespace moodloom::world
