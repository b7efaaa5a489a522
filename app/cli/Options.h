// Small helpers for reading options; every mistake is one clear line.
#pragma once

#include "core/base/Result.h"

#include <QCommandLineParser>
#include <QSize>

namespace moodloom::cli {

// Parses; on a mistake the error says which option and how to get help. `--help` prints and exits.
Result<void> parse(QCommandLineParser &parser, const QString &command, const QStringList &arguments);

// Errors: Invalid with the option's name, the text and the range.
Result<int> integer(const QCommandLineParser &parser, const QString &option, int low, int high, int fallback);
Result<double> real(const QCommandLineParser &parser, const QString &option, double low, double high, double fallback);
Result<quint64> seed(const QCommandLineParser &parser, const QString &option, quint64 fallback);
Result<QSize> size(const QString &text); // "WxH"

} // namespace moodloom::cli
