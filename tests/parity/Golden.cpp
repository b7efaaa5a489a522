#include "tests/parity/Golden.h"

#include "core/tensor/Device.h"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

namespace moodloom::parity {

using nlohmann::json;

namespace {

// Of fp16 networks, as the length of the difference beside that of the reference. fp16 rounds every
// value by up to 2^-11 = 5e-4; what some hundred layers round comes to 2.5e-2 at most in these
// cases (the deepest U-Net, computed on a CPU). A wrong constant, layout or mask shows at several
// 1e-1.
constexpr double halfTolerance = 5e-2;

// Cases of a thousandth of the usual contrast tell whether norms have the right epsilon. fp16
// rounds it away before the first norm, so that only fp32 can.
bool isFaint(const std::string &name)
{
    return name.find("faint") != std::string::npos;
}

// The cases of sinusoids say nothing of the reference's noise. Their angles reach 1000, where
// float32 has steps of 6e-5: a frequency and a product that round the other way are two of them.
constexpr double angleSteps = 1.3e-4;

} // namespace

Result<Golden> Golden::open(const std::string &root, const json &entry, const Place &place)
{
    Golden golden;
    golden.m_place = place;
    golden.m_root = root;
    golden.m_entry = entry;
    golden.m_params = entry.value("params", json::object());
    auto file = tensor::SafeTensors::open(root + "/" + entry["file"].get<std::string>());
    if (!file)
        return moodloom::fail(file.error());
    golden.m_file = *std::move(file);
    for (const auto &[name, info] : golden.m_file.tensors())
        if (name.starts_with("out."))
            golden.m_outputs.push_back(name.substr(4));
    return golden;
}

Tensor Golden::stored(const std::string &name) const
{
    auto tensor = m_file.tensor("in." + name);
    if (!tensor)
        throw std::runtime_error(errorText(tensor.error()));
    return *std::move(tensor);
}

Tensor Golden::input(const std::string &name) const
{
    return stored(name).to(m_place.device);
}

Tensor Golden::activations(const std::string &name) const
{
    return stored(name).to(m_place.device, m_place.dtype);
}

Tensor Golden::reference(const std::string &output) const
{
    auto tensor = m_file.tensor("out." + output);
    if (!tensor)
        throw std::runtime_error(errorText(tensor.error()));
    return *std::move(tensor);
}

Golden::Distance Golden::distance(const std::string &output, const Tensor &ours,
                                  const Tensor &theirs) const
{
    if (m_place.half())
        return {(ours - theirs).norm().item<double>(),
                halfTolerance * theirs.norm().item<double>()};
    const json &facts = m_entry["outputs"][output];
    const double noise = facts.value("fp32_noise", 0.0);
    const bool unmeasured = group() == "runs" && !facts.contains("fp32_noise");
    const double largest = theirs.abs().max().item<double>();
    const double share = group() == "timestep" ? angleSteps : unmeasured ? 1e-4 : 2e-5;
    return {(ours - theirs).abs().max().item<double>(), std::max(10 * noise, share * largest)};
}

void Golden::compare(const std::string &output, const Tensor &ours)
{
    m_compared[output] = true;
    if (!ours.defined()) {
        m_problems.push_back(output + ": the network gives no such output");
        return;
    }
    const auto reference = m_file.tensor("out." + output);
    if (!reference) {
        m_problems.push_back(output + ": no such reference");
        return;
    }
    if (ours.sizes() != reference->sizes()) {
        m_problems.push_back(output + ": shape " + tensor::shapeText(ours.sizes()) + ", expected " +
                             tensor::shapeText(reference->sizes()));
        return;
    }
    if (m_place.half() && (isFaint(output) || isFaint(id())))
        return;
    const Tensor theirs = reference->to(at::kDouble);
    const auto [error, tolerance] = distance(output, ours.to(at::kCPU, at::kDouble), theirs);
    if (tolerance > 0)
        m_worst = std::max(m_worst, error / tolerance);
    if (!(error <= tolerance)) { // also when it is not a number
        char text[160];
        std::snprintf(text, sizeof text, ": differs by %.3g, tolerance %.3g (largest value %.3g)",
                      error, tolerance, theirs.abs().max().item<double>());
        m_problems.push_back(output + text);
    }
}

std::vector<std::string> Golden::problems() const
{
    std::vector<std::string> all = m_problems;
    if (all.empty())
        for (const std::string &output : m_outputs)
            if (!m_compared.count(output))
                all.push_back(output + ": was never compared");
    return all;
}

} // namespace moodloom::parity
