// The image resources of a PSD: resolution, caption, XMP, colour profile. Pure functions.
#pragma once

#include "core/export/Psd.h"

namespace moodloom::exporting {

// The whole section, with its length in front.
QByteArray psdResources(const PsdDocument &document);

// The first bytes of the text in UTF-8, never ending inside a character.
QByteArray utf8Prefix(const QString &text, int maxBytes);

} // namespace moodloom::exporting
