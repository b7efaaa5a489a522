// The composition root of the window: session, interface, event loop.
#pragma once

#include <QStringList>

namespace moodloom {

// Opens the studio, with the board named in `arguments` if there is one. Returns the exit code.
int runStudio(int &argc, char **argv, const QStringList &arguments);

} // namespace moodloom
