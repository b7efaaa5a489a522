#include "core/nn/Flux2Tokens.h"

#include <cmath>

namespace moodloom::nn {

Tensor toPatches(const Tensor &x)
{
    const int64_t b = x.size(0), c = x.size(1), h = x.size(2) / 2, w = x.size(3) / 2;
    return x.reshape({b, c, h, 2, w, 2}).permute({0, 1, 3, 5, 2, 4}).reshape({b, 4 * c, h, w});
}

Tensor fromPatches(const Tensor &x)
{
    const int64_t b = x.size(0), c = x.size(1) / 4, h = x.size(2), w = x.size(3);
    return x.reshape({b, c, 2, 2, h, w}).permute({0, 1, 4, 2, 5, 3}).reshape({b, c, 2 * h, 2 * w});
}

Tensor toTokens(const Tensor &patches)
{
    return patches.flatten(2).transpose(1, 2);
}

Tensor fromTokens(const Tensor &tokens, int64_t height, int64_t width)
{
    return tokens.transpose(1, 2).reshape({tokens.size(0), tokens.size(2), height, width});
}

Tensor pictureIds(int64_t height, int64_t width, int64_t time)
{
    const Tensor rows = at::arange(height, at::kLong).repeat_interleave(width);
    const Tensor columns = at::arange(width, at::kLong).repeat({height});
    return at::stack({at::full_like(rows, time), rows, columns, at::zeros_like(rows)}, 1);
}

Tensor referenceIds(const std::vector<std::pair<int64_t, int64_t>> &sizes)
{
    std::vector<Tensor> ids;
    for (size_t i = 0; i < sizes.size(); ++i)
        ids.push_back(pictureIds(sizes[i].first, sizes[i].second, 10 + 10 * int64_t(i)));
    return at::cat(ids, 0);
}

Tensor textIds(int64_t length)
{
    const Tensor places = at::arange(length, at::kLong), none = at::zeros_like(places);
    return at::stack({none, none, none, places}, 1);
}

Rotary rotary(const Tensor &ids, const std::vector<int64_t> &widths, double theta)
{
    std::vector<Tensor> axes;
    for (size_t i = 0; i < widths.size(); ++i) {
        const Tensor exponents =
            at::arange(0, widths[i], 2, ids.options().dtype(at::kDouble)) / double(widths[i]);
        const Tensor frequencies = at::exp(exponents * -std::log(theta));
        axes.push_back(ids.select(1, int64_t(i)).to(at::kDouble).unsqueeze(1) *
                       frequencies.unsqueeze(0)); // [N,width/2]
    }
    const Tensor angles = at::cat(axes, 1).repeat_interleave(2, 1);
    return {angles.cos().to(at::kFloat), angles.sin().to(at::kFloat)};
}

Tensor Rotary::turn(const Tensor &x) const
{
    const Tensor full = x.to(at::kFloat);
    const Tensor pairs = full.reshape({x.size(0), x.size(1), x.size(2), -1, 2});
    const Tensor turned = at::stack({-pairs.select(-1, 1), pairs.select(-1, 0)}, -1).flatten(3);
    return (full * cos + turned * sin).to(x.scalar_type());
}

double flux2ScheduleShift(int64_t pictureTokens, int64_t steps)
{
    // Two lines over the number of tokens, for 10 and for 200 steps, and a line between them.
    const auto tokens = double(pictureTokens);
    const double at200 = 0.00016927 * tokens + 0.45666666;
    if (pictureTokens > 4300)
        return at200;
    const double at10 = 8.73809524e-05 * tokens + 1.89833333;
    const double slope = (at200 - at10) / 190;
    return slope * double(steps) + at200 - 200 * slope;
}

} // namespace moodloom::nn
