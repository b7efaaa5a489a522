#include "ui/library/AssetImageProvider.h"

#include "ui/controls/PictureResponse.h"

namespace moodloom::ui {

AssetImageProvider::AssetImageProvider(image::ThumbnailStore store) : m_store(std::move(store))
{
    m_pool.setMaxThreadCount(2);
    m_pool.setThreadPriority(QThread::LowPriority);
}

AssetImageProvider::~AssetImageProvider()
{
    m_pool.waitForDone();
}

QQuickImageResponse *AssetImageProvider::requestImageResponse(const QString &id,
                                                              const QSize &requestedSize)
{
    auto *response = new PictureResponse;
    m_pool.start([this, stop = response->cancelled(), response, id, requestedSize] {
        if (*stop) {
            response->finish(cancelled());
            return;
        }
        Result<QImage> image = m_store.read(id);
        if (image && requestedSize.width() > 0 && requestedSize.width() < image->width())
            image = image->scaledToWidth(requestedSize.width(), Qt::SmoothTransformation);
        response->finish(image);
    });
    return response;
}

} // namespace moodloom::ui
