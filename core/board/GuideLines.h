// Lines across a board that the user has placed, from the rulers: items come to rest at them.
//
// Plain values. A board keeps them in its setting "guides": {"x": [12.5], "y": []}.
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QVector>

namespace moodloom::board {

struct GuideLines
{
    QVector<double> x; // where upright ones cross, in board units
    QVector<double> y; // where level ones do
    bool isEmpty() const { return x.isEmpty() && y.isEmpty(); }
    QVector<double> &along(Qt::Orientation axis) { return axis == Qt::Horizontal ? x : y; }
    const QVector<double> &along(Qt::Orientation axis) const
    {
        return axis == Qt::Horizontal ? x : y;
    }
    bool operator==(const GuideLines &) const = default;
};

inline QJsonValue toJson(const GuideLines &lines)
{
    QJsonArray x, y;
    for (const double at : lines.x)
        x.append(at);
    for (const double at : lines.y)
        y.append(at);
    return QJsonObject{{QStringLiteral("x"), x}, {QStringLiteral("y"), y}};
}

// What is no number is passed over.
inline GuideLines guideLinesFromJson(const QJsonValue &json)
{
    GuideLines lines;
    for (const Qt::Orientation axis : {Qt::Horizontal, Qt::Vertical})
        for (const QJsonValue at :
             json[axis == Qt::Horizontal ? QLatin1String("x") : QLatin1String("y")].toArray())
            if (at.isDouble())
                lines.along(axis).append(at.toDouble());
    return lines;
}

} // namespace moodloom::board
