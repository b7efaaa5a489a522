// A small random generator whose every result is the same on every machine and library.
//
// Value type; not thread-safe (one per thread). xoshiro256** (Blackman, Vigna 2018) seeded by
// splitmix64. The distributions are our own: those of <random> differ between libraries. Never draw
// twice in the arguments of one call: compilers evaluate them in different orders.
#pragma once

#include <cstdint>
#include <span>

namespace moodloom::world {

inline uint64_t splitmix(uint64_t &state)
{
    uint64_t z = (state += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

// A seed for a part of something that has a seed itself.
inline uint64_t derivedSeed(uint64_t seed, uint64_t part)
{
    uint64_t state = seed ^ (part * 0xd1342543de82ef95ULL + 0x2545f4914f6cdd1dULL);
    splitmix(state);
    return splitmix(state);
}

class Random
{
public:
    explicit Random(uint64_t seed)
    {
        for (uint64_t &word : m_state)
            word = splitmix(seed);
    }

    uint64_t next()
    {
        const uint64_t result = rotated(m_state[1] * 5, 7) * 9;
        const uint64_t shifted = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= shifted;
        m_state[3] = rotated(m_state[3], 45);
        return result;
    }

    // In [0, 1).
    double unit() { return double(next() >> 11) * 0x1.0p-53; }
    // In [low, high).
    double range(double low, double high) { return low + (high - low) * unit(); }
    // In [0, count). Requires: count > 0.
    int below(int count) { return int(unit() * count); }
    bool chance(double probability) { return unit() < probability; }
    template <class T> const T &pick(std::span<const T> items)
    {
        return items[below(int(items.size()))];
    }
    template <class Container> const auto &pick(const Container &items)
    {
        return items[size_t(below(int(std::size(items))))];
    }
    // An index, chosen in proportion to its weight. Requires: a positive sum.
    int weighted(std::span<const double> weights)
    {
        double sum = 0;
        for (double w : weights)
            sum += w;
        double at = unit() * sum;
        for (size_t i = 0; i < weights.size(); ++i) {
            at -= weights[i];
            if (at < 0)
                return int(i);
        }
        return int(weights.size()) - 1;
    }

private:
    static uint64_t rotated(uint64_t x, int bits) { return (x << bits) | (x >> (64 - bits)); }
    uint64_t m_state[4];
};

} // namespace moodloom::world
