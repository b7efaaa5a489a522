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
//   limit = median + 1.95 * (median - lower quartile)  of the cohort's own best pictures
//
// The lower half alone, because a large library does show some of the cohort. Measured with the
// built-in encoder on 300 pictures of the sample library (tests/retrieval/LackingTest.cpp):
//
//                                    kinds that are there,   42 absent things turned down
//                                    turned down             English    Chinese
//   by pictures alone                0.06                    0.98       0.64
//   words asked before (ThingWords)  0 (synonyms, too)       0.93       0.64
//
// With the factor 1.75 it is 0.06, 0.98 and 0.55, with 2.1 0.10, 0.98 and 0.67. Measured with an encoder
// before: a limit for the cosine itself that keeps as many turns down 0.17, and the deviation of the best
// picture from the library's mean 0.2; a cohort half as large is as good, one of a quarter turns
// down a tenth less; on 2000 pictures, which have other limits (3.8 deviations, not 3.4), it is the same.
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
