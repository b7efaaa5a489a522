// Pictures and labels that come onto a board together, each at its place. A plain value.
#pragma once

#include "core/board/StepName.h"

#include <QByteArray>
#include <QRectF>
#include <QString>
#include <QVector>

namespace moodloom::board {

struct Sheet
{
    struct Cell
    {
        QByteArray encoded; // a picture file's bytes, kept as they are
        QString caption;
        QRectF rect; // board units; the picture is fitted into it
    };
    struct Label
    {
        QString text;
        QRectF rect;
    };
    StepName name; // of the step
    QVector<Cell> cells;
    QVector<Label> labels;
};

} // namespace moodloom::board
