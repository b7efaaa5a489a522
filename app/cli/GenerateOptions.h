// What `moodloom generate` is asked for: its options, read and checked before anything is loaded.
#pragma once

#include "app/cli/Output.h"
#include "core/base/Result.h"
#include "core/generation/PaintSettings.h"

#include <QCommandLineParser>
#include <QStringList>

namespace moodloom::cli {

struct GenerateOptions
{
    QString prompt, promptTemplate; // the prompt with everything chosen; what it was chosen from, or empty
    QString library, model, encoder, out, psd, board, preview, previewDecoder;
    QVector<generation::RecipeReference> pins;
    QVector<generation::RecipeText> texts; // notes, from the back to the front
    QStringList drops; // content hashes
    generation::PaintSettings settings;
    bool search = true;
};

void addGenerateOptions(QCommandLineParser &parser);
// Errors: Invalid (an option's value, naming it), and those of reading the pictures.
// With --from, what the picture tells comes in place of what is usual; what cannot be taken from it is
// told as notices.
Result<GenerateOptions> readGenerateOptions(const QCommandLineParser &parser, Output &output);

} // namespace moodloom::cli
