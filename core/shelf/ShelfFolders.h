// Folders that hold models: the user's own, and those of other programs, which are shared and never
// copied.
//
// Pure look-ups; safe from any thread.
#pragma once

#include <QProcessEnvironment>
#include <QString>
#include <QVector>

namespace moodloom::shelf {

enum class FolderKind {
    Plain,
    ComfyUi,           // models/checkpoints, models/loras, ...
    WebUi,             // A1111 and Forge: models/Stable-diffusion, models/Lora, embeddings, ...
    HuggingFaceCache   // models--ORGANISATION--NAME/snapshots/REVISION
};
const char *folderKindName(FolderKind kind); // "folder", "comfyui", "webui", "huggingface"

struct ShelfFolder
{
    QString path;
    FolderKind kind = FolderKind::Plain;
    bool operator==(const ShelfFolder &) const = default;
};

// Told by what is in it, never by its name.
FolderKind folderKind(const QString &path);

// The folders of other programs that are there: Hugging Face's cache (HF_HUB_CACHE, HF_HOME or
// XDG_CACHE_HOME in `environment`, else below `home`), and ComfyUI, A1111 and Forge where they are
// usually put below `home`.
QVector<ShelfFolder> foundFolders(const QProcessEnvironment &environment, const QString &home);

} // namespace moodloom::shelf
