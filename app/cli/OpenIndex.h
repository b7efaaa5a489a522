// What the commands that search share: the options --library and --model, and opening the index.
#pragma once

#include "app/cli/Output.h"
#include "core/session/LibraryIndex.h"

#include <QCommandLineParser>
#include <QJsonObject>

namespace moodloom::cli {

void addLibraryOption(QCommandLineParser &parser);
void addIndexOptions(QCommandLineParser &parser); // the library, and the model that sees it
QString libraryFolder(const QCommandLineParser &parser);
QString modelFolder(const QCommandLineParser &parser);

// Says so when only words can be used. Errors: as LibraryIndex::open.
Result<std::unique_ptr<session::LibraryIndex>> openIndex(const QString &folder, const QString &model,
                                                         library::Library::Mode mode, Output &output);

// "Nothing in the library shows “…”."
QString lackingLine(const QString &facet);
QJsonObject assetFields(const library::Asset &asset);
QJsonObject referenceFields(const retrieval::Reference &reference, const prompt::Prompt &prompt);

} // namespace moodloom::cli
