// Where training pictures come from. No Qt: the picture world implements this from outside, and a
// machine without Qt reads the same scenes from shard files.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace moodloom::training {

struct Picture
{
    int width = 0;
    int height = 0;
    std::vector<uint8_t> rgb; // height x width x 3, row-major, sRGB
};

// One thing in a scene, with the exact truth.
struct SceneEntity
{
    int family = -1;      // index into SceneSource::families()
    int64_t design = -1;  // index of a named design, or -1 for a fresh random one
    float box[4] = {};    // x, y, width, height in 0..1 of the picture
    Picture reference;    // the same design drawn again: other pose, size, setting (empty if not asked for)
};

struct TrainingScene
{
    Picture picture;
    std::vector<SceneEntity> entities; // one to three
    std::string captionEn, captionZh;  // full: names, looks, relation, setting, style
    std::string plainEn, plainZh;      // without appearance words: the look can only come from references
    int setting = -1;                  // index into SceneSource::settings()
    int style = -1;
};

// One thing to paint, and pictures that may be shown for it: which of them helps?
struct ReferenceQuestion
{
    struct Candidate
    {
        Picture picture; // a part of a library's picture, or the whole of it
        bool sameDesign = false, sameFamily = false;
    };
    Picture target;
    std::string plainEn, plainZh; // the target's caption, without appearance words
    std::string kindEn, kindZh;   // the thing alone as a prompt names it: "a Talagon SUV", "SUV"
    std::string lookEn, lookZh;   // and as a description tells it: "a red SUV with white stripes"
    std::vector<Candidate> candidates; // questionCandidates of them
};
inline constexpr int questionCandidates = 8;

// Captions of one scene in one of the languages, nothing of looks; and one of another scene.
struct NameCaptions
{
    std::string bare;  // "a sports car in the desert"
    std::string named; // with a name that no such thing has: "a Baron sports car in the desert"
    std::string known; // any other one: of known names, of looks, or of things that are never drawn
    // The name is that of a known thing of another kind. What stands at the name itself is then not
    // for this caption to say: there it is not known yet what follows.
    bool borrowed = false;
};

class SceneSource
{
public:
    virtual ~SceneSource() = default;
    // Deterministic in (seed, size). Thread-safe: called from several drawing threads at once.
    // Never shows a held-out design. referenceSize 0 = no references.
    virtual TrainingScene scene(uint64_t seed, int size, int referenceSize) const = 0;
    // The same promises. Candidates have `referenceSize`.
    virtual ReferenceQuestion question(uint64_t seed, int size, int referenceSize) const = 0;
    // Thread-safe; deterministic. `heldOut`: with names that are kept to measure with, and never given
    // otherwise: those of the held-out designs.
    virtual NameCaptions nameCaptions(uint64_t seed, bool heldOut) const = 0;
    virtual std::vector<std::string> families() const = 0;
    virtual std::vector<std::string> settings() const = 0;
    // Every text the tokenizer should learn from: captions and names in both languages.
    virtual std::vector<std::string> corpus(uint64_t seed, int count) const = 0;
};

} // namespace moodloom::training
