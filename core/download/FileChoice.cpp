#include "core/download/FileChoice.h"

#include <QHash>
#include <QMap>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace moodloom::download {
namespace {

struct Name
{
    QString stem;       // without variant, number of the part and suffix
    QString variant;    // "fp16", "non_ema", ...; empty = none
    QString suffix;     // lower case
    bool index = false; // of weights in parts
};

QString nameOf(const QString &path)
{
    return path.section(QLatin1Char('/'), -1);
}

QString folderOf(const QString &path)
{
    return path.section(QLatin1Char('/'), 0, -2);
}

// "diffusion_pytorch_model.fp16.safetensors", "model-00001-of-00002.safetensors",
// "model.safetensors.index.fp16.json"
Name parsed(const QString &path)
{
    Name name;
    QString rest = nameOf(path);
    static const QRegularExpression index(
        QStringLiteral("^(.*)\\.(safetensors|bin)\\.index(\\.[A-Za-z0-9_]+)?\\.json$"));
    if (const auto match = index.match(rest); match.hasMatch()) {
        name.index = true;
        name.suffix = match.captured(2);
        name.variant = match.captured(3).mid(1);
        name.stem = match.captured(1);
        return name;
    }
    name.suffix = rest.section(QLatin1Char('.'), -1).toLower();
    rest.chop(name.suffix.size() + 1);
    static const QRegularExpression part(QStringLiteral("-\\d{5}-of-\\d{5}"));
    rest.remove(part);
    static const QRegularExpression variant(
        QStringLiteral("^(.+)[._-](fp16|fp32|bf16|non[_-]ema|ema[_-]?only)$"),
        QRegularExpression::CaseInsensitiveOption);
    if (const auto match = variant.match(rest); match.hasMatch()) {
        name.variant = match.captured(2).toLower();
        rest = match.captured(1);
    }
    name.stem = rest;
    return name;
}

bool isSafe(const QString &path)
{
    return path.endsWith(QLatin1String(".safetensors"), Qt::CaseInsensitive);
}

bool isPickle(const QString &path)
{
    static const QSet<QString> suffixes{QStringLiteral("bin"), QStringLiteral("ckpt"),
                                        QStringLiteral("pt"), QStringLiteral("pth")};
    static const QRegularExpression state(
        QStringLiteral("^(optimizer|scheduler|training_args|rng_state|random_states|openvino)"),
        QRegularExpression::CaseInsensitiveOption);
    return suffixes.contains(parsed(path).suffix) && !parsed(path).index &&
           !state.match(nameOf(path)).hasMatch();
}

bool isSetting(const QString &path)
{
    const QString name = nameOf(path);
    return name == QLatin1String("merges.txt") ||
           (name.endsWith(QLatin1String(".json")) && !parsed(path).index);
}

// Of weights in one folder: one variant of each, the half-precision one before the plain one before
// any other; where they come in parts, the index of the same variant.
QStringList oneOfEach(const QStringList &weights, const QStringList &indexes)
{
    QMap<QString, QMap<QString, QStringList>> byStem; // stem, variant
    for (const QString &path : weights)
        byStem[parsed(path).stem][parsed(path).variant].append(path);
    QStringList chosen;
    for (auto it = byStem.cbegin(); it != byStem.cend(); ++it) {
        const auto &variants = it.value();
        const QString variant = variants.contains(QStringLiteral("fp16")) ? QStringLiteral("fp16")
                                : variants.contains(QString())            ? QString()
                                                                          : variants.firstKey();
        chosen += variants[variant];
        if (variants[variant].size() > 1)
            for (const QString &index : indexes)
                if (parsed(index).stem == it.key() && parsed(index).variant == variant)
                    chosen.append(index);
    }
    return chosen;
}

struct Folder
{
    QStringList safe, pickles, settings, indexes;
};

} // namespace

QStringList chooseFiles(const QStringList &all)
{
    QMap<QString, Folder> folders;
    QStringList pipelines; // folders of the diffusers layout
    for (const QString &path : all) {
        Folder &folder = folders[folderOf(path)];
        if (isSafe(path))
            folder.safe.append(path);
        else if (isPickle(path))
            folder.pickles.append(path);
        else if (isSetting(path))
            folder.settings.append(path);
        else if (parsed(path).index && parsed(path).suffix == QLatin1String("safetensors"))
            folder.indexes.append(path);
        if (nameOf(path) == QLatin1String("model_index.json"))
            pipelines.append(folderOf(path));
    }
    const bool anySafe =
        std::any_of(all.begin(), all.end(), [](const QString &path) { return isSafe(path); });

    QSet<QString> chosen;
    for (auto it = folders.cbegin(); it != folders.cend(); ++it) {
        const QString &name = it.key();
        const bool isPipeline = pipelines.contains(name);
        const bool isComponent = !name.isEmpty() && pipelines.contains(folderOf(name));
        const bool isDeeper =
            !isPipeline && !isComponent &&
            std::any_of(pipelines.cbegin(), pipelines.cend(), [&](const QString &pipeline) {
                return pipeline.isEmpty() || name.startsWith(pipeline + QLatin1Char('/'));
            });
        if (isDeeper || (isComponent && nameOf(name) == QLatin1String("safety_checker")))
            continue;
        QStringList paths = it->settings;
        if (!isPipeline && !it->safe.isEmpty())
            paths += oneOfEach(it->safe, it->indexes);
        else if (!isPipeline && (isComponent || !anySafe))
            paths += oneOfEach(it->pickles, {});
        for (const QString &path : std::as_const(paths))
            chosen.insert(path);
    }
    QStringList result;
    for (const QString &path : all)
        if (chosen.contains(path))
            result.append(path);
    return result;
}

} // namespace moodloom::download
