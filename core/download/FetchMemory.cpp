#include "core/download/FetchMemory.h"

#include "core/base/SafeFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>

namespace moodloom::download {

Result<void> keepBegun(const QString &file, const Begun &begun)
{
    const auto &files = begun.plan.files;
    if (file.isEmpty() || std::any_of(files.begin(), files.end(), [](const PlannedFile &planned) {
            return planned.url.hasQuery();
        }))
        return {};
    QDir().mkpath(QFileInfo(file).path());
    const QJsonObject json{{QStringLiteral("version"), 1},
                           {QStringLiteral("folder"), begun.folder},
                           {QStringLiteral("plan"), toJson(begun.plan)}};
    return writeFileSafely(file.toStdString(), QJsonDocument(json).toJson().toStdString());
}

std::optional<Begun> recallBegun(const QString &file)
{
    const auto text = file.isEmpty() ? Result<std::string>(cancelled())
                                     : readFile(file.toStdString(), size_t(16) << 20);
    if (!text)
        return {};
    const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(*text)).object();
    const auto plan = planFromJson(json[QLatin1String("plan")].toObject());
    const QString folder = json[QLatin1String("folder")].toString();
    if (json[QLatin1String("version")].toInt() != 1 || !plan || !QDir::isAbsolutePath(folder))
        return {};
    return Begun{*plan, folder};
}

void forgetBegun(const QString &file)
{
    if (!file.isEmpty())
        QFile::remove(file);
}

} // namespace moodloom::download
