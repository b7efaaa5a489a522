#include "core/shelf/Fitness.h"

#include "core/base/Text.h"

#include <QCoreApplication>

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
    const quint64 least = entry.memoryLeast;
    if (entry.isBase() && freeBytes > 0 && least > freeBytes)
        return Words::tr("It needs %1 of memory, and %2 are free: close other programs, or choose a "
                         "smaller model.")
            .arg(gigabytes(least), gigabytes(freeBytes));
    return {};
}

std::optional<QString> unneeded(const ShelfEntry &entry)
{
    using models::ModelKind;
    switch (entry.kind) {
    case ModelKind::StableDiffusion:
    case ModelKind::StableDiffusionXl:
    case ModelKind::Lora:
    case ModelKind::ControlNet:
    case ModelKind::IpAdapter:
    case ModelKind::ImageEncoder:
        return {};
    case ModelKind::Embedding:
        return Words::tr("Moodloom does not use textual inversions yet.");
    case ModelKind::Other:
        return Words::tr("Moodloom does not know this kind of model.");
    case ModelKind::Clip:
    case ModelKind::UNet:
    case ModelKind::Vae:
    case ModelKind::TextEncoder:
    case ModelKind::TinyAutoencoder:
        break;
    }
    return Words::tr("A part of a model: it is used from within a model's folder, not by itself.");
}

std::optional<QString> misfit(const ShelfEntry &addon, const ShelfEntry &base)
{
    if (addon.isBase() || addon.family.isEmpty() || addon.family == base.family)
        return {};
    // Models of sizes of their own, as the built-in one, are of no family.
    if (base.family.isEmpty())
        return base.isBase() && !base.problem
                   ? std::optional(Words::tr("Made for %1; the chosen model is of another kind.")
                                       .arg(addon.family))
                   : std::nullopt;
    return Words::tr("Made for %1; the chosen model is %2.").arg(addon.family, base.family);
}

} // namespace moodloom::shelf
