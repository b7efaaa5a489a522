// Ctrl+C as a stop token: the first one asks the work to end cleanly, the second ends the program.
#pragma once

#include <stop_token>

namespace moodloom::cli {

// Installs the handlers for SIGINT and SIGTERM on the first call. Requires: the main thread.
std::stop_token stopOnInterrupt();

} // namespace moodloom::cli
