import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

// A button that is only an icon; its text is the tip and the accessible name.
T.AbstractButton {
    id: root

    required property string iconName
    property string shortcut
    property bool overPicture: false // stands on a picture: a dark ground under a light icon
    property color ink: overPicture ? "#ffffff" : checked ? Theme.selection : enabled ? Theme.text : Theme.textSecondary

    implicitWidth: Theme.controlHeight
    implicitHeight: Theme.controlHeight
    focusPolicy: Qt.TabFocus
    opacity: enabled ? 1 : 0.4
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: (event) => { if (event.modifiers === Qt.NoModifier) clicked(); else event.accepted = false }

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: root.iconName
            color: root.ink
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: root.overPicture ? (root.hovered || root.down ? "#e0000000" : Theme.scrim)
                              : root.down || root.checked ? Theme.pressed
                                                          : root.hovered ? Theme.hover : "transparent"

        FocusRing { shown: root.visualFocus }
    }

    TipLoader {
        control: root
        text: root.text
        shortcut: root.shortcut
    }
}
