// How faithfully a picture was given back: what is judged of an autoencoder. Pure functions.
#pragma once

#include <QImage>

namespace moodloom::grounding {

struct Fidelity
{
    // Peak signal-to-noise ratio of the 8-bit RGB values; 99 for equal pictures.
    double decibels = 0;
    // How steep the truth's edges are in the other picture: the least-squares slope of its
    // differences of neighbouring pixels on those of the truth, in OkLab. 1 = as steep, below 1 =
    // blurred. Noise cancels out. 1 where the truth has no edges.
    double edges = 1;
};

// Requires: both of one size, not null.
Fidelity fidelity(const QImage &picture, const QImage &truth);

} // namespace moodloom::grounding
