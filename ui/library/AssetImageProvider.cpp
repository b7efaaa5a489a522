#include "ui/library/AssetImageProvider.h"

#include "core/base/Text.h"

#include <atomic>
#include <memory>

namespace moodloom::ui {

namespace {

// Shared by the response (UI thread) and its job (pool): the response may be gone first.
struct Request
{
    std::atomic<bool> cancelled = false;
};

class Response : public QQuickImageResponse
{
public:
    explicit Response(std::shared_ptr<Request> request) : m_request(std::move(request)) {}

    QQuickTextureFactory *textureFactory() const override
    {
        return QQuickTextureFactory::textureFactoryForImage(m_image);
    }
    QString errorString() const override { return m_error; }
    void cancel() override { m_request->cancelled = true; }

    // On the pool's thread; `finished` is the last thing that the engine waits for before it deletes
    // the response.
    void finish(const Result<QImage> &image)
    {
        if (image)
            m_image = *image;
        else
            m_error = userText(image.error());
        Q_EMIT finished();
    }

private:
    std::shared_ptr<Request> m_request;
    QImage m_image;
    QString m_error;
};

} // namespace

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
    auto request = std::make_shared<Request>();
    auto *response = new Response(request);
    m_pool.start([this, request, response, id, requestedSize] {
        if (request->cancelled) {
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
