// A drawn picture as the bytes of an ordinary file with its description inside. Thread-safe.
#pragma once

#include "core/base/Result.h"

#include <QImage>

#include <string>
#include <vector>

namespace moodloom::world {

enum class PictureFormat { Jpeg, Png };

struct PictureWords
{
    std::string title;                 // dc:title, IPTC object name
    std::string descriptionEn;         // dc:description, x-default; IPTC caption
    std::string descriptionZh;         // dc:description, zh-CN; second line of the IPTC caption
    std::vector<std::string> keywords; // dc:subject, IPTC keywords
};

// The same picture and words give the same bytes. Errors: Internal where an encoder fails.
Result<std::string> encodePicture(const QImage &image, PictureFormat format,
                                  const PictureWords &words);

} // namespace moodloom::world
