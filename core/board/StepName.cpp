#include "core/board/StepName.h"

#include <QCoreApplication>

namespace moodloom::board {

QString StepName::shown() const
{
    QString name = QCoreApplication::translate("moodloom::board::Board", text.toUtf8().constData());
    for (const QString &argument : arguments)
        name = name.arg(argument);
    return name;
}

} // namespace moodloom::board
