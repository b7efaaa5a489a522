#include "core/shelf/ShelfMemory.h"

#include "core/base/SafeFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace moodloom::shelf {
namespace {

// Counted up whenever inspecting tells other things about the same file.
constexpr int kVersion = 2;

using models::ModelKind;

constexpr std::array kKinds{
    ModelKind::StableDiffusion, ModelKind::StableDiffusionXl, ModelKind::Clip,
    ModelKind::Other,           ModelKind::UNet,              ModelKind::Vae,
    ModelKind::TextEncoder,     ModelKind::ImageEncoder,      ModelKind::Lora,
    ModelKind::ControlNet,      ModelKind::IpAdapter,         ModelKind::TinyAutoencoder,
    ModelKind::Embedding};
constexpr std::array kCodes{ErrorCode::NotFound,    ErrorCode::Unreadable, ErrorCode::Corrupt,
                            ErrorCode::Unsupported, ErrorCode::Mismatch,   ErrorCode::OutOfMemory,
                            ErrorCode::Invalid,     ErrorCode::Internal};

QJsonObject toJson(const ShelfEntry &entry)
{
    QJsonObject json{
        {QStringLiteral("bytes"), entry.bytes},
        {QStringLiteral("modified"), entry.modified},
        {QStringLiteral("kind"), QLatin1String(models::modelKindName(entry.kind))},
        {QStringLiteral("family"), entry.family},
        {QStringLiteral("variant"), entry.variant},
        {QStringLiteral("needs"), QJsonArray::fromStringList(entry.needs)},
        {QStringLiteral("words"), QJsonArray::fromStringList(entry.words)},
        {QStringLiteral("memory"), qint64(entry.memoryUsual)},
        {QStringLiteral("least"), qint64(entry.memoryLeast)},
        {QStringLiteral("references"), entry.takesReferences}};
    if (entry.problem)
        json[QStringLiteral("problem")] =
            QJsonArray{QLatin1String(errorName(entry.problem->code)),
                       QString::fromStdString(entry.problem->subject),
                       QString::fromStdString(entry.problem->detail)};
    return json;
}

QStringList texts(const QJsonValue &value)
{
    QStringList list;
    for (const QJsonValue &item : value.toArray())
        list.append(item.toString());
    return list;
}

ShelfEntry fromJson(const QString &path, const QJsonObject &json)
{
    ShelfEntry entry;
    entry.path = path;
    entry.bytes = json[QLatin1String("bytes")].toInteger(-1);
    entry.modified = json[QLatin1String("modified")].toInteger();
    for (const ModelKind kind : kKinds)
        if (json[QLatin1String("kind")].toString() == QLatin1String(models::modelKindName(kind)))
            entry.kind = kind;
    entry.family = json[QLatin1String("family")].toString();
    entry.variant = json[QLatin1String("variant")].toString();
    entry.needs = texts(json[QLatin1String("needs")]);
    entry.words = texts(json[QLatin1String("words")]);
    entry.memoryUsual = quint64(json[QLatin1String("memory")].toInteger());
    entry.memoryLeast = quint64(json[QLatin1String("least")].toInteger());
    entry.takesReferences = json[QLatin1String("references")].toBool();
    if (const QStringList problem = texts(json[QLatin1String("problem")]); problem.size() == 3) {
        Error error{ErrorCode::Internal, problem[1].toStdString(), problem[2].toStdString()};
        for (const ErrorCode code : kCodes)
            if (problem[0] == QLatin1String(errorName(code)))
                error.code = code;
        entry.problem = error;
    }
    return entry;
}

} // namespace

ShelfMemory::ShelfMemory(QString file) : m_file(std::move(file))
{
    QFile stored(m_file);
    if (m_file.isEmpty() || !stored.open(QIODevice::ReadOnly))
        return;
    const QJsonObject json = QJsonDocument::fromJson(stored.readAll()).object();
    if (json[QLatin1String("version")].toInt() != kVersion)
        return;
    const QJsonObject entries = json[QLatin1String("entries")].toObject();
    for (auto it = entries.begin(); it != entries.end(); ++it)
        m_entries.insert(it.key(), fromJson(it.key(), it->toObject()));
}

std::optional<ShelfEntry> ShelfMemory::recall(const Candidate &candidate) const
{
    const auto found = m_entries.find(candidate.path);
    if (found == m_entries.end() || found->bytes != candidate.bytes ||
        found->modified != candidate.modified)
        return {};
    return *found;
}

void ShelfMemory::keep(const ShelfEntry &entry)
{
    m_entries.insert(entry.path, entry);
    m_changed = true;
}

Result<void> ShelfMemory::save()
{
    if (m_file.isEmpty() || !m_changed)
        return {};
    QJsonObject entries;
    for (const ShelfEntry &entry : m_entries)
        entries[entry.path] = toJson(entry);
    QDir().mkpath(QFileInfo(m_file).path());
    const QJsonObject json{{QStringLiteral("version"), kVersion},
                           {QStringLiteral("entries"), entries}};
    const QByteArray text = QJsonDocument(json).toJson(QJsonDocument::Compact);
    if (auto written = writeFileSafely(m_file.toStdString(), text.toStdString()); !written)
        return written;
    m_changed = false;
    return {};
}

} // namespace moodloom::shelf
