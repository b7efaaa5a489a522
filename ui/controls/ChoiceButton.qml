import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

// One of a few choices that stand side by side. The arrow keys go from one to the next, Space and Enter
// take it.
T.AbstractButton {
    id: root

    // To the choice beside this one.
    function go(event: var, by: int): bool {
        if ((event.modifiers & ~Qt.KeypadModifier) !== Qt.NoModifier || !parent)
            return false
        const row = []
        for (let i = 0; i < parent.children.length; ++i) {
            const one = parent.children[i] as T.AbstractButton
            if (one && one.visible && one.enabled && one.Accessible.role === Accessible.RadioButton)
                row.push(one)
        }
        const next = row[row.indexOf(root) + by]
        if (next)
            next.forceActiveFocus(Qt.TabFocusReason)
        return row.length > 1
    }

    implicitWidth: Math.max(36, label.implicitWidth + 2 * Theme.small)
    implicitHeight: 24
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.RadioButton
    Accessible.name: text
    Accessible.checkable: true
    Accessible.checked: checked
    Keys.onLeftPressed: (event) => event.accepted = go(event, -1)
    Keys.onRightPressed: (event) => event.accepted = go(event, 1)
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
