pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

T.Menu {
    id: root

    margins: Theme.tiny
    padding: Theme.tiny
    implicitWidth: {
        let widest = 160
        for (let i = 0; i < count; ++i)
            widest = Math.max(widest, itemAt(i).implicitWidth)
        return widest + leftPadding + rightPadding
    }
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    delegate: MenuItem {}

    contentItem: ListView {
        implicitHeight: contentHeight
        model: root.contentModel
        interactive: false
        currentIndex: root.currentIndex
    }
    background: Rectangle {
        color: Theme.raised
        border.color: Theme.line
        radius: Theme.radius
    }
}
