#include "core/origin/TakeMatch.h"

#include "core/image/Decode.h"
#include "core/origin/Origin.h"

namespace moodloom::origin {

std::optional<TakeMatch> matchTake(const QString &path, const QVector<board::FrameTake> &takes,
                                   board::BoardStore &store)
{
    if (takes.isEmpty())
        return std::nullopt;
    const auto origin = readOrigin(path);
    if (!origin || !origin->recipe)
        return std::nullopt;
    std::optional<TakeMatch> match;
    for (const board::FrameTake &take : takes) {
        const auto recipe = generation::recipeFromJson(take.recipe);
        if (!recipe || *recipe != *origin->recipe)
            continue;
        match = TakeMatch{take.id, false};
        const auto kept = store.picture(take.hash, {}, 0).result();
        const auto now = image::decode(path);
        if (kept && now)
            match->same = kept->convertToFormat(QImage::Format_RGB888) ==
                          now->convertToFormat(QImage::Format_RGB888);
        if (match->same)
            break;
    }
    return match;
}

} // namespace moodloom::origin
