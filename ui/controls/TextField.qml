import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls

// One line of text, with an icon in front where it helps.
T.TextField {
    id: root

    property string iconName

    implicitWidth: 200
    implicitHeight: Theme.controlHeight
    leftPadding: iconName.length > 0 ? Theme.icon + 2 * Theme.small : Theme.small
    rightPadding: Theme.small
    verticalAlignment: TextInput.AlignVCenter
    color: enabled ? Theme.text : Theme.textSecondary
    placeholderTextColor: Theme.textSecondary
    selectionColor: Theme.selection
    selectedTextColor: Theme.selectionText
    font.pixelSize: Theme.bodySize
    selectByMouse: true
    clip: true
    Accessible.name: placeholderText

    background: Rectangle {
        radius: Theme.radius
        color: Theme.raised
        border.color: Theme.line

        Icon {
            x: Theme.small
            anchors.verticalCenter: parent.verticalCenter
            name: root.iconName
            color: Theme.textSecondary
            visible: root.iconName.length > 0
        }
        FocusRing {
            anchors.margins: 0
            radius: Theme.radius
            shown: root.activeFocus
            border.width: 1
        }
    }

    Label {
        x: root.leftPadding
        width: root.width - root.leftPadding - root.rightPadding
        anchors.verticalCenter: parent.verticalCenter
        text: root.placeholderText
        dim: true
        visible: root.length === 0 && root.preeditText.length === 0
    }
}
