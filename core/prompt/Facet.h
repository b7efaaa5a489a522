// A part of a prompt that can be looked up by itself: an entity, a style, a setting.
#pragma once

#include <QString>
#include <QVector>

namespace moodloom::prompt {

enum class FacetKind { Entity, Setting, Style };

struct Facet
{
    QString text;                          // as written: 大众揽巡, "the Great Wall", "at sunset"
    FacetKind kind = FacetKind::Entity;
    int start = 0;                         // UTF-16 offset in the prompt
    int length = 0;
    double weight = 1.0;                   // attention weight, 1 = neutral
    bool excluded = false;                 // the user switched it off for retrieval
    bool operator==(const Facet &) const = default;
};

} // namespace moodloom::prompt
