// Which files of a repository Moodloom reads.
//
// Pure functions; safe from any thread.
#pragma once

#include <QStringList>

namespace moodloom::download {

// Of all files of a repository those that make up the model: configs, tokenizers and safetensors,
// of the half-precision variant where there is one. In a folder of the diffusers layout the same
// model in one file is left out, and what Moodloom does not read (the safety checker). Files of
// PyTorch are taken only where a network has no safetensors. In the order in which they came.
QStringList chooseFiles(const QStringList &all);

} // namespace moodloom::download
