#include "core/tensor/Attention.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

// OpenBLAS's switch, where OpenBLAS is the BLAS.
extern "C" {
__attribute__((weak)) void openblas_set_num_threads(int);
__attribute__((weak)) int openblas_get_num_threads();
}

namespace moodloom::tensor {

namespace {

[[maybe_unused]] Tensor plainAttention(const Tensor &q, const Tensor &k, const Tensor &v,
                                       const Tensor &mask)
{
    const double scale = 1.0 / std::sqrt(double(q.size(-1)));
    Tensor scores = at::matmul(q * scale, k.transpose(-2, -1)); // [B,h,Lq,Lk]
    if (mask.defined())
        scores = scores + mask;
    return at::matmul(at::softmax(scores, -1, at::kFloat).to(v.scalar_type()), v);
}

// The tiles are the parallelism; a BLAS that forks inside each of them only gets in the way.
class OneBlasThread
{
public:
    OneBlasThread()
    {
        if (openblas_set_num_threads && openblas_get_num_threads) {
            m_before = openblas_get_num_threads();
            openblas_set_num_threads(1);
        }
    }
    ~OneBlasThread()
    {
        if (m_before > 0)
            openblas_set_num_threads(m_before);
    }
    OneBlasThread(const OneBlasThread &) = delete;
    OneBlasThread &operator=(const OneBlasThread &) = delete;

private:
    int m_before = 0;
};

[[maybe_unused]] Tensor tiledAttention(const Tensor &q, const Tensor &k, const Tensor &v,
                                       const Tensor &mask)
{
    constexpr int64_t tile = 256; // queries at a time: the scores of a tile stay in the cache
    const int64_t batch = q.size(0), heads = q.size(1), queries = q.size(2), dim = q.size(3);
    const int64_t keys = k.size(2);
    const Tensor flatQ =
        (q * (1.0 / std::sqrt(double(dim)))).reshape({batch * heads, queries, dim});
    const Tensor flatK = k.reshape({batch * heads, keys, dim}).transpose(1, 2);
    const Tensor flatV = v.reshape({batch * heads, keys, v.size(3)});
    Tensor bias;
    if (mask.defined())
        bias = mask.expand({batch, heads, queries, keys});
    Tensor out = at::empty({batch * heads, queries, v.size(3)}, v.options());

    const int64_t tiles = (queries + tile - 1) / tile;
    const OneBlasThread guard;
    at::parallel_for(0, batch * heads * tiles, 1, [&](int64_t begin, int64_t end) {
        const at::NoGradGuard noGrad; // the mode is per thread
        for (int64_t i = begin; i < end; ++i) {
            const int64_t head = i / tiles, from = (i % tiles) * tile;
            const int64_t length = std::min(tile, queries - from);
            Tensor scores = at::mm(flatQ[head].narrow(0, from, length), flatK[head]);
            if (bias.defined())
                scores += bias[head / heads][head % heads].narrow(0, from, length);
            const Tensor weights = at::softmax(scores, -1, at::kFloat).to(v.scalar_type());
            out[head].narrow(0, from, length).copy_(at::mm(weights, flatV[head]));
        }
    });
    return out.reshape({batch, heads, queries, v.size(3)});
}

} // namespace

Tensor attention(const Tensor &q, const Tensor &k, const Tensor &v, const Tensor &mask)
{
#if TORCH_VERSION_MAJOR >= 2
    return mask.defined() ? at::scaled_dot_product_attention(q, k, v, mask)
                          : at::scaled_dot_product_attention(q, k, v);
#else
    const bool training =
        at::GradMode::is_enabled() && (q.requires_grad() || k.requires_grad() || v.requires_grad());
    const int64_t scores = q.size(0) * q.size(1) * q.size(2) * k.size(2);
    if (training || !q.is_cpu() || scores < (int64_t(1) << 20))
        return plainAttention(q, k, v, mask);
    return tiledAttention(q, k, v, mask);
#endif
}

} // namespace moodloom::tensor
