#include "ui/shelf/ModelUse.h"

#include <algorithm>

namespace moodloom::ui {

using generation::PaintSettings;
using models::ModelKind;
using shelf::ShelfEntry;

bool isInUse(const PaintSettings &settings, const ShelfEntry &entry)
{
    const auto isIt = [&](const auto &used) { return used.path == entry.path; };
    const auto follows = [&](const auto &control) { return control.network == entry.path; };
    switch (entry.kind) {
    case ModelKind::Lora:
        return std::any_of(settings.loras.cbegin(), settings.loras.cend(), isIt);
    case ModelKind::IpAdapter:
        return settings.adapters.contains(entry.path);
    case ModelKind::ImageEncoder:
        return settings.imageEncoder == entry.path;
    case ModelKind::ControlNet:
        return std::any_of(settings.controls.cbegin(), settings.controls.cend(), follows);
    default:
        return entry.isBase() && settings.model == entry.path;
    }
}

std::optional<PaintSettings> switched(PaintSettings settings, const ShelfEntry &entry)
{
    const QString &path = entry.path;
    const bool on = isInUse(settings, entry);
    switch (entry.kind) {
    case ModelKind::Lora:
        if (on)
            settings.loras.removeIf([&](const auto &lora) { return lora.path == path; });
        else
            settings.loras.append({path, 1});
        return settings;
    case ModelKind::IpAdapter:
        if (on)
            settings.adapters.removeAll(path);
        else
            settings.adapters.append(path);
        return settings;
    case ModelKind::ImageEncoder:
        settings.imageEncoder = on ? QString() : path;
        return settings;
    case ModelKind::ControlNet:
        if (!on)
            return std::nullopt;
        settings.controls.removeIf([&](const auto &control) { return control.network == path; });
        return settings;
    default:
        return std::nullopt;
    }
}

double scaleOf(const PaintSettings &settings, const ShelfEntry &entry)
{
    for (const generation::RecipeLora &lora : settings.loras)
        if (lora.path == entry.path)
            return lora.scale;
    return 1;
}

} // namespace moodloom::ui
