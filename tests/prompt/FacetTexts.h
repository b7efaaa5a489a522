// What a prompt's facets say, for tests.
#pragma once

#include "core/prompt/Prompt.h"

#include <QStringList>

namespace moodloom::prompt {

inline QStringList facetTexts(const Prompt &prompt)
{
    QStringList all;
    for (const Facet &facet : prompt.facets)
        all << facet.text;
    return all;
}

} // namespace moodloom::prompt
