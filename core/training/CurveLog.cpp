#include "core/training/CurveLog.h"

#include <cstdio>
#include <fstream>

namespace moodloom::training {

CurveLog::CurveLog(std::string path, std::vector<std::string> names, double secondsBefore,
                   double interval, CurveSink sink)
    : m_path(std::move(path)), m_names(std::move(names)), m_before(secondsBefore),
      m_interval(interval), m_start(Clock::now()), m_lastRow(m_start), m_sink(std::move(sink))
{
    if (std::ifstream(m_path).peek() != std::ifstream::traits_type::eof())
        return;
    std::ofstream file(m_path);
    file << "step,samples,seconds,samples_per_second";
    for (const std::string &name : m_names)
        file << ',' << name;
    file << '\n';
}

double CurveLog::seconds() const
{
    return m_before + std::chrono::duration<double>(Clock::now() - m_start).count();
}

void CurveLog::add(int64_t step, int64_t samples, const std::map<std::string, double> &values)
{
    for (const auto &[name, value] : values) {
        auto &[sum, count] = m_sums[name];
        sum += value;
        ++count;
    }
    if (m_lastSamples < 0)
        m_lastSamples = samples;
    const auto now = Clock::now();
    const double passed = std::chrono::duration<double>(now - m_lastRow).count();
    if (passed < m_interval)
        return;
    CurveRow row{step, samples, passed > 0 ? double(samples - m_lastSamples) / passed : 0, {}};
    std::ofstream file(m_path, std::ios::app);
    file << step << ',' << samples << ',' << int64_t(seconds()) << ',' << row.samplesPerSecond;
    for (const std::string &name : m_names) {
        const auto &[sum, count] = m_sums[name];
        row.means[name] = count ? sum / count : 0;
        file << ',' << row.means[name];
    }
    file << '\n';
    if (m_sink) {
        m_sink(row);
    } else {
        std::printf("step %lld  samples %lld  %.0f/s", (long long)step, (long long)samples,
                    row.samplesPerSecond);
        for (const std::string &name : m_names)
            std::printf("  %s %.4f", name.c_str(), row.means[name]);
        std::printf("\n");
        std::fflush(stdout);
    }
    m_sums.clear();
    m_lastRow = now;
    m_lastSamples = samples;
}

} // namespace moodloom::training
