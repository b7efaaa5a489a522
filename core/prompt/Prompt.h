// What the user wrote, and what became of it. A plain value.
#pragma once

#include "core/prompt/Emphasis.h"
#include "core/prompt/Facet.h"

#include <QString>
#include <QVector>

namespace moodloom::prompt {

struct Prompt
{
    QString raw;            // as typed; the facets' offsets count in it
    QString clean;          // without attention marks: what the text encoders read
    QVector<Emphasis> emphasis; // of `clean`: what counts more or less for the painter
    QVector<Facet> facets;  // in the order of the text, never overlapping
    bool operator==(const Prompt &) const = default;
};

} // namespace moodloom::prompt
