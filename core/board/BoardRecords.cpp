#include "core/board/BoardRecords.h"

#include <QJsonArray>
#include <QJsonDocument>

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
    return {{QStringLiteral("recipe"), take.recipe},
            {QStringLiteral("width"), take.size.width()},
            {QStringLiteral("height"), take.size.height()},
            {QStringLiteral("made"), take.made.toUTC().toString(Qt::ISODateWithMs)},
            {QStringLiteral("seconds"), take.seconds},
            {QStringLiteral("starred"), take.starred}};
}

FrameTake takeFromJson(const QJsonObject &json)
{
    FrameTake take;
    take.recipe = json[QStringLiteral("recipe")].toObject();
    take.size = {json[QStringLiteral("width")].toInt(), json[QStringLiteral("height")].toInt()};
    take.made = QDateTime::fromString(json[QStringLiteral("made")].toString(), Qt::ISODateWithMs);
    take.seconds = json[QStringLiteral("seconds")].toDouble();
    take.starred = json[QStringLiteral("starred")].toBool();
    return take;
}

} // namespace moodloom::board
