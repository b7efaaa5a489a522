// Training curves as CSV, averaged over an interval; each row is also told, by a line on the terminal
// where nobody else listens.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace moodloom::training {

struct CurveRow
{
    int64_t step = 0, samples = 0;
    double samplesPerSecond = 0;
    std::map<std::string, double> means;
};
using CurveSink = std::function<void(const CurveRow &)>;

class CurveLog
{
public:
    // Appends to `path`; the columns are step, samples, seconds, samples/s and `names`.
    CurveLog(std::string path, std::vector<std::string> names, double secondsBefore = 0,
             double interval = 10, CurveSink sink = {});

    // Adds one step's values; writes a row when the interval is over.
    void add(int64_t step, int64_t samples, const std::map<std::string, double> &values);

    // Seconds of training, those before this run included.
    double seconds() const;

private:
    using Clock = std::chrono::steady_clock;
    std::string m_path;
    std::vector<std::string> m_names;
    double m_before, m_interval;
    Clock::time_point m_start, m_lastRow;
    CurveSink m_sink;
    int64_t m_lastSamples = -1;
    std::map<std::string, std::pair<double, int>> m_sums;
};

} // namespace moodloom::training
