// Whether a text's best picture is more than the nearest there is.
//
// A cosine of text and picture means nothing by itself: it differs from encoder to encoder, from
// picture to picture (some are near to every text), and the best of many pictures is near to any
// text. So a likeness is expressed in deviations of what a fixed cohort of other texts, a hundred
// things of all kinds in both languages, scores at the same picture (T-norm; Auckenthaler, Carey,
// Lloyd-Thomas 2000). What the best picture for an absent thing reaches is learnt from the cohort
// itself, each text against the others over the whole library: most of these things are in no
// library. So the limit fits the library, its size and its encoder.
//
//   limit = median + 1.75 * (median - lower quartile)  of the cohort's own best pictures
//
// The lower half alone, because a large library does show some of the cohort. Measured with the
// built-in encoder on 400 pictures of the sample library, by pictures alone, without their words:
//
//                                      kept                        turned down
//                                      names    synonyms           50 absent things
//   English                            0.96     0.95               0.92
//   Chinese                            0.96     0.88               0.72
//
// A limit for the cosine itself that keeps as many turns down 0.17, and the deviation of the best
// picture from the library's mean 0.2. With a cohort half as large the limit is as good, with a
// quarter it turns down a tenth less; of 2000 pictures, other limits (3.8 deviations, not 3.4) do as
// well. Words of the pictures are asked before (ThingWords.h): with both, no name and no synonym is lost
// among 300 described pictures, and of the absent things 0.90 (English) and 0.62 (Chinese) are turned
// down (tests/retrieval/LackingTest.cpp).
//
// A value; score() is thread-safe. Internal to the module.
#pragma once

#include "core/image/Embedder.h"
#include "core/retrieval/VectorIndex.h"

#include <span>
#include <stop_token>
#include <vector>

namespace moodloom::retrieval {

class Cohort
{
public:
    // Encodes the cohort's texts: a hundred. Errors: Cancelled, the embedder's.
    static Result<Cohort> make(image::Embedder &embedder, std::stop_token stop = {});

    // Learns the limit of a library. Errors: the index's.
    Result<void> measure(const VectorIndex &index);

    // Deviations of the likeness of the two embeddings (of unit length); NaN where the cohort tells
    // nothing apart.
    double score(std::span<const float> text, std::span<const float> picture) const;
    // From here on a picture shows what was asked for; NaN before measure() and without pictures.
    double limit() const { return m_limit; }

private:
    double score(double likeness, std::span<const double> cohort, qsizetype without) const;
    std::vector<double> cosines(std::span<const float> picture) const;

    int m_dimension = 0;
    std::vector<float> m_texts; // [texts, dimension]
    double m_limit;
};

} // namespace moodloom::retrieval
