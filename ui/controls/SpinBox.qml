import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

// A whole number that can be typed or stepped.
T.SpinBox {
    id: root

    property string name

    implicitWidth: 92
    implicitHeight: Theme.controlHeight
    leftPadding: Theme.small
    rightPadding: 2 * 20
    editable: true
    font: Theme.font(Theme.bodySize)
    focusPolicy: Qt.StrongFocus
    Accessible.name: name
    validator: IntValidator {
        bottom: Math.min(root.from, root.to)
        top: Math.max(root.from, root.to)
    }

    contentItem: TextInput {
        text: root.displayText
        Accessible.name: root.name
        font: root.font
        color: root.enabled ? Theme.text : Theme.textSecondary
        selectionColor: Theme.selection
        selectedTextColor: Theme.selectionText
        verticalAlignment: TextInput.AlignVCenter
        readOnly: !root.editable
        validator: root.validator
        inputMethodHints: Qt.ImhDigitsOnly
        selectByMouse: true
        clip: true
    }
    up.indicator: Item {
        x: root.width - width
        width: 20
        height: root.height

        Icon {
            anchors.centerIn: parent
            name: "plus"
            color: root.up.hovered ? Theme.text : Theme.textSecondary
        }
    }
    down.indicator: Item {
        x: root.width - 2 * width
        width: 20
        height: root.height

        Icon {
            anchors.centerIn: parent
            name: "minus"
            color: root.down.hovered ? Theme.text : Theme.textSecondary
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: Theme.raised
        border.color: Theme.line

        FocusRing {
            anchors.margins: 0
            radius: Theme.radius
            shown: root.activeFocus
            border.width: 1
        }
    }
}
