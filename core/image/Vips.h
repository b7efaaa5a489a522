// libvips for this module's own files: started once, and its quirks kept in one place.
//
// libvips collects the texts of errors in one buffer for the whole process. So decoders run side by
// side under shared(), and only who wants to read a text decodes again, alone, under alone().
#pragma once

#include "core/base/Result.h"
#include "core/image/Format.h"

#include <QByteArray>
#include <QSize>

#include <mutex>
#include <shared_mutex>

#include <vips/vips8>

namespace moodloom::image::vipsio {

// Starts libvips at the first call: one thread a picture (the import runs many pictures at once),
// no operation cache, only the loaders of `Format` allowed. Errors: Internal.
Result<void> start();

std::shared_lock<std::shared_mutex> shared();
std::unique_lock<std::shared_mutex> alone();

enum class Access { Sequential, Random };

// Opens `bytes`, which must outlive the image. Throws vips::VError.
vips::VImage open(const QByteArray &bytes, Format format, Access access, double svgScale = 1,
                  VipsFailOn failOn = VIPS_FAIL_ON_ERROR);

// Width and height once EXIF's orientation is applied.
QSize uprightSize(const vips::VImage &image);

} // namespace moodloom::image::vipsio
