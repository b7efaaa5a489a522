// Collects what the QML engine complains about, so that a test can fail on it.
//
// One at a time: a second one would find the handler of the first in place and call itself for ever.
// Made and destroyed on the UI thread, written to from any thread.
#pragma once

#include <QMutex>
#include <QStringList>
#include <QtGlobal>

namespace moodloom::fake {

class QmlWarnings
{
public:
    QmlWarnings()
    {
        if (s_current)
            qFatal("QmlWarnings: the one before is still there");
        s_current = this;
        s_previous = qInstallMessageHandler(collect);
    }
    ~QmlWarnings()
    {
        qInstallMessageHandler(s_previous);
        s_current = nullptr;
    }
    Q_DISABLE_COPY_MOVE(QmlWarnings)

    // What came since the last call.
    QStringList take()
    {
        const QMutexLocker lock(&m_mutex);
        return std::exchange(m_messages, {});
    }

private:
    static void collect(QtMsgType type, const QMessageLogContext &context, const QString &message)
    {
        // Warnings of the engine and of bindings, and everything that names a QML file.
        const bool qml =
            QByteArray(context.category).startsWith("qt.qml") ||
            QByteArray(context.category) == "qml" || QByteArray(context.category) == "js" ||
            message.contains(QLatin1String(".qml")) || message.contains(QLatin1String("QQml"));
        if (qml && type != QtDebugMsg && type != QtInfoMsg) {
            const QMutexLocker lock(&s_current->m_mutex);
            s_current->m_messages.append(message);
        }
        s_previous(type, context, message);
    }

    inline static QmlWarnings *s_current = nullptr;
    inline static QtMessageHandler s_previous = nullptr;
    QMutex m_mutex;
    QStringList m_messages; // guarded by m_mutex
};

} // namespace moodloom::fake
