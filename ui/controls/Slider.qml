import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

// A slider with its value beside it; the wheel and the arrow keys step it.
T.Slider {
    id: root

    property string name
    property int decimals: 0
    property bool mixed: false // several values: the handle is at one of them, and a click gives it to all

    signal resetRequested() // a double click

    implicitWidth: 200
    implicitHeight: Theme.controlHeight
    rightPadding: figure.width + Theme.small
    wheelEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.name: name
    Accessible.description: mixed ? qsTr("Mixed") : ""
    onPressedChanged: {
        if (!pressed && mixed)
            moved()
    }

    background: Item {
        Rectangle {
            x: root.leftPadding
            anchors.verticalCenter: parent.verticalCenter
            width: root.availableWidth
            height: 4 // even, as the handle: both have the same middle
            radius: 2
            color: Theme.line

            Rectangle {
                visible: !root.mixed
                width: root.visualPosition * parent.width
                height: parent.height
                radius: parent.radius
                color: root.enabled ? Theme.textSecondary : Theme.line
            }
        }
        Label {
            id: figure

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            horizontalAlignment: Text.AlignRight
            text: root.mixed ? qsTr("Mixed") : Format.number(root.value, root.decimals)
            dim: !root.enabled

            // Not while the handle is held, which would slip from under the pointer.
            Binding {
                target: figure
                property: "width"
                value: Math.max(28, figure.implicitWidth)
                when: !root.pressed
                restoreMode: Binding.RestoreNone
            }
        }
    }
    handle: Rectangle {
        x: root.leftPadding + root.visualPosition * (root.availableWidth - width)
        y: Math.round((root.height - height) / 2)
        width: 12
        height: 12
        radius: 6
        color: root.pressed ? Theme.selection : root.mixed ? Theme.panel : root.enabled ? Theme.text : Theme.textSecondary
        border.color: root.mixed ? Theme.textSecondary : Theme.panel
        border.width: 1

        FocusRing {
            radius: 8
            shown: root.visualFocus
        }
    }

    TapHandler {
        acceptedButtons: Qt.LeftButton
        onDoubleTapped: root.resetRequested()
    }
}
