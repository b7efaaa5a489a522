// Which part of a picture shows the thing that it was found for: its company misleads a painter who
// only sees that there is a cat and a robot, and not which of them was asked for.
//
// Squares of two sizes are compared with the words by the encoder that searches, as in region-based
// retrieval with CLIP (Zhong et al., RegionCLIP, 2022), without anything being trained for it.
#pragma once

#include "core/image/Embedder.h"
#include "core/retrieval/NameMatch.h"

#include <QRectF>
#include <QStringList>

#include <optional>

namespace moodloom::retrieval {

struct FocusWords
{
    QString facet;      // what was asked for
    QString own;        // what the picture's description says of it alone; empty = nothing
    QStringList others; // what it says of everything else
};

// The shortest sentence of the description that has the facet's name, and those without it.
FocusWords focusWords(const QString &facet, const QString &description, const NameMatch &name);

// In 0..1 of the picture; empty where the whole shows the thing as well as any part does. Costs the
// encoding of up to 19 squares. Errors: the embedder's, Cancelled.
Result<QRectF> focusOn(const QImage &picture, const FocusWords &words, image::Embedder &embedder,
                       std::stop_token stop = {});

} // namespace moodloom::retrieval
