// The records of a board file as text and as values: one JSON document a row.
//
// Pure functions, safe from any thread.
#pragma once

#include "core/board/FrameTake.h"

namespace moodloom::board {

QString jsonText(const QJsonObject &json);
// Errors: Corrupt (it is no JSON object).
Result<QJsonObject> objectFrom(const QString &text);

// Settings may be any JSON value; a document must be an object or an array: they stand in one.
QString valueText(const QJsonValue &value);
// Errors: Corrupt.
Result<QJsonValue> valueFrom(const QString &text);

// Without id, frame and hash, which are columns.
QJsonObject takeJson(const FrameTake &take);
FrameTake takeFromJson(const QJsonObject &json);

} // namespace moodloom::board
