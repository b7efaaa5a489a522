// "image://asset/<hash>": the thumbnail of a picture of the library, read off the UI thread.
//
// Owns a small pool of threads. A hash without a stored thumbnail gives an error, which the delegate
// shows as such; nothing is decoded anew here.
#pragma once

#include "core/image/Thumbnail.h"

#include <QQuickAsyncImageProvider>
#include <QThreadPool>

namespace moodloom::ui {

class AssetImageProvider : public QQuickAsyncImageProvider
{
public:
    explicit AssetImageProvider(image::ThumbnailStore store = image::ThumbnailStore());
    ~AssetImageProvider() override;

    QQuickImageResponse *requestImageResponse(const QString &id,
                                              const QSize &requestedSize) override;

private:
    const image::ThumbnailStore m_store;
    QThreadPool m_pool;
};

} // namespace moodloom::ui
