// Scores the candidates of one facet and chooses among them.
//
// The order follows  text-image + words + colour (reciprocal rank fusion, Fusion.h)
//                    + name * NameMatch + feedback * Feedback
//                    + shows * (text-image - its mean) + typical * (typicality - its mean)
// with the weights below. The last two are for the pictures that have the name: the one that shows
// the thing clearly and alone, as most do, is a better reference than one with company. A full name
// hit counts more than all ranks together can, and is ranked in a tier of its own, so that variety
// never puts a vague picture before a named one. Internal to the module; lives as long as one
// retrieval.
#pragma once

#include "core/image/ColorNames.h"
#include "core/library/Library.h"
#include "core/prompt/Facet.h"
#include "core/prompt/Lexicon.h"
#include "core/retrieval/Look.h"
#include "core/retrieval/Reference.h"
#include "core/retrieval/VectorIndex.h"

#include <QHash>
#include <QSet>

#include <memory>
#include <optional>
#include <span>
#include <unordered_map>

namespace moodloom::retrieval {

namespace weights {
inline constexpr double textImage = 1.0;
inline constexpr double words = 1.0;
inline constexpr double colour = 0.5;
inline constexpr double name = 3.0;     // > textImage + words + colour
inline constexpr double feedback = 2.0; // of a difference of cosines, rarely above 0.3
// Of differences of cosines. Twice as much for the words as for the other pictures found what helps a
// generator best: 0.65 of the help that there is, where typicality alone found 0.40 (core/training,
// ReferenceQuestions.h; between one and four times as much made little difference).
inline constexpr double shows = 4.0;
inline constexpr double typical = 2.0;
inline constexpr double variety = 0.75; // lambda of maximal marginal relevance
} // namespace weights

// Pictures read once in a retrieval, with what is compared of them.
class PictureCache
{
public:
    PictureCache(library::Library &library, const VectorIndex *index)
        : m_library(library), m_index(index) {}

    struct Picture
    {
        library::Asset asset;
        Look look;
        QString description; // folded
        QString name;        // the words of the file's name, folded
    };
    // Null for a picture that is gone or whose file is missing. The pointer stays valid.
    Result<const Picture *> picture(library::AssetId id);

private:
    library::Library &m_library;
    const VectorIndex *m_index;
    std::unordered_map<library::AssetId, std::unique_ptr<Picture>> m_pictures;
};

struct Candidate
{
    const PictureCache::Picture *picture = nullptr;
    Why why;
    double affinity = 0; // why.fused without feedback: comparable between facets
    bool named = false;  // in the upper tier
    bool said = false;   // its words say that it shows the thing (ThingWords.h)
    QVector<library::AssetId> folded;
    library::AssetId id() const { return picture->asset.id; }
};

// What is known of a facet before pictures are read.
struct FacetSearch
{
    prompt::Facet facet;
    int index = -1;                        // in the prompt
    std::vector<float> embedding;          // of the text; empty without an encoder
    std::optional<image::NamedColor> colour; // that the text names
    QVector<Neighbour> similar;            // by text and picture, best first
    QVector<library::WordHit> words;       // best first
    QVector<library::AssetId> aroundPins;  // candidates for being like a pinned one
    std::vector<Look> pinned, dropped;     // of this facet and of the whole prompt
};

// All candidates, best first, without those in `without`. Errors: the library's.
Result<QVector<Candidate>> rank(const FacetSearch &search, const prompt::Lexicon &lexicon,
                                qint64 libraryPictures, const QSet<library::AssetId> &without,
                                PictureCache &cache);

// The signals of one picture, for those that are not ranked (pinned ones).
Why explain(const FacetSearch &search, const PictureCache::Picture &picture);

// Up to `count` of the ranked candidates: near-duplicates folded behind the better one, those of
// `hidden` (dropped) left out, those of `shown` (pinned) folded behind them (`foldedBehind`, by index
// into `shown`), the rest chosen for variety within each tier. Where pictures have the very name, at
// most a third of `count` are others.
QVector<Candidate> choose(const QVector<Candidate> &ranked, qsizetype count,
                          std::span<const Look> shown, std::span<const Look> hidden,
                          QHash<qsizetype, QVector<library::AssetId>> *foldedBehind = nullptr);

} // namespace moodloom::retrieval
