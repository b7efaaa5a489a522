#include "core/world/Draw.h"

#include <array>

namespace moodloom::world {

DesignSketch drawDesign(const Design &design, bool night)
{
    using Drawer = void (*)(DesignSketch &);
    static constexpr std::array<Drawer, familyCount> drawers{
        drawSuv,       drawSportsCar, drawTruck,  drawBus,         drawHouse,     drawTower,
        drawCastle,    drawWall,      drawBridge, drawSailingBoat, drawSteamship, drawBalloon,
        drawAeroplane, drawRocket,    drawTree,   drawMountain,    drawDog,       drawCat,
        drawHorse,     drawBird,      drawFish,   drawRobot,       drawCup,       drawLamp};
    DesignSketch sketch(design, night);
    drawers[size_t(design.family)](sketch);
    return sketch;
}

} // namespace moodloom::world
