// Prompts that leave something open: {a red|a blue} car, and __animal__ for a line of animal.txt.
//
// Alternatives nest, may be empty and may hold attention marks; fullwidth ｛a｜b｝ and ＿＿ count
// as well. "\{", "\|", "\}" and "\_" are plain characters, and so is a brace without a partner.
// What is chosen depends on the seed alone. Pure functions, thread-safe; any input is fine.
#pragma once

#include "core/base/Result.h"

#include <QHash>
#include <QString>
#include <QStringList>
#include <QVector>

#include <functional>

namespace moodloom::prompt {

// One place of a prompt that is left open; those inside of another one do not count.
struct Choice
{
    int start = 0, length = 0; // in the prompt, with its marks
    QString wildcard;          // its name; empty = alternatives
    QStringList options;       // the alternatives as written, trimmed; empty for a wildcard
    bool operator==(const Choice &) const = default;
};

// In the order of the text.
QVector<Choice> choicesIn(const QString &text);

// The lines that a name stands for, at least one. See Wildcards.h.
using WildcardSource = std::function<Result<QStringList>(const QString &name)>;

// The prompt with everything chosen, attention marks and their escapes left as they are. The same
// seed chooses the same, here and on any other machine. `fixed`: for some places of choicesIn() the
// option, or the wildcard's line, that is taken whatever the seed. Errors: Invalid (nested too
// deep, a wildcard that names itself, too long), and those of the source.
Result<QString> chosen(const QString &text, quint64 seed, const WildcardSource &wildcards,
                       const QHash<int, int> &fixed = {});

// All alternatives one after another and no wildcards: what can be looked up before anything is
// chosen. A text that leaves nothing open stays as it is. `rawIndex` has one entry for each UTF-16
// unit of `text`.
struct Flattened
{
    QString text;
    QVector<int> rawIndex;
};
Flattened flattened(const QString &text);

} // namespace moodloom::prompt
