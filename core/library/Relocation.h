// A folder of pictures that moved, as a whole, with its drive or by hand: the library follows without
// losing what it knows of the pictures (keywords, embeddings, the boards' pins go by their content).
//
// Blocking; as its Library, one thread at a time.
#pragma once

#include "core/library/Library.h"

#include <stop_token>

namespace moodloom::library {

// The pictures at or below `folder` whose files are not where they were.
Result<qint64> missingBelow(Library &library, const QString &folder);

// Whether it lies `folder` itself or anywhere in it; both absolute.
bool isAtOrBelow(const QString &path, const QString &folder);

struct Relocated
{
    qint64 found = 0; // lie at the same place below the new folder, with the same content
    qint64 other = 0; // pictures of the old folder that do not: gone, changed or moved within it
};

// The library's folder `from` is `to` from now on. A picture is the same where its file has the same
// place in the folder and the same content: size and time tell, or else a digest of all its bytes.
// The others stay in the library as missing; a rescan of `to` finds those that moved within it.
// Errors: NotFound (`to` is no folder, or holds none of the pictures: nothing is changed),
// Cancelled, the library's.
Result<Relocated> relocateFolder(Library &library, const QString &from, const QString &to,
                                 std::stop_token stop = {});

} // namespace moodloom::library
