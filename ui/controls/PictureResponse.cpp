#include "ui/controls/PictureResponse.h"

#include "core/base/Text.h"

namespace moodloom::ui {

QQuickTextureFactory *PictureResponse::textureFactory() const
{
    return QQuickTextureFactory::textureFactoryForImage(m_image);
}

void PictureResponse::finish(const Result<QImage> &image)
{
    if (image)
        m_image = *image;
    else
        m_error = userText(image.error());
    Q_EMIT finished();
}

} // namespace moodloom::ui
