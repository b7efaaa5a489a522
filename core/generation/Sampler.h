// The samplers that a recipe can name.
//
// Plain values and pure functions.
#pragma once

#include "core/base/Result.h"

#include <QString>
#include <QVector>

namespace moodloom::generation {

// In the order in which they are offered. Settings that a name does not mention are the model's.
enum class Sampler {
    Auto, // the one that the model's own files name
    DpmPP2M,
    DpmPP2MKarras,
    DpmPP2MSde,
    DpmPP2MSdeKarras,
    DpmPP2S,
    UniPc,
    Euler,
    EulerAncestral,
    Heun,
    Lms,
    Deis,
    Ddim,
    Ddpm,
    Pndm,
    Lcm,
    Tcd,
    FlowEuler
};

const QVector<Sampler> &samplers();

QString samplerName(Sampler sampler);  // in files and on the command line: "dpm++2m-karras"
QString samplerTitle(Sampler sampler); // as other programs call it: "DPM++ 2M Karras"
// Errors: Invalid, listing what there is.
Result<Sampler> samplerFromName(const QString &name);
QString samplerNames(); // "auto, dpm++2m, ..."

} // namespace moodloom::generation
