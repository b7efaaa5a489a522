// One case of a golden index: its inputs, its reference outputs, and a comparison within the
// tolerance that the fixtures' README derives from the reference's own float32 noise, or, in fp16,
// within a relative error.
#pragma once

#include "core/base/Result.h"
#include "core/tensor/SafeTensors.h"
#include "tests/parity/Place.h"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace moodloom::parity {

class Golden
{
public:
    // Errors: those of the files.
    static Result<Golden> open(const std::string &root, const nlohmann::json &entry,
                               const Place &place);

    std::string id() const { return m_entry["id"].get<std::string>(); }
    std::string group() const { return m_entry["group"].get<std::string>(); }
    std::string root() const { return m_root; }
    std::string modelName() const { return m_entry.value("model", ""); }
    std::string model() const { return m_root + "/" + modelName(); }
    const nlohmann::json &params() const { return m_params; }
    const Place &place() const { return m_place; }

    bool hasInput(const std::string &name) const { return m_file.contains("in." + name); }
    // These throw std::runtime_error where there is none.
    // On the CPU, as it is in the file: pictures for preprocessing.
    Tensor stored(const std::string &name) const;
    // On the device, in the file's number format: timesteps, ids, masks, a sampler's noise.
    Tensor input(const std::string &name) const;
    // On the device, in the networks' number format: what they compute with.
    Tensor activations(const std::string &name) const;
    bool has(const std::string &output) const { return m_file.contains("out." + output); }
    // On the CPU. Throws std::runtime_error where there is none.
    Tensor reference(const std::string &output) const;

    // Compares one output, wherever it is; problems() lists what differs too much or was never
    // compared.
    void compare(const std::string &output, const Tensor &ours);
    std::vector<std::string> problems() const;

    // The worst of all comparisons, in units of its tolerance.
    double worst() const { return m_worst; }

    // Where the whole case failed.
    void fail(const Error &error) { fail(errorText(error)); }
    void fail(const std::string &problem) { m_problems.push_back(problem); }
    const std::vector<std::string> &outputs() const { return m_outputs; }

private:
    // How far `ours` is from the reference, and how far it may be.
    struct Distance
    {
        double error = 0, tolerance = 0;
    };
    Distance distance(const std::string &output, const Tensor &ours, const Tensor &theirs) const;

    std::string m_root;
    nlohmann::json m_entry, m_params;
    Place m_place;
    tensor::SafeTensors m_file;
    std::vector<std::string> m_outputs, m_problems;
    std::map<std::string, bool> m_compared;
    double m_worst = 0;
};

} // namespace moodloom::parity
