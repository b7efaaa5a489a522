// An asset in the service of a prompt, and why it is there. Plain values.
#pragma once

#include "core/library/Asset.h"
#include "core/prompt/Facet.h"
#include "core/prompt/ReferenceKind.h"

#include <QRectF>
#include <QString>
#include <QVector>

namespace moodloom::retrieval {

using moodloom::ReferenceRole;
using moodloom::ReferenceState;

// The signals that ranked it; a signal that was not used is NaN.
struct Why
{
    double textImage = qQNaN(); // cosine of text and picture embeddings
    double words = qQNaN();     // BM25 rank score of description and keywords, higher is better
    double feedback = qQNaN();  // pull of pins minus push of drops (cosines)
    double color = qQNaN();     // agreement of palette and named colours, 0..1
    double typical = qQNaN();   // likeness to what else was found for the same part (cosines)
    double fused = 0;           // what the order follows
};

struct Reference
{
    library::Asset asset;
    int facet = -1;               // index into the query's facets; -1 = the whole prompt or the user's own
    ReferenceState state = ReferenceState::Suggested;
    ReferenceRole role = ReferenceRole::Content;
    double weight = 1.0;          // 0..2; 0 equals absence
    StepRange steps;              // of the run that it acts in
    QRectF part;                  // of its own picture that is used, 0..1; empty = the whole
    QRectF region;                // inside the frame, 0..1; empty = the whole picture
    Why why;
    bool nearest = false;         // no picture shows its facet: this is merely the nearest there is
    QVector<library::AssetId> folded; // near-duplicates hidden behind it
};

} // namespace moodloom::retrieval
