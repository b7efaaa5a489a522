// A picture that was taken out of the library, with all that the library knew of it: enough to put it
// back as it was. A plain value.
#pragma once

#include "core/library/Asset.h"

#include <QByteArray>
#include <QHash>

namespace moodloom::library {

struct RemovedAsset
{
    Asset asset;                         // its id, too
    QStringList files;                   // the paths that hold it
    QHash<QString, QByteArray> embeddings; // by model, as they are stored
};

} // namespace moodloom::library
