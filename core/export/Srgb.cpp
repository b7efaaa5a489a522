#include "core/export/Srgb.h"

#include <QColorSpace>

#include <lcms2.h>

#include <cmath>

namespace moodloom::exporting {
namespace {

// Offset and length of the creation date in an ICC header (ICC.1:2001-04, 6.1).
constexpr int kDateOffset = 24;
constexpr int kDateLength = 12;

// The curve of IEC 61966-2-1 as a table of the size that most sRGB profiles use.
cmsToneCurve *makeCurve()
{
    constexpr cmsFloat64Number kParameters[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    constexpr int kParametric = 4, kEntries = 1024;
    cmsToneCurve *exact = cmsBuildParametricToneCurve(nullptr, kParametric, kParameters);
    cmsUInt16Number table[kEntries];
    for (int i = 0; i < kEntries; ++i)
        table[i] = cmsUInt16Number(
            std::lround(cmsEvalToneCurveFloat(exact, float(i) / (kEntries - 1)) * 65535));
    cmsFreeToneCurve(exact);
    return cmsBuildTabulatedToneCurve16(nullptr, kEntries, table);
}

QByteArray makeProfile()
{
    constexpr cmsCIExyY kD65{0.3127, 0.3290, 1};
    constexpr cmsCIExyYTRIPLE kRec709{{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}};
    cmsToneCurve *curve = makeCurve();
    cmsToneCurve *curves[] = {curve, curve, curve};
    cmsHPROFILE profile = cmsCreateRGBProfile(&kD65, &kRec709, curves);
    cmsFreeToneCurve(curve);
    cmsSetProfileVersion(profile, 2.1); // version 4 is not read everywhere
    if (cmsMLU *name = cmsMLUalloc(nullptr, 1)) {
        cmsMLUsetASCII(name, "en", "US", "sRGB");
        cmsWriteTag(profile, cmsSigProfileDescriptionTag, name);
        cmsMLUfree(name);
    }
    cmsUInt32Number size = 0;
    QByteArray bytes;
    if (cmsSaveProfileToMem(profile, nullptr, &size)) {
        bytes.resize(int(size));
        if (!cmsSaveProfileToMem(profile, bytes.data(), &size))
            bytes.clear();
    }
    cmsCloseProfile(profile);
    // Without this, the same recipe would give other bytes every second: 2000-01-01 00:00:00.
    if (bytes.size() > kDateOffset + kDateLength) {
        const char date[kDateLength] = {0x07, char(0xd0), 0, 1, 0, 1, 0, 0, 0, 0, 0, 0};
        bytes.replace(kDateOffset, kDateLength, date, kDateLength);
    }
    return bytes;
}

} // namespace

const QByteArray &srgbProfile()
{
    static const QByteArray profile = makeProfile();
    return profile;
}

QImage toSrgb8(const QImage &image)
{
    const QColorSpace srgb(QColorSpace::SRgb);
    const QImage::Format format =
        image.hasAlphaChannel() ? QImage::Format_RGBA8888 : QImage::Format_RGB888;
    if (!image.colorSpace().isValid() || image.colorSpace() == srgb)
        return image.convertToFormat(format);
    // Palettes and grey are not converted by Qt as they are; 16 bits keep their precision.
    QImage colours = image.depth() > 32 ? image : image.convertToFormat(format);
    colours.setColorSpace(image.colorSpace());
    return colours.convertedToColorSpace(srgb).convertToFormat(format);
}

} // namespace moodloom::exporting
