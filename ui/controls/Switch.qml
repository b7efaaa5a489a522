import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

T.Switch {
    id: root

    property bool mixed: false // on for some, off for others: the knob stands between

    implicitWidth: indicator.width + (text.length > 0 ? Theme.small + label.implicitWidth : 0)
    implicitHeight: Theme.controlHeight
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.checkStateMixed: mixed

    indicator: Rectangle {
        opacity: root.enabled ? 1 : 0.4
        y: Math.round((root.height - height) / 2)
        width: 28
        height: 16
        radius: 8
        color: root.checked ? Theme.textSecondary : Theme.raised
        border.color: root.checked ? Theme.textSecondary : Theme.line

        Rectangle {
            x: root.mixed ? (parent.width - width) / 2 : root.checked ? parent.width - width - 2 : 2
            y: 2
            width: 12
            height: 12
            radius: 6
            color: root.checked ? Theme.window : Theme.text
        }
        FocusRing {
            radius: 10
            shown: root.visualFocus
        }
    }
    contentItem: Label {
        id: label

        leftPadding: root.indicator.width + Theme.small
        text: root.text
        color: root.enabled ? Theme.text : Theme.textSecondary
        verticalAlignment: Text.AlignVCenter
    }
}
