// How each family is drawn. Pure functions; thread-safe.
#pragma once

#include "core/world/Sketch.h"

namespace moodloom::world {

// The sketch of a design; `night`: its windows shine.
DesignSketch drawDesign(const Design &design, bool night);

// One function a family, grouped by file.
void drawSuv(DesignSketch &s); // DrawVehicles.cpp
void drawSportsCar(DesignSketch &s);
void drawTruck(DesignSketch &s);
void drawBus(DesignSketch &s);
void drawHouse(DesignSketch &s); // DrawBuildings.cpp
void drawTower(DesignSketch &s);
void drawCastle(DesignSketch &s);
void drawWall(DesignSketch &s); // DrawStructures.cpp
void drawBridge(DesignSketch &s);
void drawSailingBoat(DesignSketch &s); // DrawCraft.cpp
void drawSteamship(DesignSketch &s);
void drawBalloon(DesignSketch &s);
void drawAeroplane(DesignSketch &s);
void drawRocket(DesignSketch &s);
void drawTree(DesignSketch &s); // DrawNature.cpp
void drawMountain(DesignSketch &s);
void drawDog(DesignSketch &s); // DrawAnimals.cpp
void drawCat(DesignSketch &s);
void drawHorse(DesignSketch &s);
void drawBird(DesignSketch &s);
void drawFish(DesignSketch &s);
void drawRobot(DesignSketch &s); // DrawThings.cpp
void drawCup(DesignSketch &s);
void drawLamp(DesignSketch &s);

} // namespace moodloom::world
