// From words and reference pictures to what the denoiser sees.
//
// Rules that training follows, too:
// - text: the hidden states of `clipSkip` layers before the end, with the final norm (SD 1.x,
// built-in);
//   for models with a second text encoder the last but one of both without norm, side by side
//   (SDXL).
// - words of a weight other than 1: see WeightedText.
// - texts of regions: encoded like the prompt, for the positive half alone; they have no part in
//   the pooled text, which reaches the whole picture.
// - pooled text (text_time, text_image): the projected text embedding where the encoder has a
//   projection, else the pooled state.
// - references: every adapter turns each picture into tokens; weights and regions act inside one
//   joint attention for each role (nn::ReferenceMixing::Joint). Content acts at all sites, style
//   and layout at their own alone (nn::roleScales()).
// - pooled references (text_image): pooledReferences() of the content references; zeros without
//   any. That vector reaches every block of the U-Net, which is what a role is there to prevent, so
//   references of other roles have no part in it.
#pragma once

#include "core/base/Coverage.h"
#include "core/models/Pipeline.h"
#include "core/models/WeightedText.h"
#include "core/nn/SiteScales.h"

#include <string>
#include <vector>

namespace moodloom::models {

// In parts of the picture, 0..1. Empty (no width or height): everywhere.
struct Region
{
    double x = 0, y = 0, width = 0, height = 0;
    bool everywhere() const { return width <= 0 || height <= 0; }
    double coverage() const; // the share of the picture that it covers, 0..1
};

struct ReferencePicture
{
    RgbView picture;
    double weight = 1; // 0 = as if it were not there
    Region region;
    nn::ReferenceRole role = nn::ReferenceRole::Content;
    // The part of the run in which it acts, in shares of it; see PhasedDenoiser.
    double from = 0, to = 1;
    // Of the convex shape in which it acts, whose bounds are the region; see shapeCoverage().
    // Empty: in all of the region.
    std::vector<Corner> corners{};
};

// A text that acts in a part of the picture; see nn::RegionalText.
struct RegionText
{
    WeightedText text;
    double weight = 1;           // 0 = as if it were not there
    std::vector<Corner> corners; // of the shape that it acts in; see shapeCoverage()
    double from = 0, to = 1;     // the part of the run that it acts in, as of references
};

struct ConditioningRequest
{
    WeightedText prompt, negativePrompt;
    std::vector<RegionText> texts; // from the back to the front
    int clipSkip = 0; // layers of the text encoder left out, for the prompt and the texts
    std::vector<ReferencePicture> references; // from the back to the front, where layered
    // What lies over another reference of its role takes that one's place there, as far as it acts:
    // by its share and its weight up to 1. References that act everywhere lie on no place and cover
    // nothing. Not layered: all act where they overlap.
    bool layered = false;
    int width = 512, height = 512; // of the picture, in pixels
    bool guided = true;            // also encode the negative half
};

struct Conditioning
{
    nn::PreparedConditioning
        prepared; // batch: the negative half first where guided, then the positive
    bool guided = true;
    int droppedTokens = 0, droppedNegativeTokens = 0; // did not fit into the text encoder
};

// With every reference and text of the request acting, whatever part of the run it is for.
// Errors: Invalid (clipSkip; a reference with a model that takes none), Cancelled.
Result<Conditioning> encodeConditioning(const Pipeline &pipeline,
                                        const ConditioningRequest &request,
                                        std::stop_token stop = {});

// Texts and pictures seen once, from which conditionings with some of them are made.
// Belongs to the thread that paints; the pipeline must outlive it, the pictures need not.
class ConditioningEncoder
{
public:
    // Errors: as encodeConditioning().
    static Result<ConditioningEncoder>
    make(const Pipeline &pipeline, const ConditioningRequest &request, std::stop_token stop = {});
    ConditioningEncoder(ConditioningEncoder &&) noexcept;
    ConditioningEncoder &operator=(ConditioningEncoder &&) noexcept;
    ~ConditioningEncoder();

    // As if those references and texts of regions, by their numbers, were all there are.
    Conditioning with(const std::vector<size_t> &references,
                      const std::vector<size_t> &texts) const;

private:
    ConditioningEncoder();
    struct Private;
    std::unique_ptr<Private> d;
};

// A text as the U-Net sees it.
struct EncodedText
{
    Tensor states; // [1,L,D]
    Tensor pooled; // [1,P]
    int dropped = 0;
};
Result<EncodedText> encodeText(const Pipeline &pipeline, const WeightedText &text,
                               int clipSkip = 0);

// The weighted mean direction of image embeddings [N,P] with weights [N] -> [1,P]: unit vectors,
// summed with their weights, divided by the larger of 1 and the sum of weights.
Tensor pooledReferences(const Tensor &imageEmbeds, const Tensor &weights);

// How much of each cell of a height x width grid the region covers -> fp32 [height,width].
Tensor regionMask(const Region &region, int64_t height, int64_t width);

} // namespace moodloom::models
