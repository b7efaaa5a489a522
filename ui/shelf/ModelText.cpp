#include "ui/shelf/ModelText.h"

#include "ui/controls/Format.h"

#include <QCoreApplication>
#include <QStringList>

namespace moodloom::ui {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ModelText)
};

} // namespace

QString kindLabel(models::ModelKind kind)
{
    using models::ModelKind;
    switch (kind) {
    case ModelKind::StableDiffusion:
    case ModelKind::StableDiffusionXl:
        return Words::tr("Model");
    case ModelKind::Clip:
        return QStringLiteral("CLIP");
    case ModelKind::UNet:
        return QStringLiteral("U-Net");
    case ModelKind::Vae:
        return QStringLiteral("VAE");
    case ModelKind::TextEncoder:
        return Words::tr("Text encoder");
    case ModelKind::ImageEncoder:
        return Words::tr("Image encoder");
    case ModelKind::Lora:
        return QStringLiteral("LoRA");
    case ModelKind::ControlNet:
        return QStringLiteral("ControlNet");
    case ModelKind::IpAdapter:
        return QStringLiteral("IP-Adapter");
    case ModelKind::TinyAutoencoder:
        return Words::tr("Preview decoder");
    case ModelKind::Embedding:
        return Words::tr("Textual inversion");
    case ModelKind::Other:
        break;
    }
    return Words::tr("Not known");
}

QString placeLabel(shelf::FolderKind kind)
{
    switch (kind) {
    case shelf::FolderKind::ComfyUi:
        return QStringLiteral("ComfyUI");
    case shelf::FolderKind::WebUi:
        return QStringLiteral("A1111, Forge");
    case shelf::FolderKind::ExtraPaths:
        return Words::tr("folders that ComfyUI names");
    case shelf::FolderKind::HuggingFaceCache:
        return Words::tr("Hugging Face's cache");
    case shelf::FolderKind::Plain:
        break;
    }
    return {};
}

QString factsText(const shelf::ShelfEntry &entry)
{
    QStringList facts{kindLabel(entry.kind)};
    if (!entry.family.isEmpty())
        facts.append(entry.family);
    if (entry.kind == models::ModelKind::IpAdapter && !entry.variant.isEmpty())
        facts.append(entry.variant); // "plus", "full": how people call them
    if (entry.bytes > 0)
        facts.append(Format::bytes(double(entry.bytes)));
    return facts.join(QStringLiteral(" · "));
}

} // namespace moodloom::ui
