// What `moodloom generate` is asked for: its options, read and checked before anything is loaded.
#pragma once

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
    QStringList drops; // content hashes
    generation::PaintSettings settings;
    bool search = true;
};

void addGenerateOptions(QCommandLineParser &parser);
// Errors: Invalid (an option's value, naming it), and those of reading the pictures.
Result<GenerateOptions> readGenerateOptions(const QCommandLineParser &parser);

} // namespace moodloom::cli
