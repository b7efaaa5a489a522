#include "core/retrieval/Crops.h"

#include <algorithm>
#include <cmath>

namespace moodloom::retrieval {

QRectF cropAround(const QSize &picture, double share, const QPointF &centre)
{
    const double side = share * std::sqrt(double(picture.width()) * picture.height());
    const double width = std::min(1.0, side / picture.width());
    const double height = std::min(1.0, side / picture.height());
    return {std::clamp(centre.x() - width / 2, 0.0, 1 - width),
            std::clamp(centre.y() - height / 2, 0.0, 1 - height), width, height};
}

void addOnce(std::vector<QRectF> &crops, const QRectF &crop)
{
    if (std::find(crops.begin(), crops.end(), crop) == crops.end())
        crops.push_back(crop);
}

std::vector<QRectF> overlappingCrops(const QSize &picture, double share)
{
    std::vector<QRectF> crops;
    for (const double y : {0.0, 0.5, 1.0})
        for (const double x : {0.0, 0.5, 1.0})
            addOnce(crops, cropAround(picture, share, {x, y}));
    return crops;
}

QImage cut(const QImage &picture, const QRectF &part)
{
    return picture.copy(QRectF(part.x() * picture.width(), part.y() * picture.height(),
                               part.width() * picture.width(), part.height() * picture.height())
                            .toAlignedRect()
                            .intersected(picture.rect()));
}

} // namespace moodloom::retrieval
