#include "core/world/Compose.h"

#include "core/world/Arrange.h"
#include "core/world/Designs.h"

#include <algorithm>

namespace moodloom::world {
namespace {

// A thing can be told from what is behind it from this distance of colours on.
constexpr double enoughContrast = 105;

// Chooses who, where, when and how; Arrange.h does the rest.
class Composer
{
public:
    Composer(uint64_t seed, const ComposeOptions &options)
        : m_random(derivedSeed(seed, 11)), m_options(options)
    {
        m_scene.seed = seed;
    }

    Scene compose()
    {
        chooseSetting();
        chooseThings();
        chooseStyle();
        chooseLinks();
        arrange(m_scene, m_random);
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
                const bool odd = (ground == Ground::Water &&
                                  (habitat == Habitat::Land || habitat == Habitat::Undersea)) ||
                                 (ground != Ground::Floor && habitat == Habitat::Table);
                weight *= !belongsIn(design.family, place) ? 0 : odd ? 0.3 : 1;
            }
            return weight;
        };
        // Places first, so that each is seen equally often whatever its times.
        constexpr double weights[placeCount] = {1.6, 1.5, 0.9, 1,   1.1, 1.1, 1.2,
                                                1,   1.1, 1,   0.8, 0.9, 0.7, 1.0};
        double allowed[placeCount];
        double sum = 0;
        for (int i = 0; i < placeCount; ++i)
            sum += allowed[i] = weights[i] * fit(Place(i));
        if (sum > 0)
            m_scene.setting.place = Place(m_random.weighted(allowed));
        constexpr double times[timeCount] = {0.46, 0.27, 0.27};
        m_scene.setting.time =
            hasTimes(m_scene.setting.place) ? TimeOfDay(m_random.weighted(times)) : TimeOfDay::Day;
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
                weights[i] *= habitat == Habitat::Water      ? 9
                              : habitat == Habitat::Land     ? 0.35
                              : habitat == Habitat::Undersea ? 1.5
                                                             : 1;
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
        const auto swims = [](Family which) {
            return familyInfo(which).habitat == Habitat::Undersea;
        };
        if (others.back().design.family == family)
            return false;
        if (groundOf(m_scene.setting.place) != Ground::Water)
            return true;
        return !swims(family) &&
               !(swims(others[0].design.family) && familyInfo(family).habitat == Habitat::Air);
    }

    Design chooseDesign(Family family)
    {
        if (m_random.chance(m_options.namedShare)) {
            const auto indices = designsOf(family);
            // The two real names are asked for more often than the invented ones.
            const bool famous =
                (family == Family::Suv || family == Family::Wall) && m_random.chance(0.25);
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
        const double sky =
            std::min(colourDistance(main, colours.skyBottom),
                     colourDistance(main, mixed(colours.skyTop, colours.skyBottom, 0.5)));
        const Habitat habitat = familyInfo(design.family).habitat;
        if (habitat == Habitat::Air || habitat == Habitat::Undersea)
            return sky;
        return std::min(
            {sky, colourDistance(main, colours.ground), colourDistance(main, colours.groundFar)});
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
                for (int attempt = 0;
                     attempt < 8 && i > 0 && !goodCompany(family, m_scene.entities); ++attempt)
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
            return (a == Habitat::Air && standsOrFlies(object)) ||
                   (ground == Ground::Undersea && a == Habitat::Undersea);
        case Relation::Beside:
            return swims || ((a == Habitat::Air) == (b == Habitat::Air) && standsOrFlies(subject) &&
                             standsOrFlies(object));
        case Relation::InFrontOf:
        case Relation::Behind:
            return !swims && a != Habitat::Air && b != Habitat::Air && standsOrFlies(subject) &&
                   standsOrFlies(object);
        }
        return false;
    }

    // A fish out of the water can only leap.
    bool standsOrFlies(const Entity &entity) const
    {
        return habitatOf(entity) != Habitat::Undersea ||
               groundOf(m_scene.setting.place) == Ground::Undersea;
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
                if (Relation(i) == Relation::LeapingOver &&
                    familyInfo(things[1].design.family).broad)
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
            const bool skyTaken = m_scene.links[0].relation == Relation::Above ||
                                  m_scene.links[0].relation == Relation::LeapingOver;
            if (skyTaken) {
                // The third one stands beside what is below; what flies as well is beside the
                // flyer.
                const int other = possible(Relation::Beside, things[2], things[1]) ? 1 : 0;
                m_scene.links.push_back({2, other, Relation::Beside});
            } else {
                const bool flies = possible(Relation::Above, things[2], things[1]);
                m_scene.links.push_back({2, 1, flies ? Relation::Above : Relation::Beside});
            }
        }
    }

    Random m_random;
    const ComposeOptions &m_options;
    Scene m_scene;
};

} // namespace

Scene composeScene(uint64_t seed, const ComposeOptions &options)
{
    return Composer(seed, options).compose();
}

} // namespace moodloom::world
