// All models below some folders, each told by what is in it.
//
// scanShelf() blocks (it reads the heads of files): call it on a Worker.
#pragma once

#include "core/base/Result.h"
#include "core/shelf/ShelfEntry.h"

#include <functional>
#include <stop_token>

namespace moodloom::shelf {

struct ScanOptions
{
    QString memory; // a file that remembers what was inspected; empty = none
    // On the calling thread, before each model that is inspected.
    std::function<void(int done, int total, const QString &title)> progress;
    // On the calling thread, each model as soon as it is known; all of them come back at the end.
    std::function<void(const ShelfEntry &entry)> found;
};

// In the order of comesBefore(). What cannot be used is there with its problem, except files of
// general kinds (.bin, .pt) that are no models. Folders may overlap: nothing is there twice. A
// memory that cannot be written is no error. Errors: Cancelled.
Result<QVector<ShelfEntry>> scanShelf(const QVector<ShelfFolder> &folders,
                                      const ScanOptions &options = {}, std::stop_token stop = {});

// Models first, then what goes with them, each kind in the order of titles.
bool comesBefore(const ShelfEntry &a, const ShelfEntry &b);

// One model wherever it is, also outside all folders: its title is its name. Blocks. What cannot be
// read is told by its problem.
ShelfEntry inspectEntry(const QString &path);

// Whether all words of `text` are in the entry's title, kind, family, variant or trigger words.
bool matches(const ShelfEntry &entry, const QString &text);

} // namespace moodloom::shelf
