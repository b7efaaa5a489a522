// What a picture tells of how it was made, held against this machine: what can be painted with here
// and what cannot.
#pragma once

#include "core/generation/Canvas.h"
#include "core/generation/PaintSettings.h"
#include "core/origin/Origin.h"
#include "core/shelf/ShelfEntry.h"

#include <functional>
#include <stop_token>

namespace moodloom::origin {

// A reference whose picture is here.
struct FoundReference
{
    generation::RecipeReference reference; // its path holds the picture
    QSize size;                            // pixels, upright
    bool operator==(const FoundReference &) const = default;
};

struct Reuse
{
    QString file; // the picture
    Origin origin;
    generation::PaintSettings settings; // those before, with what was found in their place
    bool modelIsHere = false; // the one that was used
    QVector<FoundReference> references;
    QStringList notes; // what is not taken over, or not as it was; in words for the user

    bool hasPrompt() const { return origin.prompt.has_value(); }
    bool hasSettings() const; // anything but the prompt and the seed
    bool hasSeed() const { return origin.seed.has_value(); }
};

// What matching looks around with; called on the matching thread, each may be missing.
struct Surroundings
{
    QVector<shelf::ShelfEntry> shelf;
    // A file with this content; empty = there is none.
    std::function<QString(const QString &path, const QString &hash)> picture;
    std::function<QSize(const QString &path)> sizeOf;
    std::function<std::optional<generation::Canvas>(const QString &model)> canvasOf;
    std::stop_token stop;
};

// Weights are found by their path, else by name, else by their digest among those of their kind on
// the shelf. Blocks where files must be read.
Reuse matched(const QString &file, const Origin &origin, const generation::PaintSettings &before,
              const Surroundings &around);

} // namespace moodloom::origin
