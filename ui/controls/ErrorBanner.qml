import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls

// An error or a notice where it happened: it says what to do, can be copied, and blocks nothing.
Rectangle {
    id: root

    required property string message
    required property bool serious // an error; otherwise a notice

    signal dismissed()

    implicitHeight: row.implicitHeight + 2 * Theme.small
    visible: message.length > 0
    color: Theme.raised
    border.color: serious ? Theme.danger : Theme.line
    radius: Theme.radius
    Accessible.role: Accessible.AlertMessage
    Accessible.name: message

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.margins: Theme.small
        anchors.leftMargin: Theme.medium
        spacing: Theme.small

        Icon {
            name: root.serious ? "warning" : "info"
            color: root.serious ? Theme.dangerInk : Theme.textSecondary
            Layout.alignment: Qt.AlignVCenter
        }
        Label {
            Layout.fillWidth: true
            text: Format.unbroken(root.message)
            wrapMode: Text.Wrap
            maximumLineCount: 5
        }
        IconButton {
            iconName: "copy"
            text: qsTr("Copy this message")
            onClicked: Clipboard.copy(root.message)
        }
        IconButton {
            iconName: "close"
            text: qsTr("Dismiss")
            onClicked: root.dismissed()
        }
    }
}
