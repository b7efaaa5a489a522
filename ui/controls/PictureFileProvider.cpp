#include "ui/controls/PictureFileProvider.h"

#include "core/base/Text.h"
#include "core/image/Decode.h"

#include <algorithm>
#include <atomic>
#include <memory>

namespace moodloom::ui {
namespace {

constexpr int kSide = 320; // pixels, where no size is asked for
constexpr auto kOptions = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

class Response : public QQuickImageResponse
{
public:
    // Shared with the job (pool): the response may be gone first.
    explicit Response(std::shared_ptr<std::atomic<bool>> cancelled)
        : m_cancelled(std::move(cancelled))
    {
    }
    QQuickTextureFactory *textureFactory() const override
    {
        return QQuickTextureFactory::textureFactoryForImage(m_image);
    }
    QString errorString() const override { return m_error; }
    void cancel() override { *m_cancelled = true; }

    // On the pool's thread; `finished` is the last thing that the engine waits for before it
    // deletes the response.
    void finish(const Result<QImage> &image)
    {
        if (image)
            m_image = *image;
        else
            m_error = userText(image.error());
        Q_EMIT finished();
    }

private:
    std::shared_ptr<std::atomic<bool>> m_cancelled;
    QImage m_image;
    QString m_error;
};

} // namespace

PictureFileProvider::PictureFileProvider()
{
    m_pool.setMaxThreadCount(2);
    m_pool.setThreadPriority(QThread::LowPriority);
}

PictureFileProvider::~PictureFileProvider()
{
    m_pool.waitForDone();
}

QString PictureFileProvider::pictureUrl(const QString &path)
{
    if (path.isEmpty())
        return {};
    return QStringLiteral("image://file/") + QString::fromLatin1(path.toUtf8().toBase64(kOptions));
}

QQuickImageResponse *PictureFileProvider::requestImageResponse(const QString &id,
                                                               const QSize &requestedSize)
{
    auto stop = std::make_shared<std::atomic<bool>>(false);
    auto *response = new Response(stop);
    const QString path = QString::fromUtf8(QByteArray::fromBase64(id.toLatin1(), kOptions));
    const int side = std::max(requestedSize.width(), requestedSize.height());
    m_pool.start([stop, response, path, side] {
        image::DecodeOptions options;
        options.maxSide = side > 0 ? side : kSide;
        response->finish(*stop ? Result<QImage>(cancelled()) : image::decode(path, options));
    });
    return response;
}

} // namespace moodloom::ui
