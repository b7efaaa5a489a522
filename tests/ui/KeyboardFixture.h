// The window for tests that work by keys: what has the keyboard, whether that is seen, and what is
// open over the window.
#pragma once

#include "core/board/Board.h"
#include "tests/ui/WindowFixture.h"
#include "ui/board/BoardCanvas.h"
#include "ui/shell/Workspace.h"

#include <algorithm>

namespace moodloom::fake {

class KeyboardFixture : protected WindowFixture
{
protected:
    QQuickItem *focus() const { return m_driver->window()->activeFocusItem(); }
    QQuickItem *canvas() const { return m_driver->item(QStringLiteral("boardCanvas")); }
    board::Board &board() const { return *m_session->board(); }
    ui::BoardController *controller() const
    {
        return qobject_cast<ui::BoardCanvas *>(canvas())->controller();
    }
    // A ring is drawn around what has the keyboard, or around the row of a list that it is at.
    bool focusIsSeen() const
    {
        const auto found = itemsOf(m_driver->window()->contentItem(), "FocusRing");
        const QRectF place =
            focus()->mapRectToScene(QRectF(0, 0, focus()->width(), focus()->height()));
        return std::any_of(found.cbegin(), found.cend(), [&](const QQuickItem *ring) {
            return ring->mapRectToScene(ring->boundingRect()).intersects(place);
        });
    }
    // But tips, which come and go beside what has the keyboard.
    static void popups(QQuickItem *item, QStringList &open)
    {
        if (!item->isVisible())
            return;
        const QList<QQuickItem *> children = item->childItems();
        const bool tip =
            std::any_of(children.cbegin(), children.cend(), [](const QQuickItem *child) {
                return child->objectName() == QLatin1String("tip");
            });
        if (item->inherits("QQuickPopupItem") && !tip)
            open << QString::fromLatin1(item->metaObject()->className());
        for (QQuickItem *child : children)
            popups(child, open);
    }
    QStringList openPopups() const
    {
        QStringList open;
        popups(m_driver->window()->contentItem(), open);
        return open;
    }
    void tabTo(const std::function<bool(const QQuickItem *)> &there, int most = 40)
    {
        for (int i = 0; i < most && !there(focus()); ++i)
            m_driver->press(Qt::Key_Tab);
        QVERIFY(there(focus()));
    }
    board::ItemId addPicture()
    {
        const QString path = m_home.filePath(QStringLiteral("red.png"));
        fake::picture(Qt::red, {120, 80}).save(path);
        board::Picture picture;
        picture.hash = picture.path = path;
        picture.size = {120, 80};
        return board().addPictures({picture}, {0, 0}).first();
    }
};

} // namespace moodloom::fake
