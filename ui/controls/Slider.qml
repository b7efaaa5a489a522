import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

// A slider with its value beside it; the wheel and the arrow keys step it.
T.Slider {
    id: root

    property string name
    property int decimals: 0

    signal resetRequested() // a double click

    implicitWidth: 200
    implicitHeight: Theme.controlHeight
    rightPadding: figure.width + Theme.small
    wheelEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.name: name

    background: Item {
        Rectangle {
            x: root.leftPadding
            anchors.verticalCenter: parent.verticalCenter
            width: root.availableWidth
            height: 4 // even, as the handle: both have the same middle
            radius: 2
            color: Theme.line

            Rectangle {
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
            width: Math.max(28, implicitWidth)
            horizontalAlignment: Text.AlignRight
            text: Format.number(root.value, root.decimals)
            dim: !root.enabled
        }
    }
    handle: Rectangle {
        x: root.leftPadding + root.visualPosition * (root.availableWidth - width)
        y: Math.round((root.height - height) / 2)
        width: 12
        height: 12
        radius: 6
        color: root.pressed ? Theme.selection : root.enabled ? Theme.text : Theme.textSecondary
        border.color: Theme.panel
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
