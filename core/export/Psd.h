// A layered picture, and how it is written as a Photoshop document.
//
// Follows Adobe's published "Photoshop File Formats Specification": 8-bit RGB, layers and nested
// groups, RLE. Plain values; writePsd may run on any thread, one call a path.
#pragma once

#include "core/base/Result.h"
#include "core/export/ExportControl.h"

#include <QByteArray>
#include <QImage>
#include <QPoint>
#include <QSize>
#include <QString>

#include <vector>

namespace moodloom::exporting {

struct PsdLayer
{
    enum class Kind { Pixels, Group };

    Kind kind = Kind::Pixels;
    QString name;       // any Unicode
    QImage image;       // of Pixels; null makes an empty layer. Converted to 8-bit sRGB
    QPoint position;    // of Pixels: its top left corner on the canvas; may lie outside
    double opacity = 1; // 0..1
    bool visible = true;
    std::vector<PsdLayer> children; // of Group: from the lowest to the topmost
};

struct PsdDocument
{
    QSize size;                   // of the canvas, pixels
    std::vector<PsdLayer> layers; // from the lowest to the topmost
    double pixelsPerInch = 72;
    QString caption; // shown as the file's description (IPTC)
    QByteArray xmp;  // an XMP packet, or empty
};

enum class PsdFormat {
    Psd, // sides up to 30,000 pixels, files up to 2 GB
    Psb  // the large document format: sides up to 300,000 pixels
};

// Writes the document with a merged picture of its visible layers. The layers are encoded twice,
// first to learn the lengths that stand before the pixels, so that no encoded layer is held in
// memory. Errors: Invalid (no canvas, too large for the format, too many layers), Cancelled,
// OutOfMemory, and those of writeFileSafely; the old file then stays.
Result<void> writePsd(const PsdDocument &document, const QString &path,
                      PsdFormat format = PsdFormat::Psd, const ExportControl &control = {});

} // namespace moodloom::exporting
