#include "core/world/Compose.h"

#include "core/world/Designs.h"
#include "core/world/Draw.h"

#include <algorithm>

namespace moodloom::world {
namespace {

// A thing can be told from what is behind it from this distance of colours on.
constexpr double enoughContrast = 105;

Habitat habitatOf(const Entity &entity) { return familyInfo(entity.design.family).habitat; }

class Composer
{
public:
    Composer(uint64_t seed, const ComposeOptions &options) : m_random(derivedSeed(seed, 11)), m_options(options)
    {
        m_scene.seed = seed;
    }

    Scene compose()
    {
        chooseSetting();
        chooseThings();
        chooseStyle();
        chooseLinks();
        arrange();
        for (Entity &entity : m_scene.entities)
            entity.rim = contrast(entity.design) < enoughContrast;
        return std::move(m_scene);
    }

private:
    void chooseSetting()
    {
        if (m_options.setting) {
            m_scene.setting = *m_options.setting;
            return;
        }
        // How well the given things fit there: possible is not yet usual.
        const auto fit = [&](Place place) {
            double weight = 1;
            for (const Design &design : m_options.designs) {
                const Habitat habitat = familyInfo(design.family).habitat;
                const Ground ground = groundOf(place);
                const bool odd = (ground == Ground::Water && (habitat == Habitat::Land || habitat == Habitat::Undersea))
                    || (ground != Ground::Floor && habitat == Habitat::Table);
                weight *= !belongsIn(design.family, place) ? 0 : odd ? 0.3 : 1;
            }
            return weight;
        };
        // Places first, so that each is seen equally often whatever its times.
        constexpr double weights[placeCount] = {1.6, 1.5, 0.9, 1, 1.1, 1.1, 1.2, 1, 1.1, 1, 0.8, 0.9, 0.7, 1.0};
        double allowed[placeCount];
        double sum = 0;
        for (int i = 0; i < placeCount; ++i)
            sum += allowed[i] = weights[i] * fit(Place(i));
        if (sum > 0)
            m_scene.setting.place = Place(m_random.weighted(allowed));
        constexpr double times[timeCount] = {0.46, 0.27, 0.27};
        m_scene.setting.time = hasTimes(m_scene.setting.place) ? TimeOfDay(m_random.weighted(times)) : TimeOfDay::Day;
    }

    Family chooseFamily()
    {
        double weights[familyCount];
        for (int i = 0; i < familyCount; ++i)
            weights[i] = belongsIn(Family(i), m_scene.setting.place) ? 1 : 0;
        // Water and air would otherwise be full of land things.
        if (groundOf(m_scene.setting.place) == Ground::Water)
            for (int i = 0; i < familyCount; ++i) {
                const Habitat habitat = familyInfo(Family(i)).habitat;
                weights[i] *= habitat == Habitat::Water ? 9 : habitat == Habitat::Land ? 0.35 : habitat == Habitat::Undersea ? 1.5 : 1;
            }
        if (groundOf(m_scene.setting.place) == Ground::Undersea)
            weights[size_t(Family::Fish)] = 5;
        if (groundOf(m_scene.setting.place) == Ground::Floor)
            for (Family family : {Family::Cup, Family::Lamp})
                weights[size_t(family)] = 3.5;
        return Family(m_random.weighted(weights));
    }

    // Two of a kind are seldom wanted: their looks would have to be told apart. And a fish out of
    // the water can only leap over what is on it.
    bool goodCompany(Family family, const std::vector<Entity> &others) const
    {
        const auto swims = [](Family which) { return familyInfo(which).habitat == Habitat::Undersea; };
        if (others.back().design.family == family)
            return false;
        if (groundOf(m_scene.setting.place) != Ground::Water)
            return true;
        return !swims(family) && !(swims(others[0].design.family) && familyInfo(family).habitat == Habitat::Air);
    }

    Design chooseDesign(Family family)
    {
        if (m_random.chance(m_options.namedShare)) {
            const auto indices = designsOf(family);
            // The two real names are asked for more often than the invented ones.
            const bool famous = (family == Family::Suv || family == Family::Wall) && m_random.chance(0.25);
            for (;;) {
                const int index = famous ? indices[0] : m_random.pick(indices);
                if (m_options.heldOut || !namedDesign(index).heldOut)
                    return namedDesign(index).design;
            }
        }
        Design best = freshDesign(m_random, family);
        for (int attempt = 0; attempt < 3 && contrast(best) < enoughContrast; ++attempt) {
            const Design other = freshDesign(m_random, family);
            if (contrast(other) > contrast(best))
                best = other;
        }
        return best;
    }

    double contrast(const Design &design) const
    {
        const SettingColours colours = coloursOf(m_scene.setting);
        const QColor main = colourOf(design.main);
        const double sky = std::min(colourDistance(main, colours.skyBottom), colourDistance(main, mixed(colours.skyTop, colours.skyBottom, 0.5)));
        const Habitat habitat = familyInfo(design.family).habitat;
        if (habitat == Habitat::Air || habitat == Habitat::Undersea)
            return sky;
        return std::min({sky, colourDistance(main, colours.ground), colourDistance(main, colours.groundFar)});
    }

    void chooseThings()
    {
        int count = m_options.count > 0 ? m_options.count : int(m_options.designs.size());
        if (count == 0)
            count = 1 + m_random.weighted(m_options.countWeights);
        for (int i = 0; i < count; ++i) {
            Entity entity;
            if (i < int(m_options.designs.size())) {
                entity.design = m_options.designs[size_t(i)];
            } else {
                Family family = chooseFamily();
                for (int attempt = 0; attempt < 8 && i > 0 && !goodCompany(family, m_scene.entities); ++attempt)
                    family = chooseFamily();
                entity.design = chooseDesign(family);
            }
            entity.mirrored = m_random.chance(0.5);
            m_scene.entities.push_back(entity);
        }
    }

    void chooseStyle()
    {
        constexpr double weights[styleCount] = {0.5, 0.1, 0.1, 0.1, 0.1, 0.1};
        m_scene.style = Style(m_random.weighted(weights));
        if (m_options.style)
            m_scene.style = *m_options.style;
    }

    // Whether `subject` can be in that relation to `object` here.
    bool possible(Relation relation, const Entity &subject, const Entity &object) const
    {
        const Ground ground = groundOf(m_scene.setting.place);
        const Habitat a = habitatOf(subject), b = habitatOf(object);
        const bool swims = ground == Ground::Undersea || ground == Ground::Air;
        switch (relation) {
        case Relation::LeapingOver:
            return familyInfo(subject.design.family).leaps && b != Habitat::Air && !swims;
        case Relation::Above:
            return (a == Habitat::Air && standsOrFlies(object)) || (ground == Ground::Undersea && a == Habitat::Undersea);
        case Relation::Beside:
            return swims || ((a == Habitat::Air) == (b == Habitat::Air) && standsOrFlies(subject) && standsOrFlies(object));
        case Relation::InFrontOf:
        case Relation::Behind:
            return !swims && a != Habitat::Air && b != Habitat::Air && standsOrFlies(subject) && standsOrFlies(object);
        }
        return false;
    }

    // A fish out of the water can only leap.
    bool standsOrFlies(const Entity &entity) const
    {
        return habitatOf(entity) != Habitat::Undersea || groundOf(m_scene.setting.place) == Ground::Undersea;
    }

    void chooseLinks()
    {
        auto &things = m_scene.entities;
        if (things.size() < 2)
            return;
        double weights[relationCount];
        const auto weigh = [&] {
            double sum = 0;
            for (int i = 0; i < relationCount; ++i) {
                constexpr double usual[relationCount] = {1, 1.2, 1.1, 1, 0.7};
                weights[i] = possible(Relation(i), things[0], things[1]) ? usual[i] : 0;
                if (Relation(i) == Relation::LeapingOver && familyInfo(things[1].design.family).broad)
                    weights[i] *= 2;
                sum += weights[i];
            }
            return sum;
        };
        if (m_options.relation) {
            m_scene.links.push_back({0, 1, *m_options.relation});
        } else {
            if (weigh() <= 0) {
                std::swap(things[0], things[1]);
                if (weigh() <= 0)
                    weights[int(Relation::Beside)] = 1;
            }
            m_scene.links.push_back({0, 1, Relation(m_random.weighted(weights))});
        }
        if (things.size() == 3) {
            const bool skyTaken = m_scene.links[0].relation == Relation::Above || m_scene.links[0].relation == Relation::LeapingOver;
            if (skyTaken) {
                // The third one stands beside what is below; what flies as well is beside the flyer.
                const int other = possible(Relation::Beside, things[2], things[1]) ? 1 : 0;
                m_scene.links.push_back({2, other, Relation::Beside});
            } else {
                const bool flies = possible(Relation::Above, things[2], things[1]);
                m_scene.links.push_back({2, 1, flies ? Relation::Above : Relation::Beside});
            }
        }
    }

    // Where a thing of the size `width` x `height` at most is put: x of its centre, y of its foot or
    // (where it flies) of its centre.
    void put(Entity &entity, double x, double y, double width, double height, bool flying)
    {
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
            shiftX += std::clamp(0.0, 2 - (covered.left() + shiftX), 98 - (covered.right() + shiftX));
        double top = covered.top() + shiftY;
        entity.centre += QPointF(shiftX, shiftY + (top < 2 ? 2 - top : 0));
        covered = measure();
        entity.box = QRectF(covered.x() / 100, covered.y() / 100, covered.width() / 100, covered.height() / 100) & QRectF(0, 0, 1, 1);
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

    bool broad(const Entity &entity) const
    {
        return entity.design.family == Family::Wall || entity.design.family == Family::Bridge || entity.design.family == Family::Mountain;
    }

    void leapPose(Entity &entity)
    {
        entity.leaping = true;
        entity.tilt = m_random.range(9, 18);
    }

    void arrange()
    {
        auto &things = m_scene.entities;
        const double foot = groundOf(m_scene.setting.place) == Ground::Undersea ? 93 : m_random.range(84, 90);
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
            put(a, 50 - side * 25, flies(a) ? highOr(40) : foot, wide(a, size), size, flies(a));
            put(b, 50 + side * 25, flies(b) ? highOr(46) : foot - m_random.range(0, 3), wide(b, size), size, flies(b));
            break;
        }
        case Relation::Above:
            put(a, three ? 50 + side * 18 : 50 + m_random.range(-14, 14), 25, m_random.range(45, 52), 44, true);
            below(b, three ? 50 - side * 18 : 50 + m_random.range(-10, 10), foot + 4, three);
            break;
        case Relation::LeapingOver:
            leapPose(a);
            put(a, 50 + m_random.range(-8, 8), 27, m_random.range(50, 56), 46, true);
            below(b, three ? 50 - side * 18 : 50 + m_random.range(-5, 5), foot + 5, three);
            break;
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

    double highOr(double y) { return y + m_random.range(-6, 6); }
    // Broad things look lost when they are as narrow as the others.
    double wide(const Entity &entity, double size) const { return broad(entity) ? size * 1.15 : size; }

    void arrangeAlone(Entity &entity, double foot)
    {
        const bool flying = flies(entity);
        const double size = m_random.range(54, 74);
        if (habitatOf(entity) == Habitat::Undersea && flying && groundOf(m_scene.setting.place) != Ground::Undersea)
            leapPose(entity);
        const double x = 50 + m_random.range(-12, 12);
        if (flying)
            put(entity, x, m_random.range(38, 50), size, size, true);
        else
            put(entity, x, habitatOf(entity) == Habitat::Table ? foot - 8 : foot, broad(entity) ? m_random.range(82, 95) : size, size, false);
    }

    void below(Entity &entity, double x, double foot, bool shared)
    {
        if (flies(entity)) {
            put(entity, x, 73, m_random.range(44, 50), 44, true);
            return;
        }
        const bool table = habitatOf(entity) == Habitat::Table;
        const double width = broad(entity) ? (shared ? 72 : m_random.range(86, 95)) : m_random.range(46, 56);
        put(entity, x, table ? foot - 5 : foot, width, broad(entity) ? 46 : 44, false);
    }

    void inFront(Entity &near, Entity &far, double foot, double side)
    {
        const bool table = habitatOf(near) == Habitat::Table;
        put(far, 50 - side * m_random.range(10, 15), foot - 11, broad(far) ? m_random.range(82, 95) : m_random.range(54, 62), 62, false);
        put(near, 50 + side * m_random.range(13, 19), table ? foot : foot + 5, broad(near) ? 58 : m_random.range(44, 50), 45, false);
    }

    void arrangeThird(Entity &entity, double foot, double side)
    {
        const Link &link = m_scene.links[1];
        if (link.relation == Relation::Above) {
            // In the sky, over the gap; the others were kept low enough.
            put(entity, 50 - side * m_random.range(0, 6), 22, 44, 40, true);
        } else if (flies(entity)) {
            put(entity, 50 - side * 25, link.object == 0 ? 24 : 62, 44, 43, true);
        } else {
            const bool skyTaken = m_scene.links[0].relation == Relation::Above || m_scene.links[0].relation == Relation::LeapingOver;
            put(entity, skyTaken ? 50 + side * 26 : 50 - side * 27, foot + 6, 44, 43, false);
        }
    }

    Random m_random;
    const ComposeOptions &m_options;
    Scene m_scene;
};

} // namespace

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

Scene composeScene(uint64_t seed, const ComposeOptions &options) { return Composer(seed, options).compose(); }

} // namespace moodloom::world
