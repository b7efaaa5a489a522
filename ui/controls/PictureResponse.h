// The answer of an image provider whose pictures come from a pool of threads.
//
// Made on the scene graph's thread, finished on the pool's. The engine owns and deletes it.
#pragma once

#include "core/base/Result.h"

#include <QImage>
#include <QQuickImageProvider>

#include <atomic>
#include <memory>

namespace moodloom::ui {

class PictureResponse : public QQuickImageResponse
{
public:
    // Whether the picture is not wanted any more; the job keeps it, as the response may be gone first.
    std::shared_ptr<const std::atomic<bool>> cancelled() const { return m_cancelled; }

    QQuickTextureFactory *textureFactory() const override;
    QString errorString() const override { return m_error; }
    void cancel() override { *m_cancelled = true; }

    // The last thing that the engine waits for before it deletes the response. Requires: called once.
    void finish(const Result<QImage> &image);

private:
    const std::shared_ptr<std::atomic<bool>> m_cancelled = std::make_shared<std::atomic<bool>>(false);
    QImage m_image;
    QString m_error;
};

} // namespace moodloom::ui
