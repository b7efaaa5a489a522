// Wildcards: text files, one choice a line, that a prompt names as __colour__ or __animals/birds__.
#pragma once

#include "core/prompt/Choices.h"

namespace moodloom::prompt {

// The user's own place for them: MOODLOOM_WILDCARDS, else "wildcards" in the data folder.
QString defaultWildcardFolder();

// Reads FOLDER/NAME.txt when it is asked for (blocks; any thread). UTF-8; white space around a
// line, empty lines, lines that begin with # and what follows " # " are left out; "\#" is a plain
// #. Errors: NotFound, Corrupt (no UTF-8), Invalid (no line in it; outside of the folder, by a link
// too), Unreadable.
WildcardSource wildcardsIn(const QString &folder);

// The choices of such a file.
QStringList wildcardLines(const QString &text);

} // namespace moodloom::prompt
