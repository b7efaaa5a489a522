// "image://file/<id>": any picture file, read and reduced off the UI thread.
//
// Owns a small pool of threads. The id is of pictureUrl(); a picture that cannot be read gives an
// error, which the item shows as none.
#pragma once

#include <QQuickAsyncImageProvider>
#include <QThreadPool>

namespace moodloom::ui {

class PictureFileProvider : public QQuickAsyncImageProvider
{
public:
    PictureFileProvider();
    ~PictureFileProvider() override;

    // Empty for an empty path.
    static QString pictureUrl(const QString &path);

    QQuickImageResponse *requestImageResponse(const QString &id,
                                              const QSize &requestedSize) override;

private:
    QThreadPool m_pool;
};

} // namespace moodloom::ui
