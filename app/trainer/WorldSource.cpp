#include "app/trainer/WorldSource.h"

#include "core/world/Caption.h"
#include "core/world/Compose.h"
#include "core/world/Designs.h"
#include "core/world/Names.h"

#include <algorithm>
#include <cmath>
#include <iterator>

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

struct GivenName
{
    world::Name name;
    bool borrowed = false; // from a known thing of another kind
};

// The name of a held-out design of this kind.
world::Name heldOutName(world::Random &random, world::Family family)
{
    std::vector<int> heldOut;
    for (const int index : world::designsOf(family))
        if (world::namedDesign(index).heldOut)
            heldOut.push_back(index);
    return world::namedDesign(random.pick(heldOut)).name;
}

// A name that no known design of this kind has.
//
// Unused names alone do not teach that: the catalogue takes its names in an order that gives nearly
// all of those with one first syllable to designs and hardly any with another, and the first syllable
// is then all that is learnt. A known name before another kind of thing has to be read whole, with
// what follows it.
GivenName strangeName(world::Random &random, world::Family family)
{
    const double kind = random.unit();
    if (kind < 0.25)
        return {world::unusedName(random)};
    if (kind < 0.4)
        return {world::oddName(random)};
    for (;;) {
        const world::NamedDesign &other = world::namedDesign(random.below(world::designCount));
        if (!other.heldOut && !other.landmark && other.design.family != family)
            return {other.name, true};
    }
}

// Any of U+4E00 to U+9FA5, in UTF-8.
std::string hanCharacter(world::Random &random)
{
    const int code = 0x4e00 + random.below(0x9fa6 - 0x4e00);
    return {char(0xe0 | code >> 12), char(0x80 | (code >> 6 & 0x3f)), char(0x80 | (code & 0x3f))};
}

// A kind of thing alone, as a facet of a prompt says it to a search.
std::string oneThing(world::Random &random, bool english)
{
    const world::Design design = anyDesign(random, world::Family(random.below(world::familyCount)));
    const double form = random.unit();
    if (form < 0.35)
        return english ? world::lookEn(design) : world::lookZh(design);
    const world::FamilyInfo &kind = world::familyInfo(design.family);
    const bool usual = form < 0.75;
    if (english)
        return (random.chance(0.5) ? "a " : "") + std::string(usual ? kind.en : kind.synonymEn);
    return (random.chance(0.4) ? "一" + std::string(kind.measure) : std::string()) +
           std::string(usual ? kind.zh : kind.synonymZh);
}

// Nothing of these is ever drawn, and what they say to the encoder is what tells a search that a library
// lacks them: they must not come to be taken for names. In Chinese any characters may be a word.
std::string otherThing(world::Random &random, bool english)
{
    struct Words
    {
        const char *en, *zh;
    };
    static constexpr Words things[] = {
        {"a whale", "鲸鱼"},   {"an owl", "猫头鹰"},  {"a frog", "青蛙"},     {"a sheep", "绵羊"},   {"a cow", "奶牛"},
        {"a pig", "猪"},       {"a fox", "狐狸"},     {"a deer", "鹿"},       {"a wolf", "狼"},      {"a duck", "鸭子"},
        {"a bee", "蜜蜂"},     {"a mushroom", "蘑菇"}, {"a carrot", "胡萝卜"}, {"a bread", "面包"},   {"a coffee", "咖啡"},
        {"an egg", "鸡蛋"},    {"a bottle", "瓶子"},  {"a spoon", "勺子"},    {"a hammer", "锤子"},  {"a key", "钥匙"},
        {"a bed", "床"},       {"a mirror", "镜子"},  {"a door", "门"},       {"a window", "窗户"},  {"a bench", "长凳"},
        {"a pencil", "铅笔"},  {"a flag", "旗帜"},    {"a drum", "鼓"},       {"a trumpet", "小号"}, {"a football", "足球"},
        {"a tractor", "拖拉机"}, {"a train", "火车"}, {"a tank", "坦克"},     {"a crown", "王冠"},   {"a ring", "戒指"},
        {"a sword", "剑"},     {"a mask", "面具"},    {"a baby", "婴儿"},     {"a dancer", "舞者"},  {"a hand", "手"},
        {"a face", "脸"},      {"a church", "教堂"},  {"a factory", "工厂"},  {"a tent", "帐篷"},    {"a flower", "花"},
        {"a leaf", "叶子"},    {"a moon", "月亮"},    {"a star", "星星"},     {"a river", "河"},     {"a fire", "火"},
        {"a shirt", "衬衫"},   {"a box", "箱子"}};
    if (!english && random.chance(0.6)) {
        std::string word = random.chance(0.2) ? "一只" : "";
        for (int left = 1 + random.below(3); left > 0; --left)
            word += hanCharacter(random);
        return word;
    }
    const Words &words = things[random.below(int(std::size(things)))];
    return english ? words.en : words.zh;
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

training::NameCaptions WorldSource::nameCaptions(uint64_t seed, bool heldOut) const
{
    world::Random random(world::derivedSeed(seed, 301));
    const bool english = random.chance(0.3); // the other language is the one that is misread
    training::NameCaptions result;
    while (result.named.empty()) {
        const auto family = world::Family(random.below(world::familyCount));
        world::ComposeOptions options;
        // Half of them as most prompts are: one thing, somewhere.
        options.countWeights = {m_one, m_two, m_three};
        if (random.chance(0.5))
            options.count = 1;
        options.designs = {world::freshDesign(random, family)};
        const world::Scene scene = world::composeScene(random.next(), options);
        const world::Captions captions = world::captionsOf(scene, random.next());
        const world::FamilyInfo &kind = world::familyInfo(family);
        const GivenName given =
            heldOut ? GivenName{heldOutName(random, family)} : strangeName(random, family);
        result.borrowed = given.borrowed;
        result.bare = english ? captions.plainEn : captions.plainZh;
        if (hasInventedName(result.bare, english))
            continue;
        result.named = english ? namedCaption(result.bare, kind.en, given.name.en, true)
                               : namedCaption(result.bare, kind.zh, given.name.zh, false);
    }
    // What is kept: a third as searches ask, the rest as prompts are.
    const bool otherEnglish = random.chance(0.4);
    if (random.chance(0.35)) {
        result.known = random.chance(0.5) ? oneThing(random, otherEnglish) : otherThing(random, otherEnglish);
        return result;
    }
    world::ComposeOptions other;
    other.countWeights = {m_one, m_two, m_three};
    // Half of them as prompts name things: by names that are known, and nothing else.
    const bool byName = random.chance(0.5);
    other.namedShare = byName ? 1 : 0.4;
    const world::Captions captions = world::captionsOf(world::composeScene(random.next(), other), random.next());
    result.known = otherEnglish ? (byName ? captions.plainEn : captions.en)
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
