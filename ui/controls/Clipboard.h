// The system's clipboard for QML: text out. Stateless; UI thread.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace moodloom::ui {

class Clipboard : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
public:
    using QObject::QObject;
    Q_INVOKABLE void copy(const QString &text) const;
};

} // namespace moodloom::ui
