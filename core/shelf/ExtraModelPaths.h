// ComfyUI's extra_model_paths.yaml: folders of models outside of ComfyUI's own.
//
// Reads one small file; safe from any thread.
#pragma once

#include "core/base/Result.h"

#include <QProcessEnvironment>
#include <QString>
#include <QVector>

namespace moodloom::shelf {

struct ExtraPath
{
    QString key;  // "checkpoints", "loras", ...; what ComfyUI looks for there
    QString path; // absolute and clean, there or not
    bool operator==(const ExtraPath &) const = default;
};

// Whether a place is such a file, told by its name alone.
inline bool isExtraModelPaths(const QString &path)
{
    return path.endsWith(QLatin1String(".yaml"), Qt::CaseInsensitive) ||
           path.endsWith(QLatin1String(".yml"), Qt::CaseInsensitive);
}

// Resolved as ComfyUI does (utils/extra_config.py): `~` and variables in base_path are expanded, a
// relative one begins at the file's folder; each line of a key begins at base_path, without one at
// the file's folder. Groups with is_default come first. Keys that hold no models (custom_nodes,
// configs, upscale_models) are left out, each folder is there once.
// Errors: NotFound, Unreadable, Corrupt with the line.
Result<QVector<ExtraPath>> readExtraModelPaths(const QString &file,
                                               const QProcessEnvironment &environment,
                                               const QString &home);
// With this process's environment and home.
Result<QVector<ExtraPath>> readExtraModelPaths(const QString &file);

} // namespace moodloom::shelf
