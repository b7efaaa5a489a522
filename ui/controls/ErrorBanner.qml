import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls

// An error or a notice where it happened: it says what to do, can be copied, and blocks nothing.
Rectangle {
    id: root

    required property string message
    required property bool serious // an error; otherwise a notice

    property bool warning: false    // a notice of what is the matter
    property bool dismissible: true // it goes by hand, not by itself
    property string action // what can be done about it here, or empty

    signal actionRequested()
    signal dismissed()

    implicitHeight: grid.implicitHeight + 2 * Theme.small
    visible: message.length > 0
    color: Theme.raised
    border.color: serious ? Theme.danger : Theme.line
    radius: Theme.radius
    Accessible.role: Accessible.AlertMessage
    Accessible.name: message

    GridLayout {
        id: grid

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.small
        anchors.leftMargin: Theme.medium
        columns: root.width < 400 ? 1 : 2 // in a narrow panel the buttons stand below
        columnSpacing: Theme.small
        rowSpacing: Theme.tiny

        RowLayout {
            spacing: Theme.small

            Icon {
                name: root.serious || root.warning ? "warning" : "info"
                color: root.serious ? Theme.dangerInk : Theme.textSecondary
                Layout.alignment: grid.columns === 1 ? Qt.AlignTop : Qt.AlignVCenter
            }
            Label {
                Layout.fillWidth: true
                text: Format.unbroken(root.message)
                wrapMode: Text.Wrap
                maximumLineCount: 5
            }
        }
        RowLayout {
            Layout.alignment: Qt.AlignRight
            spacing: Theme.small

            Button {
                objectName: "problemAction"
                visible: root.action.length > 0
                text: root.action
                onClicked: root.actionRequested()
            }
            IconButton {
                objectName: "copyProblem"
                iconName: "copy"
                text: qsTr("Copy this message")
                onClicked: Clipboard.copy(root.message)
            }
            IconButton {
                objectName: "dismissProblem"
                visible: root.dismissible
                iconName: "close"
                text: qsTr("Dismiss")
                onClicked: root.dismissed()
            }
        }
    }
}
