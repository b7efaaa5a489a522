// An exponential moving average of weights: what is sampled from and exported.
#pragma once

#include "core/tensor/Compat.h"

#include <map>
#include <string>
#include <vector>

namespace moodloom::training {

class Ema
{
public:
    using Named = std::vector<std::pair<std::string, at::Tensor>>;
    Ema(const Named &parameters, double decay);

    // Follows the weights. Early on the decay is lower, (1+n)/(10+n), so that the start is forgotten.
    void update();

    // Exchanges the weights and their averages; a second call undoes it.
    void swap();

    std::map<std::string, at::Tensor> state() const; // "<name>" and "updates"
    void restore(const std::map<std::string, at::Tensor> &state); // what fits by name and shape

private:
    struct Entry
    {
        std::string name;
        at::Tensor parameter, average;
    };
    std::vector<Entry> m_entries;
    double m_decay;
    int64_t m_updates = 0;
};

} // namespace moodloom::training
