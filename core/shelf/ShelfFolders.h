// Folders that hold models: the user's own, and those of other programs, which are shared and never
// copied.
//
// Pure look-ups; safe from any thread.
#pragma once

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QVector>

namespace moodloom::shelf {

enum class FolderKind {
    Plain,
    ComfyUi,           // models/checkpoints, models/loras, ...
    WebUi,             // A1111 and Forge: models/Stable-diffusion, models/Lora, embeddings, ...
    HuggingFaceCache,  // models--ORGANISATION--NAME/snapshots/REVISION
    ExtraPaths         // a file, ComfyUI's extra_model_paths.yaml: the folders that it names
};
const char *folderKindName(FolderKind kind); // "folder", "comfyui", "webui", "huggingface", "extra-paths"

struct ShelfFolder
{
    QString path; // of a file where it is ExtraPaths
    FolderKind kind = FolderKind::Plain;
    bool operator==(const ShelfFolder &) const = default;
};

// A folder is told by what is in it, never by its name; a YAML file is one of ComfyUI's.
FolderKind folderKind(const QString &path);

// The folders of other programs that are there: Hugging Face's cache (HF_HUB_CACHE, HF_HOME or
// XDG_CACHE_HOME in `environment`, else below `home`), and ComfyUI, A1111 and Forge where they are
// usually put below `home`, and the files by which ComfyUI finds more.
QVector<ShelfFolder> foundFolders(const QProcessEnvironment &environment, const QString &home);

// The extra_model_paths.yaml of those that are ComfyUI's.
QStringList extraPathsBeside(const QVector<ShelfFolder> &folders);

} // namespace moodloom::shelf
