#include "ui/theme/Theme.h"

#include <QEvent>
#include <QGuiApplication>
#include <QMetaEnum>
#include <QPalette>
#include <QQmlEngine>
#include <QSettings>
#include <QStyleHints>

namespace moodloom::ui {

static const auto modeKey = QStringLiteral("appearance/theme");
static const auto canvasKey = QStringLiteral("appearance/canvas");
static const auto motionKey = QStringLiteral("appearance/reducedMotion");

Theme *Theme::instance()
{
    static auto *const theme = new Theme(qApp);
    return theme;
}

Theme *Theme::create(QQmlEngine *, QJSEngine *)
{
    Theme *theme = instance();
    QJSEngine::setObjectOwnership(theme, QJSEngine::CppOwnership);
    return theme;
}

Theme::Theme(QObject *parent) : QObject(parent)
{
    const QSettings settings;
    bool known = false;
    const int mode = QMetaEnum::fromType<Mode>().keyToValue(
        settings.value(modeKey).toByteArray().constData(), &known);
    if (known)
        m_mode = Mode(mode);
    m_canvas = settings.value(canvasKey).value<QColor>();
    m_reducedMotion = settings.value(motionKey, false).toBool();
    qApp->installEventFilter(this);
}

void Theme::setMode(Mode mode)
{
    if (m_mode == mode)
        return;
    m_mode = mode;
    QSettings().setValue(modeKey,
                         QByteArray(QMetaEnum::fromType<Mode>().valueToKey(int(mode))));
    Q_EMIT changed();
}

bool Theme::isDark() const
{
    if (m_mode == Mode::System)
        return QGuiApplication::palette().color(QPalette::Window).lightnessF() < 0.5;
    return m_mode == Mode::Dark;
}

QColor Theme::canvas() const
{
    return m_canvas.isValid() ? m_canvas : pick(0x161617, 0xdcdcdf);
}

void Theme::setCanvas(const QColor &grey)
{
    if (m_canvas == grey)
        return;
    m_canvas = grey;
    QSettings().setValue(canvasKey, grey);
    Q_EMIT changed();
}

int Theme::cursorFlashTime()
{
    return QGuiApplication::styleHints()->cursorFlashTime();
}

QFont Theme::font(int pixelSize)
{
    QFont font = QGuiApplication::font();
    font.setPixelSize(pixelSize);
    return font;
}

void Theme::setReducedMotion(bool reduced)
{
    if (m_reducedMotion == reduced)
        return;
    m_reducedMotion = reduced;
    QSettings().setValue(motionKey, reduced);
    Q_EMIT changed();
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange && watched == qApp &&
        m_mode == Mode::System)
        Q_EMIT changed();
    return QObject::eventFilter(watched, event);
}

} // namespace moodloom::ui
