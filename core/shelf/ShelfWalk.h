// What may be a model below a folder, before anything is opened.
#pragma once

#include "core/shelf/ShelfFolders.h"

#include <stop_token>

namespace moodloom::shelf {

// A folder that is one model, or a file of weights.
struct Candidate
{
    QString path;
    QString title;       // relative to the shelf's folder; of a cache "ORGANISATION/NAME"
    qint64 bytes = 0;    // of all its files
    qint64 modified = 0; // the newest of them, ms since 1970
};

// Each once, however many links lead to it, in the order of titles. Folders that programs keep for
// other things (environments, outputs, states of training) are passed over; cut short by `stop`.
QVector<Candidate> candidates(const ShelfFolder &folder, std::stop_token stop = {});

// The folders below which candidates() looks, there or not: what is to be watched. Of a file that
// cannot be read: none.
QStringList modelFolders(const ShelfFolder &folder);

// Whether a file of this name may change what candidates() finds, or how it looks.
bool mayMatter(const QString &path);

// A picture of what the model paints beside a file of weights, as A1111 and ComfyUI keep it
// (NAME.preview.png, NAME.png, ...); empty where there is none.
QString previewBeside(const QString &path);

} // namespace moodloom::shelf
