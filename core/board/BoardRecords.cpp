#include "core/board/BoardRecords.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QtEndian>

namespace moodloom::board {
namespace {

Result<QJsonDocument> documentFrom(const QString &text)
{
    QJsonParseError problem;
    const QJsonDocument json = QJsonDocument::fromJson(text.toUtf8(), &problem);
    if (problem.error != QJsonParseError::NoError)
        return fail(ErrorCode::Corrupt, "record", problem.errorString().toStdString());
    return json;
}

constexpr quint32 mostStepBytes = 1u << 30; // unpacked: what is more was damaged

QJsonObject valueJson(const Item &item)
{
    return toJson(item);
}

QJsonObject valueJson(const FrameTake &take)
{
    QJsonObject json = takeJson(take);
    json.insert(QStringLiteral("id"), take.id);
    json.insert(QStringLiteral("frame"), take.frame.toString(QUuid::WithoutBraces));
    json.insert(QStringLiteral("hash"), take.hash);
    return json;
}

QJsonObject valueJson(const SettingValue &setting)
{
    return {{QStringLiteral("name"), setting.id}, {QStringLiteral("value"), setting.value}};
}

Result<void> readValue(const QJsonObject &json, std::optional<Item> *item)
{
    auto read = itemFromJson(json);
    if (!read)
        return fail(read.error());
    *item = std::move(*read);
    return {};
}

Result<void> readValue(const QJsonObject &json, std::optional<FrameTake> *take)
{
    *take = takeFromJson(json);
    (*take)->id = json[QStringLiteral("id")].toString();
    (*take)->frame = ItemId(json[QStringLiteral("frame")].toString());
    (*take)->hash = json[QStringLiteral("hash")].toString();
    return {};
}

Result<void> readValue(const QJsonObject &json, std::optional<SettingValue> *setting)
{
    *setting = SettingValue{json[QStringLiteral("name")].toString(), json[QStringLiteral("value")]};
    return {};
}

template <class Value>
void writeChanges(QJsonObject &json, const QString &key, const std::vector<Change<Value>> &changes)
{
    QJsonArray array;
    for (const Change<Value> &change : changes) {
        QJsonObject both;
        if (change.before)
            both.insert(QStringLiteral("before"), valueJson(*change.before));
        if (change.after)
            both.insert(QStringLiteral("after"), valueJson(*change.after));
        array.append(both);
    }
    if (!array.isEmpty())
        json.insert(key, array);
}

template <class Value>
Result<void> readChanges(const QJsonObject &json, const QString &key,
                         std::vector<Change<Value>> *changes)
{
    for (const QJsonValue both : json[key].toArray()) {
        Change<Value> change;
        for (const auto &[name, value] :
             {std::pair("before", &change.before), std::pair("after", &change.after)})
            if (const QJsonValue there = both[QLatin1String(name)]; there.isObject())
                if (auto ok = readValue(there.toObject(), value); !ok)
                    return ok;
        if (!change.before && !change.after)
            return fail(ErrorCode::Corrupt, "step", "a change without anything before or after it");
        changes->push_back(std::move(change));
    }
    return {};
}

// The pictures that a value alone keeps in the file.
void insertPictures(const Item &item, QSet<QString> &hashes)
{
    if (const Picture *picture = item.picture())
        hashes.insert(picture->hash);
    if (const Frame *frame = item.frame()) {
        hashes.insert(frame->start.picture.hash);
        hashes.insert(frame->start.mask.hash);
        for (const FrameControl &control : frame->controls)
            hashes.insert(control.picture.hash);
    }
}

void insertPictures(const FrameTake &take, QSet<QString> &hashes)
{
    hashes.insert(take.hash);
}

} // namespace

QString jsonText(const QJsonObject &json)
{
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

Result<QJsonObject> objectFrom(const QString &text)
{
    const auto json = documentFrom(text);
    if (!json)
        return fail(json.error());
    return json->object();
}

QString valueText(const QJsonValue &value)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
}

Result<QJsonValue> valueFrom(const QString &text)
{
    const auto json = documentFrom(text);
    if (!json)
        return fail(json.error());
    return json->array().at(0);
}

QJsonObject takeJson(const FrameTake &take)
{
    QJsonObject json{{QStringLiteral("recipe"), take.recipe},
                     {QStringLiteral("width"), take.size.width()},
                     {QStringLiteral("height"), take.size.height()},
                     {QStringLiteral("made"), take.made.toUTC().toString(Qt::ISODateWithMs)},
                     {QStringLiteral("seconds"), take.seconds},
                     {QStringLiteral("starred"), take.starred}};
    if (!take.grounding.isEmpty())
        json.insert(QStringLiteral("grounding"), take.grounding);
    return json;
}

FrameTake takeFromJson(const QJsonObject &json)
{
    FrameTake take;
    take.recipe = json[QStringLiteral("recipe")].toObject();
    take.size = {json[QStringLiteral("width")].toInt(), json[QStringLiteral("height")].toInt()};
    take.made = QDateTime::fromString(json[QStringLiteral("made")].toString(), Qt::ISODateWithMs);
    take.seconds = json[QStringLiteral("seconds")].toDouble();
    take.starred = json[QStringLiteral("starred")].toBool();
    take.grounding = json[QStringLiteral("grounding")].toObject();
    return take;
}

QByteArray stepBytes(const Command &command)
{
    QJsonObject json{{QStringLiteral("name"), command.name.text}};
    if (!command.name.arguments.isEmpty())
        json[QStringLiteral("arguments")] = QJsonArray::fromStringList(command.name.arguments);
    writeChanges(json, QStringLiteral("items"), command.items);
    writeChanges(json, QStringLiteral("takes"), command.takes);
    writeChanges(json, QStringLiteral("settings"), command.settings);
    return qCompress(QJsonDocument(json).toJson(QJsonDocument::Compact), 1);
}

Result<Command> stepFrom(const QByteArray &bytes)
{
    if (bytes.size() < 4 || qFromBigEndian<quint32>(bytes.constData()) > mostStepBytes)
        return fail(ErrorCode::Corrupt, "step", "its length is not possible");
    const auto json = objectFrom(QString::fromUtf8(qUncompress(bytes)));
    if (!json)
        return fail(json.error());
    Command command;
    command.name.text = (*json)[QStringLiteral("name")].toString();
    for (const QJsonValue &argument : (*json)[QStringLiteral("arguments")].toArray())
        command.name.arguments.append(argument.toString());
    auto ok = readChanges(*json, QStringLiteral("items"), &command.items);
    if (ok)
        ok = readChanges(*json, QStringLiteral("takes"), &command.takes);
    if (ok)
        ok = readChanges(*json, QStringLiteral("settings"), &command.settings);
    if (!ok)
        return fail(ok.error());
    return command;
}

QStringList stepPictures(const Command &command)
{
    QSet<QString> all;
    const auto look = [&all](const auto &changes) {
        for (const auto &change : changes) {
            QSet<QString> before, after;
            if (change.before)
                insertPictures(*change.before, before);
            if (change.after)
                insertPictures(*change.after, after);
            all |= (before - after) | (after - before);
        }
    };
    look(command.items);
    look(command.takes);
    all.remove({});
    return all.values();
}

} // namespace moodloom::board
