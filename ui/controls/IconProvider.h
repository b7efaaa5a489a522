// "image://icon/<name>/<colour>": our 16 px line icons, drawn at the screen's resolution in a colour.
//
// Tinting happens here and not in a shader, so that icons look the same with every renderer. Stateless;
// may be called from any thread.
#pragma once

#include <QQuickImageProvider>

namespace moodloom::ui {

class IconProvider : public QQuickImageProvider
{
public:
    IconProvider() : QQuickImageProvider(QQuickImageProvider::Image) {}

    // `id` is "<name>/<colour>", the colour as QML writes it (#rrggbb or #aarrggbb). An unknown name
    // gives an empty image and a warning.
    QImage requestImage(const QString &id, QSize *size, const QSize &requestedSize) override;
};

} // namespace moodloom::ui
