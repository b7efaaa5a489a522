// Another program on the same screen: a window that takes every drop and says what came, and out of
// which a file or an address can be dragged. For DesktopDragTest.
//
// Usage: moodloom_drag_peer X Y [--file PATH | --address URL]. Says "ready" when it is seen, and each
// drop as one line of JSON: formats, urls, text, image ([w, h] of the pixels that came, and their
// middle's colour), png (bytes of image/png).
#include <QDrag>
#include <QDropEvent>
#include <QGuiApplication>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMimeData>
#include <QPainter>
#include <QRasterWindow>
#include <QUrl>

#include <cstdio>

namespace {

void say(const QByteArray &line)
{
    std::printf("%s\n", line.constData());
    std::fflush(stdout);
}

QByteArray told(const QMimeData &mime)
{
    QJsonObject json;
    json.insert(QStringLiteral("formats"), QJsonArray::fromStringList(mime.formats()));
    QJsonArray urls;
    for (const QUrl &url : mime.urls())
        urls.append(url.toString());
    json.insert(QStringLiteral("urls"), urls);
    json.insert(QStringLiteral("text"), mime.text());
    if (const auto image = mime.imageData().value<QImage>(); !image.isNull()) {
        json.insert(QStringLiteral("image"), QJsonArray{image.width(), image.height()});
        json.insert(QStringLiteral("color"), image.pixelColor(image.rect().center()).name());
    }
    json.insert(QStringLiteral("png"), mime.data(QStringLiteral("image/png")).size());
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

class Window : public QRasterWindow
{
public:
    explicit Window(const QUrl &offer) : m_offer(offer) {}

protected:
    bool event(QEvent *event) override
    {
        switch (event->type()) {
        case QEvent::DragEnter:
        case QEvent::DragMove: static_cast<QDropEvent *>(event)->acceptProposedAction(); return true;
        case QEvent::Drop: {
            auto *drop = static_cast<QDropEvent *>(event);
            say(told(*drop->mimeData()));
            drop->acceptProposedAction();
            return true;
        }
        default: return QRasterWindow::event(event);
        }
    }
    void exposeEvent(QExposeEvent *event) override
    {
        QRasterWindow::exposeEvent(event);
        if (isExposed() && !std::exchange(m_seen, true))
            say("ready");
    }
    void paintEvent(QPaintEvent *) override
    {
        QPainter(this).fillRect(QRect({}, size()), Qt::darkGray);
    }
    void mouseMoveEvent(QMouseEvent *event) override
    {
        if (!(event->buttons() & Qt::LeftButton) || std::exchange(m_dragging, true))
            return;
        auto *drag = new QDrag(this);
        auto *mime = new QMimeData;
        mime->setUrls({m_offer});
        drag->setMimeData(mime);
        drag->exec(Qt::CopyAction | Qt::MoveAction, Qt::MoveAction);
        m_dragging = false;
    }

private:
    QUrl m_offer;
    bool m_seen = false, m_dragging = false;
};

} // namespace

int main(int argc, char **argv)
{
    QGuiApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    const QString offer = arguments.value(4);
    Window window(arguments.value(3) == QLatin1String("--file") ? QUrl::fromLocalFile(offer) : QUrl(offer));
    window.setFlag(Qt::FramelessWindowHint);
    window.setGeometry(arguments.value(1).toInt(), arguments.value(2).toInt(), 300, 200);
    window.show();
    return app.exec();
}
