// Which parts of its prompt a take shows: facet by facet found, weak, missing.
//
// Two likenesses are looked at, of the facet's words and of pictures that show it with the take and
// with overlapping crops of it: a thing may fill only a part. A cosine means nothing by itself, so
// each is placed between what library pictures score that have nothing to do with the facet, and
// what pictures that show it score. Where an encoder cannot tell these two apart, or there are too
// few pictures to know, nothing is said.
//
// Values and pure functions of embeddings; TakeChecker.h makes the embeddings.
#pragma once

#include "core/base/Result.h"
#include "core/image/Embedder.h"

#include <QJsonObject>
#include <QRectF>
#include <QString>
#include <QStringList>
#include <QVector>

#include <vector>

namespace moodloom::generation {

enum class Shown { Found, Weak, Missing, Unchecked };

enum class WhyUnchecked {
    None,        // it was checked
    NoEncoder,   // nothing here sees pictures and words in one space
    FewPictures, // the library has too few to know what unlike is
    Indistinct,  // pictures that show it look like those that do not, to this encoder
};

// One kind of likeness, in cosines. NaN where it was not looked at.
struct ShownLikeness
{
    double value = qQNaN();      // the best crop's
    double background = qQNaN(); // mean of library pictures that have nothing to do with it
    double spread = qQNaN();     // their standard deviation
    double shown = qQNaN();      // what pictures that show it score

    // 0 = as unlike as any picture, 1 = as like as one that shows it; NaN = cannot tell.
    double place() const;
    // How many deviations lie between the two; 0 = cannot tell.
    double separation() const;
};

struct FacetCheck
{
    QString text;      // of the facet, or of the note
    bool note = false; // asked for in a part of the picture: `region`
    QRectF region;     // 0..1; empty = anywhere
    Shown shown = Shown::Unchecked;
    WhyUnchecked why = WhyUnchecked::None;
    double score = qQNaN(); // both likenesses' place(), weighed by how well they tell apart
    ShownLikeness words, pictures;
    QRectF where; // 0..1: the crop that is most like it; empty = the whole
    // For comparing; figures that were not looked at are equal.
    bool operator==(const FacetCheck &other) const;
};

struct GroundingCheck
{
    QString encoder; // image::Embedder::id(): figures of others are not comparable
    QVector<FacetCheck> facets;
    QStringList of(Shown shown) const; // their texts, in order
    bool operator==(const GroundingCheck &) const = default;
};

// From this score on a facet is found; below the other it is missing. Chosen on the picture world:
// see core/grounding/README.md.
inline constexpr double foundFrom = 0.75, missingBelow = 0.4;

// What is missing, of the prompt and of notes; where nothing is, what is weak.
QVector<FacetCheck> lackingOf(const GroundingCheck &check);

QString shownName(Shown shown); // "found": in files
QJsonObject toJson(const GroundingCheck &check);
// What cannot be read of it is left out. Nothing was checked: no facets.
GroundingCheck groundingFromJson(const QJsonObject &json);

// A picture and crops of it. The first is the whole.
struct Crops
{
    std::vector<QRectF> places; // 0..1
    std::vector<image::Embedding> embeddings;
};

// A picture that shows what is asked for.
struct Example
{
    image::Embedding embedding;   // of the part that shows it
    Crops picture;                // all of it, for what such pictures score; may be empty
    std::vector<QRectF> places{}; // only these crops of the take are compared; empty = all
};

// What is asked of a take.
struct Question
{
    QString text;
    bool note = false;
    QRectF region;             // only its crop of the take is compared; empty = all of them
    bool fillsPicture = false; // a setting or a style: only the whole is compared
    image::Embedding words;    // empty = the words say nothing
    std::vector<Example> examples;
    std::vector<size_t> related; // places in the background that have something to do with it
};

// `background`: pictures of the library, cropped like the take; fewer than fewestBackground that
// are unrelated say nothing. Embeddings of another length than the take's, or with values that are
// no numbers, are passed over.
FacetCheck checkFacet(const Question &question, const Crops &take,
                      const std::vector<Crops> &background);
inline constexpr size_t fewestBackground = 8;

} // namespace moodloom::generation
