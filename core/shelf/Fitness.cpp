#include "core/shelf/Fitness.h"

#include "core/base/Text.h"

#include <QCoreApplication>

#include <algorithm>

namespace moodloom::shelf {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Shelf)
};

QString gigabytes(quint64 bytes)
{
    return QStringLiteral("%1 GB").arg(double(bytes) / 1e9, 0, 'f', 1);
}

} // namespace

std::optional<QString> unusable(const ShelfEntry &entry, quint64 freeBytes)
{
    if (entry.problem) {
        Error told = *entry.problem;
        if (told.subject == entry.path.toStdString())
            told.subject = entry.title.section(QLatin1Char('/'), -1).toStdString();
        return userText(told);
    }
    const quint64 least =
        std::min({entry.memoryFull, entry.memoryFast, entry.memoryHalf}) + entry.memoryWorking;
    if (entry.isBase() && freeBytes > 0 && least > freeBytes)
        return Words::tr("It needs %1 of memory, and %2 are free: close other programs, or choose a "
                         "smaller model.")
            .arg(gigabytes(least), gigabytes(freeBytes));
    return {};
}

std::optional<QString> misfit(const ShelfEntry &addon, const ShelfEntry &base)
{
    if (addon.isBase() || addon.family.isEmpty() || base.family.isEmpty() ||
        addon.family == base.family)
        return {};
    return Words::tr("Made for %1; the chosen model is %2.").arg(addon.family, base.family);
}

} // namespace moodloom::shelf
