// What varies along one axis of a grid of pictures, and through which values. A plain value.
#pragma once

#include <QString>
#include <QStringList>

namespace moodloom::board {

struct VariationAxis
{
    enum class Kind {
        None,
        Seed,   // values: whole numbers
        Weight, // of `reference`; values: numbers from 0 to 2
        Model,  // values: folders or files; empty = the built-in one
        Words   // of `place` in the prompt; values: its options (prompt::Choice), or a wildcard's
                // lines
    };
    Kind kind = Kind::None;
    QStringList values;
    QString reference;  // its hash; empty = all of them
    int place = 0;      // as in prompt::choicesIn()
    QStringList labels; // what stands beside the cells; as many as values, or none: the values
    bool operator==(const VariationAxis &) const = default;
};

} // namespace moodloom::board
