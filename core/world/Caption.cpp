#include "core/world/Caption.h"

#include "core/world/Designs.h"

namespace moodloom::world {
namespace {

std::string withArticle(const std::string &words)
{
    // "an SUV" is spoken with a vowel, "a one-eyed robot" and "a uniform" are not.
    const bool vowel = std::string_view("aeiouAEIOU").find(words.front()) != std::string_view::npos;
    const bool anyway = words.starts_with("SUV");
    const bool not_ = words.starts_with("one") || words.starts_with("uni");
    return ((vowel || anyway) && !not_ ? "an " : "a ") + words;
}

std::string text(std::string_view view)
{
    return std::string(view);
}
std::string hueZh(Hue hue)
{
    return text(hueInfo(hue).zh) + "色";
}
const FamilyInfo &info(const Design &design)
{
    return familyInfo(design.family);
}

// "striped" for use before a noun; empty where there is no such word.
std::string_view patternAdjective(Pattern pattern)
{
    switch (pattern) {
    case Pattern::Stripes:
        return "striped";
    case Pattern::Dots:
        return "dotted";
    case Pattern::Checks:
        return "checked";
    case Pattern::Zigzag:
        return "zigzag";
    default:
        return {};
    }
}

std::string patternEn(const Design &design)
{
    const std::string hue = text(hueInfo(design.second).en);
    if (design.pattern == Pattern::Belt)
        return withArticle(hue + " band");
    return hue + " " + text(patternWords(design.pattern).en);
}

std::string patternZh(const Design &design)
{
    return hueZh(design.second) + text(patternWords(design.pattern).zh);
}

struct Phrase // of one thing
{
    std::string en, zh;
};

class Writer
{
public:
    Writer(const Scene &scene, uint64_t wording) : m_scene(scene), m_random(derivedSeed(wording, 5))
    {
    }

    Captions write()
    {
        std::vector<Phrase> full, plain;
        for (const Entity &entity : m_scene.entities) {
            full.push_back(fullPhrase(entity.design));
            plain.push_back(plainPhrase(entity.design));
        }
        // Both captions in the same frame: they differ in the looks only.
        const uint64_t frame = m_random.next();
        Captions captions;
        const Phrase whole = framed(full, Random(frame)), bare = framed(plain, Random(frame));
        captions.en = whole.en;
        captions.zh = whole.zh;
        captions.plainEn = bare.en;
        captions.plainZh = bare.zh;
        return captions;
    }

private:
    std::string familyEn(const Design &design, double synonyms = 0.15)
    {
        return text(m_random.chance(synonyms) ? info(design).synonymEn : info(design).en);
    }
    std::string familyZh(const Design &design, double synonyms = 0.15)
    {
        return text(m_random.chance(synonyms) ? info(design).synonymZh : info(design).zh);
    }
    std::string one(const Design &design) { return "一" + text(info(design).measure); }

    Phrase fullPhrase(const Design &design)
    {
        if (design.named < 0)
            return look(design, {});
        const NamedDesign &named = namedDesign(design.named);
        const double kind = m_random.unit();
        if (kind < 0.35)
            return nameOnly(named, true);
        if (kind < 0.7)
            return look(design, &named.name);
        return look(design, {});
    }

    Phrase plainPhrase(const Design &design)
    {
        if (design.named >= 0 && m_random.chance(0.55))
            return nameOnly(namedDesign(design.named), true);
        if (design.named < 0 && m_random.chance(0.3)) {
            // A name that says nothing: then only a reference can tell the look.
            NamedDesign unknown;
            unknown.design = design;
            unknown.name = unusedName(m_random);
            return nameOnly(unknown, false);
        }
        return {withArticle(familyEn(design)),
                m_random.chance(0.6) ? one(design) + familyZh(design) : familyZh(design)};
    }

    // `alone`: the name may stand without the kind of thing, as in 揽巡飞跃长城.
    Phrase nameOnly(const NamedDesign &named, bool alone)
    {
        if (named.landmark)
            return {"the " + named.name.en, m_random.chance(0.25) ? named.aliasZh : named.name.zh};
        Phrase phrase;
        phrase.en = alone && m_random.chance(0.25)
                        ? withArticle(named.name.en)
                        : withArticle(named.name.en + " " + familyEn(named.design, 0.05));
        std::string zh =
            !named.aliasZh.empty() && m_random.chance(0.5) ? named.aliasZh : named.name.zh;
        if (!(alone && m_random.chance(0.4)))
            zh += familyZh(named.design, 0.05);
        phrase.zh = m_random.chance(0.35) ? one(named.design) + zh : zh;
        return phrase;
    }

    Phrase look(const Design &design, const Name *name)
    {
        Phrase phrase;
        const FormWords &form = info(design).forms[size_t(design.form)];
        const bool sayForm = m_random.chance(0.45);
        std::string nounEn = familyEn(design), nounZh = familyZh(design);
        if (name) {
            nounEn = name->en + " " + nounEn;
            nounZh = name->zh + nounZh;
        }
        std::string en = sayForm ? text(form.en) + " " : "";
        std::string zh = sayForm ? text(form.zh) : "";
        const std::string mainEn = text(hueInfo(design.main).en);
        const bool patterned = design.pattern != Pattern::Plain && m_random.chance(0.92);
        const std::string_view adjective = patternAdjective(design.pattern);
        if (!patterned) {
            const bool sayPlain = design.pattern == Pattern::Plain && m_random.chance(0.12);
            phrase.en = withArticle((sayPlain ? "plain " : "") + mainEn + " " + en + nounEn);
            phrase.zh = one(design) + hueZh(design.main) +
                        (sayForm || m_random.chance(0.3) ? "的" : "") + zh + nounZh;
            return phrase;
        }
        if (!adjective.empty() && m_random.chance(0.3))
            phrase.en = withArticle(text(adjective) + " " + mainEn + " and " +
                                    text(hueInfo(design.second).en) + " " + en + nounEn);
        else
            phrase.en = withArticle(mainEn + " " + en + nounEn) + " with " + patternEn(design);
        if (m_random.chance(0.5))
            phrase.zh =
                one(design) + "带" + patternZh(design) + "的" + hueZh(design.main) + zh + nounZh;
        else
            phrase.zh =
                one(design) + hueZh(design.main) + "底" + patternZh(design) + "的" + zh + nounZh;
        return phrase;
    }

    static Phrase related(const Phrase &a, const Phrase &b, Relation relation, Random &random)
    {
        const auto choose = [&](std::initializer_list<Phrase> forms) {
            return forms.begin()[random.below(int(forms.size()))];
        };
        switch (relation) {
        case Relation::Beside:
            return choose({{a.en + " beside " + b.en, a.zh + "在" + b.zh + "旁边"},
                           {a.en + " next to " + b.en, b.zh + "旁边的" + a.zh},
                           {a.en + " and " + b.en + " side by side", a.zh + "和" + b.zh + "并排"}});
        case Relation::Above:
            return choose({{a.en + " above " + b.en, a.zh + "在" + b.zh + "上方"},
                           {a.en + " flying over " + b.en, a.zh + "飞过" + b.zh},
                           {a.en + " over " + b.en, b.zh + "上空的" + a.zh}});
        case Relation::LeapingOver:
            return choose({{a.en + " leaping over " + b.en, a.zh + "飞跃" + b.zh},
                           {a.en + " jumping over " + b.en, a.zh + "跳过" + b.zh},
                           {a.en + " leaps over " + b.en, a.zh + "跃过" + b.zh}});
        case Relation::InFrontOf:
            return choose({{a.en + " in front of " + b.en, a.zh + "在" + b.zh + "前面"},
                           {a.en + " before " + b.en, b.zh + "前的" + a.zh}});
        case Relation::Behind:
            return choose({{a.en + " behind " + b.en, a.zh + "在" + b.zh + "后面"},
                           {a.en + " standing behind " + b.en, b.zh + "后面的" + a.zh}});
        }
        return a;
    }

    // The scene's sentence around the phrases of its things.
    Phrase framed(const std::vector<Phrase> &things, Random random) const
    {
        Phrase scene = things[0];
        if (things.size() > 1)
            scene = related(things[0], things[1], m_scene.links[0].relation, random);
        if (things.size() > 2) {
            const bool above = m_scene.links[1].relation == Relation::Above;
            scene.en += above                ? ", with " + things[2].en + " above them"
                        : random.chance(0.5) ? ", with " + things[2].en + " beside"
                                             : " and " + things[2].en;
            scene.zh += above                ? "，上方是" + things[2].zh
                        : random.chance(0.5) ? "，旁边是" + things[2].zh
                                             : "，还有" + things[2].zh;
        }
        const Setting &setting = m_scene.setting;
        const bool timed = hasTimes(setting.place);
        const bool sayPlace = random.chance(0.86);
        const bool sayTime =
            timed && (setting.time == TimeOfDay::Day ? random.chance(0.35) : random.chance(0.93));
        std::string whereEn = sayPlace ? text(placeInfo(setting.place).inEn) : "";
        std::string whereZh = sayPlace ? text(placeInfo(setting.place).inZh) : "";
        if (sayTime) {
            whereEn += (whereEn.empty() ? "" : " ") + text(timeInfo(setting.time).atEn);
            whereZh = text(timeInfo(setting.time).atZh) +
                      (whereZh.empty() ? "" : (random.chance(0.5) ? "的" : "")) + whereZh;
        }
        Phrase result = scene;
        const int styled =
            random.chance(m_scene.style == Style::Flat ? 0.25 : 0.9) ? random.below(3) : -1;
        if (!whereEn.empty()) {
            // "A paper cut of ..." goes on with the things, not with the place.
            const int order = random.below(styled == 1 ? 2 : 3);
            result.en = order == 0   ? scene.en + ", " + whereEn
                        : order == 1 ? scene.en + " " + whereEn
                                     : whereEn + ", " + scene.en;
            result.zh = order == 0   ? scene.zh + "，" + whereZh
                        : order == 1 ? whereZh + "，" + scene.zh
                                     : whereZh + "的" + scene.zh;
        }
        if (styled >= 0) {
            const StyleInfo &style = styleInfo(m_scene.style);
            switch (styled) {
            case 0:
                result.en += ", " + text(style.en) + " style";
                result.zh += "，" + text(style.zh) + "风格";
                break;
            case 1:
                result.en = withArticle(text(style.noun)) + " of " + result.en;
                result.zh = text(style.nounZh) + "：" + result.zh;
                break;
            default:
                result.en += ", " + text(style.noun);
                result.zh += "，" + text(style.nounZh);
                break;
            }
        }
        return result;
    }

    const Scene &m_scene;
    Random m_random;
};

} // namespace

Captions captionsOf(const Scene &scene, uint64_t wording)
{
    return Writer(scene, wording).write();
}

std::string lookEn(const Design &design)
{
    const std::string words = text(hueInfo(design.main).en) + " " + text(info(design).en);
    return withArticle(words) +
           (design.pattern == Pattern::Plain ? "" : " with " + patternEn(design));
}

std::string lookZh(const Design &design)
{
    return "一" + text(info(design).measure) +
           (design.pattern == Pattern::Plain ? "" : "带" + patternZh(design) + "的") +
           hueZh(design.main) + text(info(design).zh);
}

std::string namedEn(const Design &design)
{
    const NamedDesign &named = namedDesign(design.named);
    return named.landmark ? "the " + named.name.en
                          : withArticle(named.name.en + " " + text(info(design).en));
}

std::string namedZh(const Design &design)
{
    const NamedDesign &named = namedDesign(design.named);
    return named.landmark ? named.name.zh : named.name.zh + text(info(design).zh);
}

} // namespace moodloom::world
