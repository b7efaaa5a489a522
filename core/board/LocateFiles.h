// Files of pictures that moved: one was shown by hand, the others lie beside it as they did before.
//
// Blocking, pure functions of the disk; any thread.
#pragma once

#include "core/base/Result.h"

#include <QHash>
#include <QString>
#include <QVector>

#include <stop_token>

namespace moodloom::board {

// A picture by its content, and the file that it had.
struct LinkedFile
{
    QString hash, path;
};

// Where the files are now, by hash: `chosen` is `file`; of `others`, those whose file is not where it
// was, and that lie as far from `file` as they lay from the chosen one, with the same content. What
// the two places have in common at their ends moved as a whole: from /drive/a/1.png to /disk/a/1.png,
// /drive/b/2.png is /disk/b/2.png. Errors: NotFound, Invalid (`file` is another picture), Cancelled.
Result<QHash<QString, QString>> locateFiles(const LinkedFile &chosen, const QString &file,
                                            const QVector<LinkedFile> &others,
                                            std::stop_token stop = {});

} // namespace moodloom::board
