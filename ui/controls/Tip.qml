import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

// What a control does, and its shortcut, after the pointer has rested on it or Tab has come to it.
T.ToolTip {
    id: root

    property string shortcut

    delay: 500
    timeout: 8000
    margins: Theme.tiny
    x: parent ? Math.round((parent.width - implicitWidth) / 2) : 0
    y: parent ? parent.height + Theme.tiny : 0
    implicitWidth: row.implicitWidth + 2 * Theme.small
    implicitHeight: row.implicitHeight + Theme.small
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent

    contentItem: Item {
        objectName: "tip"

        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.small

            Label {
                small: true
                width: Math.min(implicitWidth, 300)
                wrapMode: Text.Wrap
                text: root.text
            }
            Label {
                small: true
                dim: true
                visible: text.length > 0
                text: Format.keys(root.shortcut)
            }
        }
    }
    background: Rectangle {
        color: Theme.raised
        border.color: Theme.line
        radius: Theme.radius
    }
}
