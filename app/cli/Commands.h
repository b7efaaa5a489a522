// The command line: one function a command, one file each.
//
// Each takes the arguments after its own name and returns the exit code.
#pragma once

#include "app/cli/Output.h"

#include <QStringList>

namespace moodloom::cli {

int generate(const QStringList &arguments, Output &output);
int inspect(const QStringList &arguments, Output &output);
int search(const QStringList &arguments, Output &output);
int library(const QStringList &arguments, Output &output);
int sampleLibrary(const QStringList &arguments, Output &output);
int board(const QStringList &arguments, Output &output);
int models(const QStringList &arguments, Output &output);
int listModels(const QStringList &arguments, Output &output); // models list
int getModel(const QStringList &arguments, Output &output);   // models get
int train(const QStringList &arguments, Output &output);
int benchmark(const QStringList &arguments, Output &output);

// True when the arguments (without the program) name a command or ask for help or the version;
// then run() does everything.
bool isCommand(const QStringList &arguments);
int run(const QStringList &arguments);

} // namespace moodloom::cli
