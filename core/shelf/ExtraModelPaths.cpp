#include "core/shelf/ExtraModelPaths.h"

#include "core/base/SafeFile.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

#include <yaml-cpp/yaml.h>

namespace moodloom::shelf {
namespace {

constexpr size_t kLargest = 1 << 20; // bytes; such files have some lines

QString expanded(QString text, const QProcessEnvironment &environment, const QString &home)
{
    if (text == QLatin1String("~") || text.startsWith(QLatin1String("~/")))
        text.replace(0, 1, home);
    // $NAME and ${NAME}; what is not set stays, as Python's expandvars leaves it.
    static const QRegularExpression variable(QStringLiteral("\\$(?:(\\w+)|\\{([^}]*)\\})"));
    QString result;
    qsizetype from = 0;
    for (auto it = variable.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        const QString name = match.captured(1).isEmpty() ? match.captured(2) : match.captured(1);
        result += text.mid(from, match.capturedStart() - from);
        result += environment.contains(name) ? environment.value(name) : match.captured();
        from = match.capturedEnd();
    }
    return result + text.mid(from);
}

bool holdsModels(const QString &key)
{
    static const QSet<QString> others{
        QStringLiteral("custom_nodes"), QStringLiteral("configs"), QStringLiteral("upscale_models"),
        QStringLiteral("latent_upscale_models"), QStringLiteral("download_model_base")};
    return !others.contains(key);
}

// The lines of a key; lists are understood as well. Throws what yaml-cpp throws.
QStringList linesOf(const YAML::Node &value)
{
    QStringList lines;
    const auto add = [&lines](const YAML::Node &node) {
        const QString text = QString::fromStdString(node.as<std::string>());
        for (const QString &line : text.split(QLatin1Char('\n')))
            if (const QString path = line.trimmed(); !path.isEmpty())
                lines.append(path);
    };
    if (value.IsSequence())
        for (const YAML::Node &node : value)
            add(node);
    else if (!value.IsNull())
        add(value);
    return lines;
}

bool isTrue(const YAML::Node &value)
{
    bool is = false;
    return YAML::convert<bool>::decode(value, is) && is;
}

Failure damaged(const QString &file, const YAML::Mark &mark, const std::string &what)
{
    const std::string where =
        mark.is_null() ? std::string() : "line " + std::to_string(mark.line + 1) + ": ";
    return fail(ErrorCode::Corrupt, file.toStdString(), where + what);
}

} // namespace

Result<QVector<ExtraPath>> readExtraModelPaths(const QString &file,
                                               const QProcessEnvironment &environment,
                                               const QString &home)
{
    const auto text = readFile(file.toStdString(), kLargest);
    if (!text)
        return fail(text.error());
    const QDir beside = QFileInfo(file).absoluteDir();
    QVector<ExtraPath> first, rest;
    try {
        const YAML::Node root = YAML::Load(*text);
        if (root.IsNull())
            return first;
        if (!root.IsMap())
            return damaged(file, root.Mark(), "expected groups of folders, as \"comfyui:\"");
        for (const auto &group : root) {
            if (group.second.IsNull())
                continue;
            if (!group.second.IsMap())
                return damaged(file, group.second.Mark(),
                               "expected folders below \"" + group.first.as<std::string>() + ":\"");
            QDir base = beside;
            if (const YAML::Node path = group.second["base_path"]; path && !path.IsNull())
                base.setPath(QDir::cleanPath(beside.absoluteFilePath(expanded(
                    QString::fromStdString(path.as<std::string>()).trimmed(), environment, home))));
            const YAML::Node isDefault = group.second["is_default"];
            QVector<ExtraPath> &list = isDefault && isTrue(isDefault) ? first : rest;
            for (const auto &entry : group.second) {
                const QString key = QString::fromStdString(entry.first.as<std::string>());
                if (key == QLatin1String("base_path") || key == QLatin1String("is_default") ||
                    !holdsModels(key) || (entry.second.IsScalar() && isTrue(entry.second)))
                    continue;
                for (const QString &line : linesOf(entry.second))
                    list.append({key, QDir::cleanPath(base.absoluteFilePath(line))});
            }
        }
    } catch (const YAML::Exception &error) {
        return damaged(file, error.mark, error.msg);
    }
    QVector<ExtraPath> paths;
    QSet<QString> seen;
    for (const ExtraPath &path : first + rest)
        if (!seen.contains(path.path)) {
            seen.insert(path.path);
            paths.append(path);
        }
    return paths;
}

Result<QVector<ExtraPath>> readExtraModelPaths(const QString &file)
{
    return readExtraModelPaths(file, QProcessEnvironment::systemEnvironment(), QDir::homePath());
}

} // namespace moodloom::shelf
