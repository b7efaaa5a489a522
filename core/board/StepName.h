// What a step of a board's history is called: the words of the source, which its file keeps, put
// into the window's language when they are shown. A plain value.
#pragma once

#include <QString>
#include <QStringList>

namespace moodloom::board {

struct StepName
{
    // English, of the context of Board: QT_TR_NOOP("Move") there, elsewhere
    // QT_TRANSLATE_NOOP("moodloom::board::Board", "Move"). Older files have what was shown when the
    // step was made; that is shown as it is.
    QString text;
    QStringList arguments; // for %1, %2 in it

    StepName() = default;
    StepName(const char *source, QStringList values = {})
        : text(QString::fromUtf8(source)), arguments(std::move(values))
    {
    }
    StepName(QString source, QStringList values = {})
        : text(std::move(source)), arguments(std::move(values))
    {
    }
    bool operator==(const StepName &) const = default;

    QString shown() const; // in the language of now
};

} // namespace moodloom::board
