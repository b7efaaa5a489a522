// Every colour, size and duration that the interface uses, in a dark and a light variant.
//
// One per process, owned by it and living on the UI thread; QML sees it as the singleton `Theme`,
// C++ items as Theme::instance(). Switching `mode` changes all bound colours at once. The mode, the
// canvas grey and the wish for less motion are remembered in QSettings.
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QtQml/qqmlregistration.h>

class QJSEngine;
class QQmlEngine;

namespace moodloom::ui {

class Theme : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(Mode mode READ mode WRITE setMode NOTIFY changed)
    Q_PROPERTY(bool dark READ isDark NOTIFY changed)

    // Surfaces, from the back to the front.
    Q_PROPERTY(QColor window READ window NOTIFY changed)
    Q_PROPERTY(QColor canvas READ canvas WRITE setCanvas NOTIFY changed) // behind the board
    Q_PROPERTY(QColor panel READ panel NOTIFY changed)
    Q_PROPERTY(QColor raised READ raised NOTIFY changed)   // fields, cards, menus
    Q_PROPERTY(QColor hover READ hover NOTIFY changed)     // raised, under the pointer
    Q_PROPERTY(QColor pressed READ pressed NOTIFY changed) // raised, held down
    Q_PROPERTY(QColor line READ line NOTIFY changed)
    Q_PROPERTY(QColor scrim READ scrim NOTIFY changed) // over a picture, under white figures

    // What stands on them.
    Q_PROPERTY(QColor text READ text NOTIFY changed)
    Q_PROPERTY(QColor textSecondary READ textSecondary NOTIFY changed)
    Q_PROPERTY(QColor selection READ selection NOTIFY changed)         // and the focus ring
    Q_PROPERTY(QColor selectionText READ selectionText NOTIFY changed) // on `selection`
    Q_PROPERTY(QColor accent READ accent CONSTANT)         // pinned, and the primary action
    Q_PROPERTY(QColor accentText READ accentText CONSTANT) // on `accent`
    Q_PROPERTY(QColor danger READ danger CONSTANT)         // loss only
    // The same two as text and icons on window, panel and raised: 4.5:1 on each.
    Q_PROPERTY(QColor accentInk READ accentInk NOTIFY changed)
    Q_PROPERTY(QColor dangerInk READ dangerInk NOTIFY changed)

    // Sizes in device-independent pixels; spacing in steps of four.
    Q_PROPERTY(int tiny READ tiny CONSTANT)
    Q_PROPERTY(int small READ small CONSTANT)
    Q_PROPERTY(int medium READ medium CONSTANT)
    Q_PROPERTY(int large READ large CONSTANT)
    Q_PROPERTY(int huge READ huge CONSTANT)
    Q_PROPERTY(int radius READ radius CONSTANT)
    Q_PROPERTY(int icon READ icon CONSTANT)
    Q_PROPERTY(int controlHeight READ controlHeight CONSTANT)
    Q_PROPERTY(int bodySize READ bodySize CONSTANT)   // font.pixelSize of text
    Q_PROPERTY(int labelSize READ labelSize CONSTANT) // font.pixelSize of labels

    Q_PROPERTY(int cursorFlashTime READ cursorFlashTime CONSTANT) // ms; 0 = stands still
    // Milliseconds of a transition: 0 when less motion is wanted.
    Q_PROPERTY(int motion READ motion NOTIFY changed)
    Q_PROPERTY(bool reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY changed)

public:
    enum class Mode { System, Dark, Light };
    Q_ENUM(Mode)

    static Theme *instance();
    static Theme *create(QQmlEngine *, QJSEngine *);

    Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    bool isDark() const;

    QColor window() const { return pick(0x1b1b1c, 0xececee); }
    QColor canvas() const;
    void setCanvas(const QColor &grey);
    // The program's font in a size: controls would take the desktop's, which may lack Chinese.
    Q_INVOKABLE static QFont font(int pixelSize);
    Q_INVOKABLE void resetCanvas() { setCanvas(QColor()); } // the theme's own again
    QColor panel() const { return pick(0x232325, 0xf6f6f7); }
    QColor raised() const { return pick(0x2c2c2f, 0xffffff); }
    QColor hover() const { return pick(0x36363a, 0xe0e0e4); }
    QColor pressed() const { return pick(0x404045, 0xd0d0d6); }
    QColor line() const { return pick(0x38383c, 0xd2d2d7); }
    QColor scrim() const { return QColor(0, 0, 0, 176); }

    QColor text() const { return pick(0xe8e8ea, 0x1e1e20); }
    QColor textSecondary() const { return pick(0xa0a0a8, 0x5c5c64); }
    QColor selection() const { return pick(0xf4f4f6, 0x1b1b1c); }
    QColor selectionText() const { return pick(0x1b1b1c, 0xf4f4f6); }
    QColor accent() const { return QColor(0xf0b040); }
    QColor accentText() const { return QColor(0x1b1b1c); }
    QColor danger() const { return QColor(0xe5484d); }
    QColor accentInk() const { return pick(0xf0b040, 0x8a5a00); }
    QColor dangerInk() const { return pick(0xff7b7f, 0xc0242a); }

    int tiny() const { return 4; }
    int small() const { return 8; }
    int medium() const { return 12; }
    int large() const { return 16; }
    int huge() const { return 24; }
    int radius() const { return 6; }
    int icon() const { return 16; }
    int controlHeight() const { return 28; }
    int bodySize() const { return 13; }
    int labelSize() const { return 11; }

    static int cursorFlashTime();
    int motion() const { return m_reducedMotion ? 0 : 120; }
    bool reducedMotion() const { return m_reducedMotion; }
    void setReducedMotion(bool reduced);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void changed();

private:
    explicit Theme(QObject *parent = nullptr);
    QColor pick(QRgb dark, QRgb light) const { return QColor(isDark() ? dark : light); }

    Mode m_mode = Mode::Dark;
    QColor m_canvas;
    bool m_reducedMotion = false;
};

} // namespace moodloom::ui
