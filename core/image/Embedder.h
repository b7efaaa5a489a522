// What turns pictures and words into vectors of one space.
//
// An interface at this low level so that the library (which stores embeddings) and retrieval (which
// compares them) need not know networks. Not thread-safe: used from one Worker at a time.
#pragma once

#include "core/base/Result.h"

#include <QImage>
#include <QString>
#include <QStringList>

#include <span>
#include <stop_token>
#include <vector>

namespace moodloom::image {

using Embedding = std::vector<float>; // L2-normalised, `dimension()` long

class Embedder
{
public:
    virtual ~Embedder() = default;
    // Names the weights (a digest), so that stored embeddings of another model are not compared.
    virtual QString id() const = 0;
    virtual int dimension() const = 0;
    // One embedding a picture. Pictures may have any size and format. Errors: Cancelled,
    // OutOfMemory.
    virtual Result<std::vector<Embedding>> embedImages(std::span<const QImage> images,
                                                       std::stop_token stop = {}) = 0;
    virtual Result<Embedding> embedText(const QString &text) = 0;
    // One embedding a text; many at once are quicker than one by one. Errors: as above.
    virtual Result<std::vector<Embedding>> embedTexts(const QStringList &texts,
                                                      std::stop_token stop = {})
    {
        std::vector<Embedding> rows;
        for (const QString &text : texts) {
            if (stop.stop_requested())
                return cancelled();
            auto row = embedText(text);
            if (!row)
                return fail(row.error());
            rows.push_back(std::move(*row));
        }
        return rows;
    }
};

} // namespace moodloom::image
