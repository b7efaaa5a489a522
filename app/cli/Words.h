// The command line's visible text, in the user's language. With --json everything stays English.
#pragma once

#include <QCoreApplication>

namespace moodloom::cli {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

} // namespace moodloom::cli
