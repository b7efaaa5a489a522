// The picture world as a source of training scenes.
//
// Thread-safe: every call draws with state of its own. Never shows a held-out design, neither in a
// scene nor as a reference.
#pragma once

#include "core/training/SceneSource.h"

namespace moodloom {

class WorldSource : public training::SceneSource
{
public:
    // Shares of scenes with one, two and three things.
    explicit WorldSource(double one = 0.55, double two = 0.32, double three = 0.13);

    training::TrainingScene scene(uint64_t seed, int size, int referenceSize) const override;
    training::ReferenceQuestion question(uint64_t seed, int size, int referenceSize) const override;
    training::NameCaptions nameCaptions(uint64_t seed, bool heldOut) const override;
    std::vector<std::string> families() const override;
    // "meadow by day", "desert at sunset", ...
    std::vector<std::string> settings() const override;
    // The names of all designs (held-out ones too: a name alone shows nothing), then `count`
    // captions of scenes, English and Chinese in turn.
    std::vector<std::string> corpus(uint64_t seed, int count) const override;

private:
    const double m_one, m_two, m_three;
};

} // namespace moodloom
