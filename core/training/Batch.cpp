#include "core/training/Batch.h"

namespace moodloom::training {

at::Tensor toTensor(std::span<const Picture *const> pictures)
{
    const int64_t n = int64_t(pictures.size());
    const int64_t h = pictures.front()->height, w = pictures.front()->width;
    at::Tensor bytes = at::empty({n, h, w, 3}, at::kByte);
    auto *to = bytes.data_ptr<uint8_t>();
    for (const Picture *picture : pictures) {
        TORCH_CHECK(picture->width == w && picture->height == h, "pictures of different sizes");
        to = std::copy(picture->rgb.begin(), picture->rgb.end(), to);
    }
    return bytes.permute({0, 3, 1, 2}).to(at::kFloat).contiguous().div_(127.5).sub_(1.0);
}

at::Tensor toTensor(const Picture &picture)
{
    const Picture *const one = &picture;
    return toTensor(std::span(&one, 1));
}

Picture toPicture(const at::Tensor &image)
{
    const at::Tensor chw = image.dim() == 4 ? image[0] : image;
    const at::Tensor bytes = chw.detach().to(at::kFloat).add(1.0).mul(127.5).round().clamp(0, 255)
                                 .to(at::kByte).permute({1, 2, 0}).contiguous().cpu();
    Picture picture;
    picture.height = int(bytes.size(0));
    picture.width = int(bytes.size(1));
    const auto *from = bytes.data_ptr<uint8_t>();
    picture.rgb.assign(from, from + bytes.numel());
    return picture;
}

} // namespace moodloom::training
