// Says what a picture of one thing shows: the oracle of the grounding benchmark.
//
// The world knows how to draw every design, so the judge learns from drawings made on the spot, by
// hand-made features and Gaussian classifiers; no network, and nothing of the generator's encoders,
// takes part. It is not infallible: the benchmark states its accuracy on fresh drawings beside
// whatever it judged. The same options give the same verdicts on every machine with the same Qt.
//
// Not thread-safe while prepare() runs; const functions are.
#pragma once

#include "core/base/Result.h"
#include "core/grounding/ThingFeatures.h"
#include "core/world/Design.h"
#include "core/world/Scene.h"

#include <array>
#include <functional>
#include <map>
#include <stop_token>

namespace moodloom::grounding {

struct JudgeOptions
{
    int scenes = 2600;          // drawn to learn settings, families, colours and patterns
    int drawingsPerDesign = 28; // drawn to learn the twenty designs of a family
    uint64_t seed = 0x0a11ce;   // scenes that are judged must come from other seeds
};

struct Verdict
{
    world::Setting setting;
    world::Family family = world::Family::Suv;
    world::Hue main = world::Hue::Red;
    world::Hue second = world::Hue::Red; // of the pattern, if there is one
    world::Pattern pattern = world::Pattern::Plain;
    QRectF box; // of the thing, 0..1
};

struct Identification
{
    int design = -1;            // index into world::namedDesigns()
    std::vector<double> scores; // log-likelihoods, in the order of world::designsOf(family)
};

class Judge
{
public:
    // Called from several threads, one at a time.
    using Progress = std::function<void(int done, int total)>;
    // Draws single things in flat pictures, which is what prompts without a style ask for, and
    // learns. Errors: Cancelled.
    static Result<Judge> make(const JudgeOptions &options = {}, const Progress &progress = {},
                              std::stop_token stop = {});

    Verdict judge(const QImage &picture) const;

    // Learns the twenty designs of a family, once. Errors: Cancelled.
    Result<void> prepare(world::Family family, std::stop_token stop = {});
    // Which of the family's twenty named designs it is. Requires: prepare(family) has succeeded.
    Identification identify(const QImage &picture, world::Family family) const;

    const ThingFinder &finder() const { return m_finder; }
    // The setting that a picture of judgedSide shows, as an index into world::allSettings().
    int settingOf(const LabPicture &picture) const;

private:
    struct Seen
    {
        LabPicture picture;
        Thing thing;
    };
    Seen look(const QImage &picture) const;
    struct Hues
    {
        world::Hue main = world::Hue::Red, second = world::Hue::Red;
    };

    JudgeOptions m_options;
    ThingFinder m_finder;
    Hues huesOf(const LabPicture &picture, const Thing &thing, world::Family family) const;
    Features centred(Features pattern, world::Family family) const;

    GaussianClassifier m_setting, m_family, m_pattern;
    std::vector<GaussianClassifier> m_hues; // by family: is a colour the main, the second, neither?
    std::vector<Features> m_patternMeans;   // by family
    std::map<world::Family, GaussianClassifier> m_designs;
};

} // namespace moodloom::grounding
