import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

// A part of a range, from one handle to the other, with its text beside it; the arrow keys move the
// handle that has the focus.
T.RangeSlider {
    id: root

    property string name
    property string text // what the range is, for people
    property bool mixed: false // several ranges: the handles are at those of one, and a click gives it to all

    readonly property string shownText: mixed ? qsTr("Mixed") : text

    signal resetRequested() // a double click

    implicitWidth: 200
    implicitHeight: Theme.controlHeight
    rightPadding: figure.width + Theme.small
    focusPolicy: Qt.StrongFocus
    Accessible.name: name
    Accessible.description: shownText
    first.onPressedChanged: {
        if (!first.pressed && mixed)
            first.moved()
    }
    second.onPressedChanged: {
        if (!second.pressed && mixed)
            second.moved()
    }

    background: Item {
        Rectangle {
            x: root.leftPadding
            anchors.verticalCenter: parent.verticalCenter
            width: root.availableWidth
            height: 4
            radius: 2
            color: Theme.line

            Rectangle {
                x: root.first.visualPosition * parent.width
                width: (root.second.visualPosition - root.first.visualPosition) * parent.width
                height: parent.height
                radius: parent.radius
                visible: !root.mixed
                color: root.enabled ? Theme.textSecondary : Theme.line
            }
        }
        Label {
            id: figure

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            width: Math.max(72, implicitWidth)
            horizontalAlignment: Text.AlignRight
            text: root.shownText
            dim: !root.enabled
        }
    }

    component Handle: Rectangle {
        id: handle

        required property bool held
        required property bool hollow
        required property string name
        // For screen readers.
        required property real value
        required property real minimumValue
        required property real maximumValue

        width: 12
        height: 12
        radius: 6
        color: held ? Theme.selection : hollow ? Theme.panel : enabled ? Theme.text : Theme.textSecondary
        border.color: hollow ? Theme.textSecondary : Theme.panel
        border.width: 1
        Accessible.role: Accessible.Slider
        Accessible.name: name
        Accessible.focusable: true

        FocusRing {
            radius: 8
            shown: handle.activeFocus
        }
    }

    first.handle: Handle {
        objectName: root.objectName + "First"
        x: root.leftPadding + root.first.visualPosition * (root.availableWidth - width)
        y: Math.round((root.height - height) / 2)
        held: root.first.pressed
        hollow: root.mixed
        value: root.first.value
        minimumValue: root.from
        maximumValue: root.second.value
        name: qsTr("%1, %2").arg(root.name).arg(qsTr("beginning"))
    }
    second.handle: Handle {
        objectName: root.objectName + "Second"
        x: root.leftPadding + root.second.visualPosition * (root.availableWidth - width)
        y: Math.round((root.height - height) / 2)
        held: root.second.pressed
        hollow: root.mixed
        value: root.second.value
        minimumValue: root.first.value
        maximumValue: root.to
        name: qsTr("%1, %2").arg(root.name).arg(qsTr("end"))
    }

    TapHandler {
        acceptedButtons: Qt.LeftButton
        onDoubleTapped: root.resetRequested()
    }
}
