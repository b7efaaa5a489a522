#include "app/cli/Output.h"

#include <QDateTime>
#include <QJsonDocument>

#include <cstdio>
#include <unistd.h>

namespace moodloom::cli {

Output::Output(bool json) : m_json(json), m_terminal(isatty(STDERR_FILENO)) {}

void Output::line(FILE *to, const QString &text)
{
    const QByteArray utf8 = text.toUtf8() + '\n';
    std::fwrite(utf8.constData(), 1, size_t(utf8.size()), to);
    std::fflush(to);
}

void Output::event(const QString &name, QJsonObject fields)
{
    fields.insert(QStringLiteral("event"), name);
    line(stdout, QString::fromUtf8(QJsonDocument(fields).toJson(QJsonDocument::Compact)));
}

void Output::endProgressLine()
{
    if (std::exchange(m_inProgress, false))
        std::fputs("\r\x1b[K", stderr);
}

void Output::result(const QString &name, const QJsonObject &fields, const QString &text)
{
    const std::lock_guard lock(m_mutex);
    if (m_json) {
        event(name, fields);
        return;
    }
    endProgressLine();
    if (!text.isEmpty())
        line(stdout, text);
}

void Output::progress(const QString &name, const QJsonObject &fields, const QString &text)
{
    const std::lock_guard lock(m_mutex);
    if (m_json) {
        event(name, fields);
        return;
    }
    if (m_terminal) {
        m_inProgress = true;
        std::fprintf(stderr, "\r\x1b[K%s", text.toUtf8().constData());
        std::fflush(stderr);
        return;
    }
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (now - m_lastProgress < 2000)
        return;
    m_lastProgress = now;
    line(stderr, text);
}

int Output::error(const Error &error)
{
    const std::lock_guard lock(m_mutex);
    if (m_json) {
        event(QStringLiteral("error"), {{"code", QString::fromLatin1(errorName(error.code))},
                                        {"subject", QString::fromStdString(error.subject)},
                                        {"detail", QString::fromStdString(error.detail)}});
    } else {
        endProgressLine();
        line(stderr, QStringLiteral("moodloom: ") + QString::fromStdString(errorText(error)));
    }
    switch (error.code) {
    case ErrorCode::Cancelled: return Interrupted;
    case ErrorCode::Invalid: return Usage;
    default: return Failed;
    }
}

int Output::usage(const QString &text)
{
    return error({ErrorCode::Invalid, "usage", text.toStdString()});
}

void Output::notice(const QString &text)
{
    const std::lock_guard lock(m_mutex);
    if (m_json) {
        event(QStringLiteral("notice"), {{"text", text}});
        return;
    }
    endProgressLine();
    line(stderr, text);
}

} // namespace moodloom::cli
