#include "app/trainer/WorldSource.h"

#include "core/world/Caption.h"
#include "core/world/Compose.h"
#include "core/world/Designs.h"

namespace moodloom {
namespace {

training::Picture pictureOf(const QImage &image)
{
    training::Picture picture;
    picture.width = image.width();
    picture.height = image.height();
    picture.rgb.resize(size_t(picture.width) * size_t(picture.height) * 3);
    uint8_t *to = picture.rgb.data();
    for (int y = 0; y < picture.height; ++y) {
        const QRgb *line = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        for (int x = 0; x < picture.width; ++x) {
            *to++ = uint8_t(qRed(line[x]));
            *to++ = uint8_t(qGreen(line[x]));
            *to++ = uint8_t(qBlue(line[x]));
        }
    }
    return picture;
}

// The same design alone, in another pose and setting, in half of the cases in any style.
QImage referenceOf(const world::Design &design, uint64_t seed, int size)
{
    world::Random random(seed);
    world::ComposeOptions options;
    options.designs = {design};
    if (random.chance(0.5))
        options.style = world::Style::Flat;
    return world::drawScene(world::composeScene(random.next(), options), size);
}

} // namespace

WorldSource::WorldSource(double one, double two, double three)
    : m_one(one), m_two(two), m_three(three)
{
}

training::TrainingScene WorldSource::scene(uint64_t seed, int size, int referenceSize) const
{
    world::ComposeOptions options;
    options.countWeights = {m_one, m_two, m_three};
    const world::Scene composed = world::composeScene(seed, options);
    const world::Captions captions = world::captionsOf(composed, seed);
    training::TrainingScene result;
    result.picture = pictureOf(world::drawScene(composed, size));
    result.captionEn = captions.en;
    result.captionZh = captions.zh;
    result.plainEn = captions.plainEn;
    result.plainZh = captions.plainZh;
    result.setting = world::settingIndex(composed.setting);
    result.style = int(composed.style);
    for (size_t i = 0; i < composed.entities.size(); ++i) {
        const world::Entity &entity = composed.entities[i];
        training::SceneEntity out;
        out.family = int(entity.design.family);
        out.design = entity.design.named;
        out.box[0] = float(entity.box.x());
        out.box[1] = float(entity.box.y());
        out.box[2] = float(entity.box.width());
        out.box[3] = float(entity.box.height());
        if (referenceSize > 0)
            out.reference = pictureOf(
                referenceOf(entity.design, world::derivedSeed(seed, 100 + i), referenceSize));
        result.entities.push_back(std::move(out));
    }
    return result;
}

std::vector<std::string> WorldSource::families() const
{
    std::vector<std::string> names;
    for (int i = 0; i < world::familyCount; ++i)
        names.emplace_back(world::familyInfo(world::Family(i)).en);
    return names;
}

std::vector<std::string> WorldSource::settings() const
{
    std::vector<std::string> names;
    for (const world::Setting &setting : world::allSettings())
        names.push_back(world::settingName(setting));
    return names;
}

std::vector<std::string> WorldSource::corpus(uint64_t seed, int count) const
{
    std::vector<std::string> texts;
    for (const world::NamedDesign &named : world::namedDesigns()) {
        texts.push_back(world::namedEn(named.design));
        texts.push_back(world::namedZh(named.design));
        if (!named.aliasZh.empty())
            texts.push_back(named.aliasZh);
    }
    for (int i = 0; i < count; ++i) {
        const uint64_t one = world::derivedSeed(seed, uint64_t(i));
        const world::Captions captions = world::captionsOf(world::composeScene(one), one);
        texts.push_back(i % 4 == 0   ? captions.en
                        : i % 4 == 1 ? captions.zh
                        : i % 4 == 2 ? captions.plainEn
                                     : captions.plainZh);
    }
    return texts;
}

} // namespace moodloom
