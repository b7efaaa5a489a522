pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

T.Menu {
    id: root

    property Item before // had the keyboard when it was opened

    margins: Theme.tiny
    padding: Theme.tiny
    implicitWidth: {
        let widest = 160
        for (let i = 0; i < count; ++i)
            widest = Math.max(widest, itemAt(i).implicitWidth)
        return widest + leftPadding + rightPadding
    }
    implicitHeight: Math.min(contentItem.implicitHeight + topPadding + bottomPadding,
                             T.Overlay.overlay ? T.Overlay.overlay.height - 2 * Theme.tiny : Infinity)
    delegate: MenuItem {}
    // The keyboard goes back, unless what was chosen took it. A menu in a menu goes with its own.
    onAboutToShow: before = parent && !(parent instanceof T.MenuItem) ? parent.Window.activeFocusItem : null
    onClosed: {
        const window = before ? before.Window.window : null
        if (window && (!window.activeFocusItem || window.activeFocusItem === window.contentItem))
            before.forceActiveFocus(Qt.PopupFocusReason)
        before = null
    }

    // Not by a binding: where items go, the list moves its own index, and the two would chase each other.
    onCurrentIndexChanged: {
        if (currentIndex >= 0)
            list.positionViewAtIndex(currentIndex, ListView.Contain)
    }

    contentItem: ListView {
        id: list

        implicitHeight: contentHeight
        model: root.contentModel
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        clip: interactive
    }
    background: Rectangle {
        color: Theme.raised
        border.color: Theme.line
        radius: Theme.radius
    }
}
