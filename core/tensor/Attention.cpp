#include "core/tensor/Attention.h"

#include "core/base/Machine.h"
#include "core/kernels/Available.h"
#include "core/kernels/FlashAttention.h"

#include <ATen/Parallel.h>
#include <ATen/record_function.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <cmath>

// OpenBLAS's switch, where OpenBLAS is the BLAS.
extern "C" {
__attribute__((weak)) void openblas_set_num_threads(int);
__attribute__((weak)) int openblas_get_num_threads();
}

namespace moodloom::tensor {

namespace {

#ifdef MOODLOOM_BF16_KERNELS

const uint16_t *bf16Numbers(const Tensor &t)
{
    return reinterpret_cast<const uint16_t *>(t.data_ptr<at::BFloat16>());
}

kernels::Bf16Rows rowsOf(const Tensor &t, int64_t batch, int64_t head, int64_t from = 0)
{
    return {bf16Numbers(t) + batch * t.stride(0) + head * t.stride(1) + from * t.stride(2),
            t.stride(2)};
}

// Rows as they lie: heads split from [B,L,h*d] need no copy.
Tensor withDenseRows(const Tensor &t)
{
    return t.stride(3) == 1 ? t : t.contiguous();
}

// The result is laid out [B,Lq,h,d], as whoever joins the
// heads wants it.
Tensor flashAttention(const Tensor &anyQ, const Tensor &anyK, const Tensor &anyV,
                      const Tensor &mask)
{
    RECORD_FUNCTION("moodloom::attention", c10::ArrayRef<const c10::IValue>({anyQ, anyK, anyV}));
    const Tensor q = withDenseRows(anyQ), k = withDenseRows(anyK), v = withDenseRows(anyV);
    const int64_t batch = q.size(0), heads = q.size(1), queries = q.size(2), dim = q.size(3);
    const int64_t keys = k.size(2), valueDim = v.size(3);
    Tensor bias;
    if (mask.defined())
        bias = mask.to(at::kFloat).expand({batch, heads, queries, keys});
    const auto keySize = int64_t(kernels::packedKeysSize(keys, dim));
    const auto valueSize = int64_t(kernels::packedValuesSize(keys, valueDim));
    const Tensor packed = at::empty({batch * heads, keySize + valueSize}, v.options());
    const auto packedAt = [&](int64_t head) {
        return reinterpret_cast<uint16_t *>(packed.data_ptr<at::BFloat16>()) +
               head * (keySize + valueSize);
    };
    at::parallel_for(0, batch * heads, 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
            kernels::packKeys(rowsOf(k, i / heads, i % heads), keys, dim, packedAt(i));
            kernels::packValues(rowsOf(v, i / heads, i % heads), keys, valueDim,
                                packedAt(i) + keySize);
        }
    });

    const Tensor out = at::empty({batch, queries, heads, valueDim}, v.options()).transpose(1, 2);
    const int64_t atOnce = kernels::queriesAtOnce(valueDim);
    const int64_t tiles = (queries + atOnce - 1) / atOnce;
    at::parallel_for(0, batch * heads * tiles, 1, [&](int64_t begin, int64_t end) {
        const auto size = int64_t(kernels::workspaceSize(dim, valueDim));
        const Tensor workspace = at::empty({size}, at::kFloat);
        for (int64_t i = begin; i < end; ++i) {
            const int64_t head = i / tiles, from = (i % tiles) * atOnce;
            kernels::AttentionTile tile;
            tile.queries = rowsOf(q, head / heads, head % heads, from);
            tile.count = std::min(atOnce, queries - from);
            tile.dim = dim;
            tile.keys = packedAt(head);
            tile.values = packedAt(head) + keySize;
            tile.keyCount = keys;
            tile.valueDim = valueDim;
            tile.scale = float(1 / std::sqrt(double(dim)));
            if (bias.defined()) {
                tile.bias.data = bias.data_ptr<float>() + (head / heads) * bias.stride(0) +
                                 (head % heads) * bias.stride(1) + from * bias.stride(2);
                tile.bias.rowStride = bias.stride(2);
                tile.bias.columnStride = bias.stride(3);
            }
            const auto rows = rowsOf(out, head / heads, head % heads, from);
            tile.out = const_cast<uint16_t *>(rows.data);
            tile.outStride = rows.stride;
            kernels::attend(tile, workspace.data_ptr<float>());
        }
    });
    return out;
}

#endif

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
    const bool inference = c10::InferenceMode::is_enabled();
    at::parallel_for(0, batch * heads * tiles, 1, [&](int64_t begin, int64_t end) {
        // Modes are per thread, and only the caller's may write to its tensors.
        const at::NoGradGuard noGrad;
        const c10::InferenceMode sameMode(inference);
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
    const bool training =
        at::GradMode::is_enabled() && (q.requires_grad() || k.requires_grad() || v.requires_grad());
#ifdef MOODLOOM_BF16_KERNELS
    if (q.is_cpu() && q.scalar_type() == at::kBFloat16 && !training && k.size(2) > 0 &&
        cpuHasBf16())
        return flashAttention(q, k, v, mask);
#endif
#if TORCH_VERSION_MAJOR >= 2
    return mask.defined() ? at::scaled_dot_product_attention(q, k, v, mask)
                          : at::scaled_dot_product_attention(q, k, v);
#else
    const int64_t scores = q.size(0) * q.size(1) * q.size(2) * k.size(2);
    if (training || !q.is_cpu() || scores < (int64_t(1) << 20))
        return plainAttention(q, k, v, mask);
    return tiledAttention(q, k, v, mask);
#endif
}

} // namespace moodloom::tensor
