#include "core/image/ColorProfile.h"

#include <QCryptographicHash>
#include <QHash>

#include <lcms2.h>

#include <array>
#include <memory>
#include <mutex>

namespace moodloom::image {
namespace {

struct CloseProfile
{
    using pointer = cmsHPROFILE;
    void operator()(cmsHPROFILE profile) const { cmsCloseProfile(profile); }
};
using Profile = std::unique_ptr<void, CloseProfile>;

struct DeleteTransform
{
    using pointer = cmsHTRANSFORM;
    void operator()(cmsHTRANSFORM transform) const { cmsDeleteTransform(transform); }
};

// From one profile to sRGB. Without lcms' one-pixel cache, a transform may be used by many threads.
struct Transform
{
    enum class Kind { None, Rgb, Grey };
    Kind kind = Kind::None; // None: broken, of another model, or sRGB itself
    std::unique_ptr<void, DeleteTransform> rgb;
    std::array<QRgb, 256> greys{};
};

constexpr cmsUInt32Number kFlags = cmsFLAGS_NOCACHE | cmsFLAGS_BLACKPOINTCOMPENSATION;

// Colours all over the cube stay where they are, to within one step: the profile is sRGB.
bool changesNothing(cmsHTRANSFORM transform)
{
    for (int i = 0; i < 216; ++i) {
        const std::array<uchar, 4> before{uchar(i / 36 * 51), uchar(i / 6 % 6 * 51),
                                          uchar(i % 6 * 51), 255};
        std::array<uchar, 4> after = before;
        cmsDoTransform(transform, before.data(), after.data(), 1);
        for (size_t c = 0; c < 3; ++c)
            if (qAbs(int(before[c]) - int(after[c])) > 1)
                return false;
    }
    return true;
}

std::shared_ptr<const Transform> makeTransform(const QByteArray &bytes)
{
    auto made = std::make_shared<Transform>();
    const Profile from(cmsOpenProfileFromMem(bytes.constData(), cmsUInt32Number(bytes.size())));
    const Profile srgb(cmsCreate_sRGBProfile());
    if (!from || !srgb)
        return made;
    const auto model = cmsGetColorSpace(from.get());
    if (model == cmsSigRgbData) {
        made->rgb.reset(cmsCreateTransform(from.get(), TYPE_RGBA_8, srgb.get(), TYPE_RGBA_8,
                                           INTENT_RELATIVE_COLORIMETRIC,
                                           kFlags | cmsFLAGS_COPY_ALPHA));
        if (made->rgb && !changesNothing(made->rgb.get()))
            made->kind = Transform::Kind::Rgb;
    } else if (model == cmsSigGrayData) {
        const std::unique_ptr<void, DeleteTransform> grey(cmsCreateTransform(
            from.get(), TYPE_GRAY_8, srgb.get(), TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC, kFlags));
        if (!grey)
            return made;
        for (int value = 0; value < 256; ++value) {
            const uchar in = uchar(value);
            std::array<uchar, 3> out{};
            cmsDoTransform(grey.get(), &in, out.data(), 1);
            made->greys[size_t(value)] = qRgb(out[0], out[1], out[2]);
        }
        made->kind = Transform::Kind::Grey;
    }
    return made;
}

std::shared_ptr<const Transform> transformFor(const QByteArray &profile)
{
    constexpr int kMost = 64; // profiles are few; odd ones must not pile up
    static std::mutex mutex;
    static QHash<QByteArray, std::shared_ptr<const Transform>> transforms;
    const QByteArray key = QCryptographicHash::hash(profile, QCryptographicHash::Blake2b_256);
    const std::lock_guard lock(mutex);
    auto &transform = transforms[key];
    if (!transform) {
        cmsSetLogErrorHandler([](cmsContext, cmsUInt32Number, const char *) {});
        transform = makeTransform(profile);
        if (transforms.size() > kMost) {
            const auto kept = transform;
            transforms.clear();
            return kept;
        }
    }
    return transform;
}

} // namespace

void convertToSrgb(QImage &image, const QByteArray &profile, bool grey)
{
    const auto transform = transformFor(profile);
    if (transform->kind == Transform::Kind::Rgb && !grey) {
        for (int y = 0; y < image.height(); ++y) {
            uchar *row = image.scanLine(y);
            cmsDoTransform(transform->rgb.get(), row, row, cmsUInt32Number(image.width()));
        }
    } else if (transform->kind == Transform::Kind::Grey && grey) {
        for (int y = 0; y < image.height(); ++y) {
            uchar *pixel = image.scanLine(y);
            for (int x = 0; x < image.width(); ++x, pixel += 4) {
                const QRgb color = transform->greys[pixel[0]];
                pixel[0] = uchar(qRed(color));
                pixel[1] = uchar(qGreen(color));
                pixel[2] = uchar(qBlue(color));
            }
        }
    }
}

} // namespace moodloom::image
