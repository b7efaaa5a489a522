import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

// One of a few choices that stand side by side.
T.AbstractButton {
    id: root

    implicitWidth: Math.max(36, label.implicitWidth + 2 * Theme.small)
    implicitHeight: 24
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.RadioButton
    Accessible.name: text
    Accessible.checkable: true
    Accessible.checked: checked
    Keys.onReturnPressed: (event) => { if (event.modifiers === Qt.NoModifier) clicked(); else event.accepted = false }

    contentItem: Label {
        id: label

        text: root.text
        small: true
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        color: root.checked && root.enabled ? Theme.selectionText : root.enabled ? Theme.text : Theme.textSecondary
    }
    background: Rectangle {
        radius: Theme.tiny
        color: root.checked ? (root.enabled ? Theme.selection : Theme.pressed) : root.hovered ? Theme.hover : Theme.raised
        border.color: Theme.line
        border.width: root.checked && root.enabled ? 0 : 1

        FocusRing { shown: root.visualFocus }
    }
}
