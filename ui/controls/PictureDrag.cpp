#include "ui/controls/PictureDrag.h"

#include "core/image/Decode.h"
#include "ui/controls/DropContent.h"

#include <QDrag>
#include <QGuiApplication>
#include <QMimeData>
#include <QPixmap>
#include <QPointer>
#include <QtConcurrent>
#include <QUrl>

namespace moodloom::ui {
namespace {

constexpr int kPreviewSide = 128; // logical pixels
constexpr int kMostSide = 8192;   // of the pixels that are handed over; the file has all of them

const auto kImageType = QStringLiteral("application/x-qt-image");

// A file whose pixels are there for who asks.
class FileContent : public QMimeData
{
public:
    explicit FileContent(const QString &path)
    {
        setUrls({QUrl::fromLocalFile(path)});
        image::DecodeOptions options;
        options.maxSide = kMostSide;
        m_image = QtConcurrent::run(
            [path, options] { return image::decode(path, options).value_or(QImage()); });
    }

    QStringList formats() const override { return QMimeData::formats() << kImageType; }

protected:
    QVariant retrieveData(const QString &type, QMetaType wanted) const override
    {
        return type == kImageType ? QVariant(m_image.result())
                                  : QMimeData::retrieveData(type, wanted);
    }

private:
    QFuture<QImage> m_image;
};

} // namespace

std::unique_ptr<QMimeData> PictureDrag::content() const
{
    std::unique_ptr<QMimeData> mime;
    const auto image = m_image.value<QImage>();
    if (image.isNull() && !m_file.isEmpty()) {
        mime = std::make_unique<FileContent>(m_file);
    } else {
        mime = std::make_unique<QMimeData>();
        mime->setImageData(image);
        if (!m_file.isEmpty())
            mime->setUrls({QUrl::fromLocalFile(m_file)});
    }
    if (m_asset > 0)
        mime->setData(QLatin1String(assetMimeType), QByteArray::number(qint64(m_asset)));
    return mime;
}

void PictureDrag::start(const QVariant &preview)
{
    if (m_active || (m_file.isEmpty() && m_image.isNull()))
        return;
    auto *drag = new QDrag(parent() ? parent() : this);
    drag->setMimeData(content().release());
    if (const auto image = preview.value<QImage>(); !image.isNull()) {
        const double ratio = qGuiApp->devicePixelRatio();
        const int side = qRound(kPreviewSide * ratio);
        QPixmap pixmap = QPixmap::fromImage(
            image.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation));
        pixmap.setDevicePixelRatio(ratio);
        drag->setPixmap(pixmap);
        drag->setHotSpot(QRectF({}, pixmap.deviceIndependentSize()).center().toPoint());
    }
    m_active = true;
    Q_EMIT activeChanged();
    const QPointer<PictureDrag> self(this); // a search may replace the card meanwhile
    drag->exec(Qt::CopyAction);
    if (!self)
        return;
    m_active = false;
    Q_EMIT activeChanged();
}

} // namespace moodloom::ui
