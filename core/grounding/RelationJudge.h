// Says how two things of a prompt stand to one another in a picture.
//
// Made for one pair of designs in one setting: it draws them in every relation that is possible
// there and learns to tell these drawings apart. Const use is thread-safe.
#pragma once

#include "core/grounding/Judge.h"

#include <vector>

namespace moodloom::grounding {

class RelationJudge
{
public:
    // Requires: a scene of two things; `judge` outlives this. Errors: Cancelled.
    static Result<RelationJudge> make(const Judge &judge, const world::Scene &scene, uint64_t seed,
                                      std::stop_token stop = {});

    // The relation of the first thing to the second.
    world::Relation judge(const QImage &picture) const;

    // In which relations the two things of the scene can be in its setting; its own among them.
    static std::vector<world::Relation> possible(const world::Scene &scene);

    // The same things in the same setting and relation, placed by another seed.
    static world::Scene again(const world::Scene &scene, world::Relation relation, uint64_t seed);

private:
    const Judge *m_judge = nullptr;
    std::vector<world::Relation> m_possible;
    GaussianClassifier m_classifier;
};

} // namespace moodloom::grounding
