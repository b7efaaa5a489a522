#include "core/shelf/ShelfWalk.h"

#include "core/shelf/ExtraModelPaths.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace moodloom::shelf {
namespace {

constexpr int kDeepest = 10; // folders below each other; a home folder given by mistake ends, too

bool isWeights(const QFileInfo &file)
{
    static const QSet<QString> suffixes{QStringLiteral("safetensors"), QStringLiteral("ckpt"),
                                        QStringLiteral("pt"), QStringLiteral("pth"),
                                        QStringLiteral("bin")};
    return suffixes.contains(file.suffix().toLower());
}

// One network or CLIP on its own, in Hugging Face's layout.
bool isNetworkFolder(const QDir &folder)
{
    if (!folder.exists(QStringLiteral("config.json")))
        return false;
    const QStringList names{QStringLiteral("model*.safetensors"),
                            QStringLiteral("diffusion_pytorch_model*.safetensors"),
                            QStringLiteral("pytorch_model*.bin"),
                            QStringLiteral("diffusion_pytorch_model*.bin")};
    return !folder.entryList(names, QDir::Files).isEmpty();
}

bool isPassedOver(const QString &name)
{
    static const QSet<QString> names{
        QStringLiteral("venv"),         QStringLiteral("env"),    QStringLiteral("__pycache__"),
        QStringLiteral("node_modules"), QStringLiteral("output"), QStringLiteral("outputs"),
        QStringLiteral("custom_nodes"), QStringLiteral("input"),  QStringLiteral("temp")};
    return name.startsWith(QLatin1Char('.')) || name.endsWith(QLatin1String(".training")) ||
           names.contains(name.toLower());
}

class Walk
{
public:
    explicit Walk(std::stop_token stop) : m_stop(std::move(stop)) {}

    // Everything below `path`; titles are relative to it, behind `prefix`.
    void below(const QString &path, const QString &prefix, int depth = 0)
    {
        if (m_stop.stop_requested() || depth > kDeepest || !enter(path))
            return;
        const QDir folder(path);
        if (folder.exists(QStringLiteral("model_index.json"))) {
            addFolder(path, prefix);
            addFiles(folder, prefix); // checkpoints of the same model in one file
            return;
        }
        if (isNetworkFolder(folder)) {
            addFolder(path, prefix);
            return;
        }
        addFiles(folder, prefix);
        for (const QFileInfo &inside : folder.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot))
            if (!isPassedOver(inside.fileName()))
                below(inside.filePath(), joined(prefix, inside.fileName()), depth + 1);
    }

    QVector<Candidate> take()
    {
        std::sort(m_found.begin(), m_found.end(), [](const Candidate &a, const Candidate &b) {
            const int order = QString::compare(a.title, b.title, Qt::CaseInsensitive);
            return order != 0 ? order < 0 : a.path < b.path;
        });
        return std::move(m_found);
    }

private:
    static QString joined(const QString &prefix, const QString &name)
    {
        return prefix.isEmpty() ? name : prefix + QLatin1Char('/') + name;
    }

    // False for what was seen before: links may go round in circles.
    bool enter(const QString &path)
    {
        const QString real = QFileInfo(path).canonicalFilePath();
        if (real.isEmpty() || m_seen.contains(real))
            return false;
        m_seen.insert(real);
        return true;
    }

    void addFiles(const QDir &folder, const QString &prefix)
    {
        for (const QFileInfo &file : folder.entryInfoList(QDir::Files))
            if (isWeights(file) && enter(file.filePath()))
                m_found.append({file.filePath(), joined(prefix, file.fileName()), file.size(),
                                file.lastModified().toMSecsSinceEpoch()});
    }

    void addFolder(const QString &path, const QString &prefix)
    {
        Candidate candidate{path, prefix.isEmpty() ? QDir(path).dirName() : prefix, 0, 0};
        measure(path, candidate, 0);
        m_found.append(candidate);
    }

    static void measure(const QString &path, Candidate &candidate, int depth)
    {
        for (const QFileInfo &file :
             QDir(path).entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot)) {
            if (file.isDir() && depth < 3)
                measure(file.filePath(), candidate, depth + 1);
            // In a model's own folder only weights of its networks; the folder's other files are
            // models of their own.
            else if (file.isFile() && (depth > 0 || !isWeights(file) || isNetworkFolder(QDir(path)))) {
                candidate.bytes += file.size();
                candidate.modified =
                    std::max(candidate.modified, file.lastModified().toMSecsSinceEpoch());
            }
        }
    }

    std::stop_token m_stop;
    QSet<QString> m_seen; // real paths
    QVector<Candidate> m_found;
};

// The snapshot that "main" names, else the newest.
QString snapshotOf(const QString &repository)
{
    QFile main(repository + QStringLiteral("/refs/main"));
    if (main.open(QIODevice::ReadOnly)) {
        const QString path = repository + QStringLiteral("/snapshots/") +
                             QString::fromUtf8(main.read(200)).trimmed();
        if (QFileInfo(path).isDir())
            return path;
    }
    const QFileInfoList all = QDir(repository + QStringLiteral("/snapshots"))
                                  .entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Time);
    return all.isEmpty() ? QString() : all.first().filePath();
}

} // namespace

QVector<Candidate> candidates(const ShelfFolder &folder, std::stop_token stop)
{
    Walk walk(std::move(stop));
    const QDir root(folder.path);
    switch (folder.kind) {
    case FolderKind::Plain:
    case FolderKind::ComfyUi:
    case FolderKind::WebUi:
        for (const QString &path : modelFolders(folder)) {
            const QString name = QFileInfo(path).fileName();
            // Of WebUI's two folders one says what is in it.
            walk.below(path, folder.kind == FolderKind::WebUi && name == QLatin1String("embeddings")
                                 ? name
                                 : QString());
        }
        break;
    case FolderKind::ExtraPaths:
        if (const auto paths = readExtraModelPaths(folder.path))
            for (const ExtraPath &path : *paths)
                walk.below(path.path, path.key);
        break;
    case FolderKind::HuggingFaceCache:
        for (const QString &name : root.entryList({QStringLiteral("models--*")},
                                                  QDir::Dirs | QDir::NoDotAndDotDot)) {
            QString title = name.mid(8);
            title.replace(QLatin1String("--"), QLatin1String("/"));
            if (const QString snapshot = snapshotOf(root.filePath(name)); !snapshot.isEmpty())
                walk.below(snapshot, title);
        }
        break;
    }
    return walk.take();
}

QStringList modelFolders(const ShelfFolder &folder)
{
    const QString models = folder.path + QStringLiteral("/models");
    switch (folder.kind) {
    case FolderKind::Plain:
    case FolderKind::HuggingFaceCache:
        return {folder.path};
    case FolderKind::ComfyUi:
        return {models};
    case FolderKind::WebUi:
        return {models, folder.path + QStringLiteral("/embeddings")};
    case FolderKind::ExtraPaths:
        break;
    }
    QStringList folders;
    if (const auto paths = readExtraModelPaths(folder.path))
        for (const ExtraPath &path : *paths)
            folders.append(path.path);
    return folders;
}

bool mayMatter(const QString &path)
{
    static const QSet<QString> others{QStringLiteral("json"), QStringLiteral("png"),
                                      QStringLiteral("jpg"), QStringLiteral("jpeg"),
                                      QStringLiteral("webp")};
    const QFileInfo file(path);
    return isWeights(file) || others.contains(file.suffix().toLower());
}

QString previewBeside(const QString &path)
{
    const QFileInfo file(path);
    if (!file.isFile())
        return {};
    const QString stem = file.path() + QLatin1Char('/') + file.completeBaseName();
    for (const char *suffix : {".preview.png", ".preview.jpg", ".preview.jpeg", ".preview.webp",
                               ".png", ".jpg", ".jpeg", ".webp"})
        if (const QString picture = stem + QLatin1String(suffix); QFileInfo(picture).isFile())
            return picture;
    return {};
}

} // namespace moodloom::shelf
