#include "core/diffusion/LatentPreview.h"

#include "core/base/SafeFile.h"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>

namespace moodloom::diffusion {

LatentPreview LatentPreview::fit(const at::Tensor &latents, const at::Tensor &pictures)
{
    const at::Tensor z = latents.detach().to(at::kCPU, at::kDouble);
    const int64_t channels = z.size(1);
    const at::Tensor small =
        at::adaptive_avg_pool2d(pictures.detach().to(at::kCPU, at::kDouble), {z.size(2), z.size(3)});
    const at::Tensor rows = z.permute({0, 2, 3, 1}).reshape({-1, channels});
    const at::Tensor x = at::cat({rows, at::ones({rows.size(0), 1}, rows.options())}, 1);
    const at::Tensor y = small.permute({0, 2, 3, 1}).reshape({-1, 3});
    // Normal equations with a touch of ridge, so that a dead channel does no harm.
    const at::Tensor gram = x.t().matmul(x);
    const at::Tensor ridge = 1e-6 * gram.trace() * at::eye(channels + 1, gram.options());
    const at::Tensor solution =
        at::linalg_solve(gram + ridge, x.t().matmul(y)).to(at::kFloat).contiguous();
    LatentPreview preview;
    const float *values = solution.data_ptr<float>();
    preview.m_factors.assign(values, values + channels * 3);
    preview.m_bias.assign(values + channels * 3, values + channels * 3 + 3);
    return preview;
}

std::optional<LatentPreview> LatentPreview::forChannels(int64_t channels)
{
    if (channels != 4)
        return std::nullopt;
    LatentPreview preview;
    preview.m_factors = {0.35f, 0.23f, 0.32f, 0.325f, 0.50f, 0.235f,
                         -0.28f, 0.18f, 0.27f, -0.21f, -0.26f, -0.72f};
    preview.m_bias = {0, 0, 0};
    return preview;
}

Result<LatentPreview> LatentPreview::load(const std::string &path)
{
    const auto text = readFile(path, 1 << 20);
    if (!text)
        return fail(text.error());
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    LatentPreview preview;
    try {
        for (const auto &row : json.at("factors")) {
            const auto rgb = row.get<std::vector<float>>();
            if (rgb.size() != 3)
                return fail(ErrorCode::Mismatch, path, "each row of factors needs three numbers");
            preview.m_factors.insert(preview.m_factors.end(), rgb.begin(), rgb.end());
        }
        preview.m_bias = json.at("bias").get<std::vector<float>>();
    } catch (const nlohmann::json::exception &) {
        return fail(ErrorCode::Corrupt, path, "expected {\"factors\": [[r,g,b], ...], \"bias\": [r,g,b]}");
    }
    if (preview.m_bias.size() != 3 || preview.m_factors.empty())
        return fail(ErrorCode::Mismatch, path, "bias needs three numbers and factors one row a channel");
    return preview;
}

nlohmann::json LatentPreview::json() const
{
    auto rows = nlohmann::json::array();
    for (size_t i = 0; i < m_factors.size(); i += 3)
        rows.push_back({m_factors[i], m_factors[i + 1], m_factors[i + 2]});
    return {{"factors", rows}, {"bias", m_bias}};
}

at::Tensor LatentPreview::picture(const at::Tensor &x0, int scale) const
{
    at::Tensor z = x0.detach().to(at::kCPU, at::kFloat);
    if (z.dim() == 3)
        z = z.unsqueeze(0);
    const at::Tensor factors = at::tensor(m_factors).view({-1, 3});
    const at::Tensor bias = at::tensor(m_bias);
    at::Tensor rgb = z.permute({0, 2, 3, 1}).matmul(factors) + bias; // [1,h,w,3]
    rgb = rgb.permute({0, 3, 1, 2});
    if (scale > 1)
        rgb = at::upsample_bilinear2d(rgb, {rgb.size(2) * scale, rgb.size(3) * scale}, false);
    return ((rgb + 1) * 127.5).round().clamp(0, 255).to(at::kByte).squeeze(0).permute({1, 2, 0}).contiguous();
}

} // namespace moodloom::diffusion
