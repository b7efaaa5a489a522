#include "core/shelf/ShelfFolders.h"

#include "core/shelf/ExtraModelPaths.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace moodloom::shelf {

const char *folderKindName(FolderKind kind)
{
    switch (kind) {
    case FolderKind::Plain:
        return "folder";
    case FolderKind::ComfyUi:
        return "comfyui";
    case FolderKind::WebUi:
        return "webui";
    case FolderKind::HuggingFaceCache:
        return "huggingface";
    case FolderKind::ExtraPaths:
        return "extra-paths";
    }
    return "folder";
}

FolderKind folderKind(const QString &path)
{
    if (isExtraModelPaths(path) && !QFileInfo(path).isDir())
        return FolderKind::ExtraPaths;
    const QDir folder(path);
    if (folder.exists(QStringLiteral("models/checkpoints")) ||
        folder.exists(QStringLiteral("models/diffusion_models")))
        return FolderKind::ComfyUi;
    if (folder.exists(QStringLiteral("models/Stable-diffusion")))
        return FolderKind::WebUi;
    const QStringList inside = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    const bool cache = std::any_of(inside.begin(), inside.end(), [&](const QString &name) {
        return name.startsWith(QLatin1String("models--")) &&
               folder.exists(name + QStringLiteral("/snapshots"));
    });
    return cache ? FolderKind::HuggingFaceCache : FolderKind::Plain;
}

QStringList extraPathsBeside(const QVector<ShelfFolder> &folders)
{
    QStringList files;
    for (const ShelfFolder &folder : folders)
        if (folder.kind == FolderKind::ComfyUi)
            for (const char *name : {"/extra_model_paths.yaml", "/extra_model_paths.yml"})
                if (const QString file = folder.path + QLatin1String(name);
                    QFileInfo(file).isFile())
                    files.append(QFileInfo(file).canonicalFilePath());
    return files;
}

QVector<ShelfFolder> foundFolders(const QProcessEnvironment &environment, const QString &home)
{
    QStringList candidates;
    const auto named = [&](const char *variable, const QString &rest) {
        const QString value = environment.value(QString::fromLatin1(variable));
        return value.isEmpty() ? QString() : value + rest;
    };
    // The first that is set counts, as it does for Hugging Face's own programs.
    for (const QString &cache :
         {named("HF_HUB_CACHE", {}), named("HF_HOME", QStringLiteral("/hub")),
          named("XDG_CACHE_HOME", QStringLiteral("/huggingface/hub")),
          QString(home + QStringLiteral("/.cache/huggingface/hub"))})
        if (!cache.isEmpty()) {
            candidates.append(cache);
            break;
        }
    for (const char *name : {"ComfyUI", "comfyui", "stable-diffusion-webui",
                             "stable-diffusion-webui-forge", "sd-webui-forge-classic"})
        candidates.append(home + QLatin1Char('/') + QLatin1String(name));

    QVector<ShelfFolder> found;
    QStringList seen;
    for (const QString &candidate : candidates) {
        const QString path = QFileInfo(candidate).canonicalFilePath();
        if (path.isEmpty() || seen.contains(path))
            continue;
        seen.append(path);
        if (const FolderKind kind = folderKind(path); kind != FolderKind::Plain)
            found.append({path, kind});
    }
    for (const QString &file :
         extraPathsBeside(found) +
             QStringList{home + QStringLiteral("/.config/ComfyUI/extra_models_config.yaml")})
        if (QFileInfo(file).isFile())
            found.append({QFileInfo(file).canonicalFilePath(), FolderKind::ExtraPaths});
    return found;
}

} // namespace moodloom::shelf
