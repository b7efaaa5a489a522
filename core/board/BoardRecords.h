// The records of a board file as text and as values: one JSON document a row.
//
// Pure functions, safe from any thread.
#pragma once

#include "core/board/History.h"

namespace moodloom::board {

// The setting that says how many steps of the history are done.
inline const QString historyKey = QStringLiteral("history");

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

// A step of the history: qCompress() of JSON. Errors: Corrupt, Unsupported (an item of a newer
// version).
QByteArray stepBytes(const Command &command);
Result<Command> stepFrom(const QByteArray &bytes);
// The pictures that only this step knows of, when it is undone or redone: what it added or removed,
// and what frames were painted with before or after it.
QStringList stepPictures(const Command &command);

} // namespace moodloom::board
