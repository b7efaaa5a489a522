// What a command says: for people on a terminal, or JSON lines for programs (--json).
//
// JSON events go to standard output, one object a line, each with "event"; human progress goes to
// standard error, results to standard output. Used from the main thread and from progress callbacks.
#pragma once

#include "core/base/Error.h"

#include <QJsonObject>
#include <QString>

#include <mutex>

namespace moodloom::cli {

enum ExitCode { Ok = 0, Failed = 1, Usage = 2, Interrupted = 130 };

// One line about an error, in the user's language: "sea.jpg: damaged: the file is empty (0 bytes)".
QString errorLine(const Error &error);

class Output
{
public:
    explicit Output(bool json);

    bool isJson() const { return m_json; }
    // A finished fact: {"event": name, ...}, or `text` for people (nothing when empty).
    void result(const QString &name, const QJsonObject &fields, const QString &text);
    // Progress: replaced in place on a terminal, one line each every few seconds otherwise.
    void progress(const QString &name, const QJsonObject &fields, const QString &text);
    // An error event or line; returns the exit code that fits.
    int error(const Error &error);
    int usage(const QString &text);
    void notice(const QString &text);

private:
    void endProgressLine();
    void line(FILE *to, const QString &text);
    void event(const QString &name, QJsonObject fields);

    const bool m_json;
    const bool m_terminal;
    bool m_inProgress = false;
    qint64 m_lastProgress = 0;
    std::mutex m_mutex;
};

} // namespace moodloom::cli
