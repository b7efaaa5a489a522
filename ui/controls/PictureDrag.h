// Carries a picture out of the window, or to another place in it: the file, the pixels, and for our
// own places the library's asset.
//
// UI thread. The pixels of a file are decoded on another thread from the moment the drag begins,
// and waited for only by a program that asks for them.
#pragma once

#include <QImage>
#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <QVariant>

#include <memory>

class QMimeData;

namespace moodloom::ui {

class PictureDrag : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString file MEMBER m_file NOTIFY contentChanged) // a path
    Q_PROPERTY(
        QVariant image MEMBER m_image NOTIFY contentChanged) // a QImage; else the file's pixels
    Q_PROPERTY(double asset MEMBER m_asset NOTIFY contentChanged) // of the library; 0 = none
    Q_PROPERTY(bool active READ isActive NOTIFY activeChanged)
public:
    using QObject::QObject;

    bool isActive() const { return m_active; }
    // Blocks until it is dropped (events are handled meanwhile). `preview` hangs on the pointer.
    Q_INVOKABLE void start(const QVariant &preview);

    std::unique_ptr<QMimeData> content() const;

Q_SIGNALS:
    void contentChanged();
    void activeChanged();

private:
    QString m_file;
    QVariant m_image;
    double m_asset = 0;
    bool m_active = false;
};

} // namespace moodloom::ui
