#include "ui/controls/PictureFileProvider.h"

#include "core/image/Decode.h"
#include "ui/controls/PictureResponse.h"

#include <algorithm>

namespace moodloom::ui {
namespace {

constexpr int kSide = 320; // pixels, where no size is asked for
constexpr auto kOptions = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

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
    auto *response = new PictureResponse;
    const QString path = QString::fromUtf8(QByteArray::fromBase64(id.toLatin1(), kOptions));
    const int side = std::max(requestedSize.width(), requestedSize.height());
    m_pool.start([stop = response->cancelled(), response, path, side] {
        image::DecodeOptions options;
        options.maxSide = side > 0 ? side : kSide;
        response->finish(*stop ? Result<QImage>(cancelled()) : image::decode(path, options));
    });
    return response;
}

} // namespace moodloom::ui
