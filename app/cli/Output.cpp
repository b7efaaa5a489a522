#include "app/cli/Output.h"

#include "core/base/ErrorDetails.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>

#include <cstdio>
#include <unistd.h>

namespace moodloom::cli {

namespace {

const char *phraseOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled:
        return QT_TRANSLATE_NOOP("CommandLine", "interrupted");
    case ErrorCode::NotFound:
        return QT_TRANSLATE_NOOP("CommandLine", "not found");
    case ErrorCode::Unreadable:
        return QT_TRANSLATE_NOOP("CommandLine", "cannot be read or written");
    case ErrorCode::Corrupt:
        return QT_TRANSLATE_NOOP("CommandLine", "damaged");
    case ErrorCode::Unsupported:
        return QT_TRANSLATE_NOOP("CommandLine", "not supported");
    case ErrorCode::NewerVersion:
        return QT_TRANSLATE_NOOP("CommandLine", "made by a newer Moodloom");
    case ErrorCode::Mismatch:
        return QT_TRANSLATE_NOOP("CommandLine", "does not fit");
    case ErrorCode::ReadOnly:
        return QT_TRANSLATE_NOOP("CommandLine", "read-only");
    case ErrorCode::DiskFull:
        return QT_TRANSLATE_NOOP("CommandLine", "disk full");
    case ErrorCode::OutOfMemory:
        return QT_TRANSLATE_NOOP("CommandLine", "not enough memory");
    case ErrorCode::Invalid:
        return QT_TRANSLATE_NOOP("CommandLine", "not valid");
    case ErrorCode::Internal:
        break;
    }
    return QT_TRANSLATE_NOOP("CommandLine", "internal error");
}

} // namespace

QString errorLine(const Error &error)
{
    QStringList parts;
    if (!error.subject.empty())
        parts << QString::fromStdString(error.subject);
    parts << QCoreApplication::translate("CommandLine", phraseOf(error.code));
    if (!error.detail.empty())
        parts << translatedDetail(QString::fromStdString(error.detail));
    return parts.join(QStringLiteral(": "));
}

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
        line(stderr, QStringLiteral("moodloom: ") + errorLine(error));
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
