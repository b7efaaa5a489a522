#include "app/trainer/WorldSource.h"

#include "core/world/Caption.h"
#include "core/world/Compose.h"
#include "core/world/Designs.h"
#include "core/world/Names.h"

#include <algorithm>
#include <cmath>
#include <numeric>

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

// What a library has of a design: in any style and company, as SampleLibrary makes it. `where`
// becomes the middle of the thing.
QImage libraryPicture(const world::Design &design, world::Random &random, int size, QPointF *where)
{
    world::ComposeOptions options;
    options.designs = {design};
    constexpr double counts[] = {0.45, 0.35, 0.2}; // company is what a search has to learn about
    options.count = 1 + random.weighted(counts);
    const world::Scene scene = world::composeScene(random.next(), options);
    const auto own =
        std::find_if(scene.entities.begin(), scene.entities.end(),
                     [&](const world::Entity &entity) { return entity.design == design; });
    *where = own == scene.entities.end() ? QPointF(0.5, 0.5) : own->box.center();
    return world::drawScene(scene, size);
}

// A square of `share` of a square picture's side, as near to `middle` as the edge allows.
QImage window(const QImage &picture, double share, const QPointF &middle)
{
    const double from = std::max(0.0, 1 - share);
    const double x = std::clamp(middle.x() - share / 2, 0.0, from);
    const double y = std::clamp(middle.y() - share / 2, 0.0, from);
    const int side = int(std::lround(share * picture.width()));
    return picture.copy(int(x * picture.width()), int(y * picture.width()), side, side);
}

// As searching and focusing see pictures: wholes, squares around the thing, and squares anywhere.
training::Picture candidatePicture(const world::Design &design, world::Random &random, int size)
{
    QPointF middle;
    QImage picture = libraryPicture(design, random, 3 * size / 2, &middle);
    const double kind = random.unit();
    const double share = random.chance(0.5) ? 0.65 : 0.5;
    if (kind > 0.4) {
        if (kind > 0.8)
            middle = {random.unit(), random.unit()};
        else
            middle += QPointF(random.unit() - 0.5, random.unit() - 0.5) * 0.25;
        picture = window(picture, share, middle);
    }
    return pictureOf(picture.scaled(size, size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                         .convertToFormat(QImage::Format_RGB32));
}

world::Design anyDesign(world::Random &random, world::Family family)
{
    if (random.chance(0.75))
        return world::freshDesign(random, family);
    const auto all = world::designsOf(family);
    std::vector<int> known(all.begin(), all.end());
    std::erase_if(known, [](int index) { return world::namedDesign(index).heldOut; });
    return world::namedDesign(random.pick(known)).design;
}

bool hasInventedName(const std::string &caption, bool english)
{
    for (int i = 0; i < world::inventedNameCount(); ++i) {
        const world::Name name = world::inventedName(i);
        if (caption.find(english ? name.en : name.zh) != std::string::npos)
            return true;
    }
    return false;
}

// One in seven.
bool isReserved(const world::Name &name)
{
    return std::accumulate(name.en.begin(), name.en.end(), 0) % 7 == 0;
}

// A name that no design has. There are a few hundred like those of the designs, which can be learnt by
// heart; the odd ones say that it takes a whole known name to mean something.
world::Name strangeName(world::Random &random, bool reserved)
{
    world::Name name;
    do
        name = reserved || random.chance(0.5) ? world::unusedName(random) : world::oddName(random);
    while (isReserved(name) != reserved);
    return name;
}

// With a name before the kind of thing; empty where the caption does not say the kind as it is
// usually said.
std::string namedCaption(const std::string &bare, std::string_view kind, const std::string &name, bool english)
{
    const size_t at = bare.find(kind);
    if (at == std::string::npos)
        return {};
    std::string named = bare;
    named.insert(at, english ? name + " " : name);
    constexpr std::string_view an = "an ";
    const bool vowel = std::string_view("AEIOU").find(name.front()) != std::string_view::npos;
    if (english && !vowel && at >= an.size() && named.compare(at - an.size(), an.size(), an) == 0)
        named.erase(at - 2, 1);
    return named;
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

training::ReferenceQuestion WorldSource::question(uint64_t seed, int size, int referenceSize) const
{
    world::Random random(world::derivedSeed(seed, 300));
    const world::Design design = anyDesign(random, world::Family(random.below(world::familyCount)));
    world::ComposeOptions options;
    options.designs = {design};
    options.style = world::Style::Flat;
    const world::Scene target = world::composeScene(random.next(), options);
    const world::Captions captions = world::captionsOf(target, seed);

    training::ReferenceQuestion question;
    question.target = pictureOf(world::drawScene(target, size));
    question.plainEn = captions.plainEn;
    question.plainZh = captions.plainZh;
    const world::FamilyInfo &family = world::familyInfo(design.family);
    question.kindEn = design.named >= 0 ? world::namedEn(design) : std::string(family.en);
    question.kindZh = design.named >= 0 ? world::namedZh(design) : std::string(family.zh);
    question.lookEn = world::lookEn(design);
    question.lookZh = world::lookZh(design);
    constexpr int same = 5, kin = 2; // the rest is of any family
    for (int i = 0; i < training::questionCandidates; ++i) {
        const world::Design shown =
            i < same ? design
                     : anyDesign(random, i < same + kin
                                             ? design.family
                                             : world::Family(random.below(world::familyCount)));
        question.candidates.push_back({candidatePicture(shown, random, referenceSize),
                                       shown == design, shown.family == design.family});
    }
    return question;
}

training::NameCaptions WorldSource::nameCaptions(uint64_t seed, bool reserved) const
{
    world::Random random(world::derivedSeed(seed, 301));
    const bool english = random.chance(0.3); // the other language is the one that is misread
    training::NameCaptions result;
    while (result.named.empty()) {
        world::ComposeOptions options;
        options.countWeights = {m_one, m_two, m_three};
        options.designs = {world::freshDesign(random, world::Family(random.below(world::familyCount)))};
        const world::Scene scene = world::composeScene(random.next(), options);
        const world::Captions captions = world::captionsOf(scene, random.next());
        const world::FamilyInfo &kind = world::familyInfo(options.designs.front().family);
        const world::Name name = strangeName(random, reserved);
        result.bare = english ? captions.plainEn : captions.plainZh;
        if (hasInventedName(result.bare, english))
            continue;
        result.named = english ? namedCaption(result.bare, kind.en, name.en, true)
                               : namedCaption(result.bare, kind.zh, name.zh, false);
    }
    world::ComposeOptions other;
    other.countWeights = {m_one, m_two, m_three};
    // Half of them as prompts name things: by names that are known, and nothing else.
    const bool byName = random.chance(0.5);
    other.namedShare = byName ? 1 : 0.4;
    const world::Captions captions = world::captionsOf(world::composeScene(random.next(), other), random.next());
    result.known = random.chance(0.4) ? (byName ? captions.plainEn : captions.en)
                                      : (byName ? captions.plainZh : captions.zh);
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
