#include "core/world/Arrange.h"

#include "core/world/Draw.h"

#include <algorithm>

namespace moodloom::world {
namespace {

// What keeps a thing where it is: the ground or the water below it, or the air around it.
enum class Hold { Stands, Flies };

class Arranger
{
public:
    Arranger(Scene &scene, Random &random) : m_scene(scene), m_random(random) {}

    void arrange()
    {
        auto &things = m_scene.entities;
        const double foot =
            groundOf(m_scene.setting.place) == Ground::Undersea ? 93 : m_random.range(84, 90);
        for (Entity &entity : things)
            if (flies(entity) && entity.design.family == Family::Aeroplane)
                entity.tilt = m_random.range(-3, 9);
            else if (entity.design.family == Family::Rocket && flies(entity))
                entity.tilt = -m_random.range(10, 38);
            else if (entity.design.family == Family::Bird)
                entity.tilt = m_random.range(-4, 10);
        if (things.size() == 1) {
            arrangeAlone(things[0], foot);
            return;
        }
        Entity &a = things[0], &b = things[1];
        const double side = m_random.chance(0.5) ? 1 : -1;
        const bool three = things.size() == 3;
        switch (m_scene.links[0].relation) {
        case Relation::Beside: {
            const double size = m_random.range(45, 49);
            a.mirrored = side > 0;
            put(a, 50 - side * 25, flies(a) ? highOr(40) : foot, wide(a, size), size, holdOf(a));
            put(b, 50 + side * 25, flies(b) ? highOr(46) : foot - m_random.range(0, 3),
                wide(b, size), size, holdOf(b));
            break;
        }
        case Relation::Above: {
            const double width = m_random.range(45, 52);
            put(a, three ? 50 + side * 18 : 50 + m_random.range(-14, 14), 25, width, 44,
                Hold::Flies);
            below(b, three ? 50 - side * 18 : 50 + m_random.range(-10, 10), foot + 4, three);
            break;
        }
        case Relation::LeapingOver: {
            leapPose(a);
            const double width = m_random.range(50, 56);
            put(a, 50 + m_random.range(-8, 8), 27, width, 46, Hold::Flies);
            below(b, three ? 50 - side * 18 : 50 + m_random.range(-5, 5), foot + 5, three);
            break;
        }
        case Relation::InFrontOf:
            inFront(a, b, foot, side);
            break;
        case Relation::Behind:
            inFront(b, a, foot, side);
            break;
        }
        if (three)
            arrangeThird(things[2], foot, side);
        int layer = 0;
        if (m_scene.links[0].relation == Relation::Behind) {
            a.layer = layer++;
            b.layer = layer++;
        } else {
            b.layer = layer++;
            a.layer = layer++;
        }
        if (three)
            things[2].layer = m_scene.links[1].relation == Relation::Beside ? layer : -1;
    }

private:
    // Where a thing of the size `width` x `height` at most is put: x of its centre, y of its foot
    // or (where it flies) of its centre.
    void put(Entity &entity, double x, double y, double width, double height, Hold hold)
    {
        const bool flying = hold == Hold::Flies;
        const DesignSketch sketch = drawDesign(entity.design, false);
        QRectF bounds = sketch.bounds();
        entity.grounded = !flying;
        entity.scale = std::min(width / bounds.width(), height / bounds.height());
        entity.centre = {x, y};
        const auto measure = [&] {
            const QTransform place = placement(entity, bounds);
            QRectF covered;
            if (qFuzzyIsNull(entity.tilt))
                covered = place.mapRect(bounds);
            else
                for (const Shape &shape : sketch.shapes())
                    if (shape.clip < 0)
                        covered |= place.map(shape.path).boundingRect();
            return covered;
        };
        QRectF covered = measure();
        const double shiftY = flying ? y - covered.center().y() : y - covered.bottom();
        double shiftX = x - covered.center().x();
        // Inside the picture, unless it is broader than that.
        if (covered.width() < 96)
            shiftX +=
                std::clamp(0.0, 2 - (covered.left() + shiftX), 98 - (covered.right() + shiftX));
        double top = covered.top() + shiftY;
        entity.centre += QPointF(shiftX, shiftY + (top < 2 ? 2 - top : 0));
        covered = measure();
        entity.box = QRectF(covered.x() / 100, covered.y() / 100, covered.width() / 100,
                            covered.height() / 100) &
                     QRectF(0, 0, 1, 1);
    }

    bool flies(const Entity &entity) const
    {
        const Habitat habitat = habitatOf(entity);
        const Ground ground = groundOf(m_scene.setting.place);
        if (ground == Ground::Air)
            return true;
        if (ground == Ground::Undersea)
            return habitat == Habitat::Undersea;
        if (m_scene.setting.place == Place::Moon && entity.design.family == Family::Rocket)
            return false;
        return habitat == Habitat::Air || habitat == Habitat::Undersea;
    }

    Hold holdOf(const Entity &entity) const { return flies(entity) ? Hold::Flies : Hold::Stands; }

    bool broad(const Entity &entity) const
    {
        return entity.design.family == Family::Wall || entity.design.family == Family::Bridge ||
               entity.design.family == Family::Mountain;
    }

    void leapPose(Entity &entity)
    {
        entity.leaping = true;
        entity.tilt = m_random.range(9, 18);
    }

    double highOr(double y) { return y + m_random.range(-6, 6); }
    // Broad things look lost when they are as narrow as the others.
    double wide(const Entity &entity, double size) const
    {
        return broad(entity) ? size * 1.15 : size;
    }

    void arrangeAlone(Entity &entity, double foot)
    {
        const bool flying = flies(entity);
        const double size = m_random.range(54, 74);
        if (habitatOf(entity) == Habitat::Undersea && flying &&
            groundOf(m_scene.setting.place) != Ground::Undersea)
            leapPose(entity);
        const double x = 50 + m_random.range(-12, 12);
        if (flying)
            put(entity, x, m_random.range(38, 50), size, size, Hold::Flies);
        else
            put(entity, x, habitatOf(entity) == Habitat::Table ? foot - 8 : foot,
                broad(entity) ? m_random.range(82, 95) : size, size, Hold::Stands);
    }

    void below(Entity &entity, double x, double foot, bool shared)
    {
        if (flies(entity)) {
            put(entity, x, 73, m_random.range(44, 50), 44, Hold::Flies);
            return;
        }
        const bool table = habitatOf(entity) == Habitat::Table;
        const double width =
            broad(entity) ? (shared ? 72 : m_random.range(86, 95)) : m_random.range(46, 56);
        put(entity, x, table ? foot - 5 : foot, width, broad(entity) ? 46 : 44, Hold::Stands);
    }

    void inFront(Entity &near, Entity &far, double foot, double side)
    {
        const bool table = habitatOf(near) == Habitat::Table;
        const double farWidth = broad(far) ? m_random.range(82, 95) : m_random.range(54, 62);
        put(far, 50 - side * m_random.range(10, 15), foot - 11, farWidth, 62, Hold::Stands);
        const double nearWidth = broad(near) ? 58 : m_random.range(44, 50);
        put(near, 50 + side * m_random.range(13, 19), table ? foot : foot + 5, nearWidth, 45,
            Hold::Stands);
    }

    void arrangeThird(Entity &entity, double foot, double side)
    {
        const Link &link = m_scene.links[1];
        if (link.relation == Relation::Above) {
            // In the sky, over the gap; the others were kept low enough.
            put(entity, 50 - side * m_random.range(0, 6), 22, 44, 40, Hold::Flies);
        } else if (flies(entity)) {
            put(entity, 50 - side * 25, link.object == 0 ? 24 : 62, 44, 43, Hold::Flies);
        } else {
            const bool skyTaken = m_scene.links[0].relation == Relation::Above ||
                                  m_scene.links[0].relation == Relation::LeapingOver;
            put(entity, skyTaken ? 50 + side * 26 : 50 - side * 27, foot + 6, 44, 43, Hold::Stands);
        }
    }

    Scene &m_scene;
    Random &m_random;
};

} // namespace

void arrange(Scene &scene, Random &random)
{
    Arranger(scene, random).arrange();
}

QTransform placement(const Entity &entity, const QRectF &bounds)
{
    QTransform transform;
    transform.translate(entity.centre.x(), entity.centre.y());
    const double flip = entity.mirrored ? -1 : 1;
    transform.rotate(-entity.tilt * flip);
    transform.scale(entity.scale * flip, entity.scale);
    transform.translate(-bounds.center().x(), -bounds.center().y());
    return transform;
}

} // namespace moodloom::world
