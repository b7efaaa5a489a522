import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls

// A picture that was not painted, in its place among the takes: what is missing, why, and what can be
// done. Enter tries again, Ctrl+C copies what it says, Delete dismisses it.
Rectangle {
    id: root

    required property string failureId
    required property string title
    required property string message
    required property string brief // the message as it fits
    required property bool canTryAgain

    signal tryAgainRequested()
    signal copyRequested()
    signal dismissed()

    implicitWidth: 340
    activeFocusOnTab: true
    radius: 3
    color: Theme.raised
    border.color: Theme.danger
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title + ". " + message
    Accessible.description: canTryAgain ? qsTr("Enter tries again, Ctrl+C copies the message, Delete dismisses it.")
                                        : qsTr("Ctrl+C copies the message, Delete dismisses it.")
    Accessible.focusable: true
    Keys.onPressed: (event) => {
        event.accepted = true
        if (event.matches(StandardKey.Copy))
            root.copyRequested()
        else if (event.modifiers === Qt.NoModifier && event.key === Qt.Key_Delete)
            root.dismissed()
        else if (root.canTryAgain && !(event.modifiers & ~Qt.KeypadModifier)
                 && (event.key === Qt.Key_Return || event.key === Qt.Key_Enter))
            root.tryAgainRequested()
        else
            event.accepted = false
    }

    // Inside: the list cuts off what is around it.
    FocusRing {
        anchors.margins: 0
        shown: root.activeFocus
    }
    TapHandler {
        onTapped: root.forceActiveFocus(Qt.MouseFocusReason)
    }

    RowLayout {
        id: header

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.leftMargin: Theme.small
        anchors.rightMargin: 2
        anchors.topMargin: 2
        height: 26
        spacing: Theme.tiny

        Icon {
            name: "warning"
            color: Theme.dangerInk
        }
        Label {
            Layout.fillWidth: true
            small: true
            font.weight: Font.DemiBold
            text: root.title
        }
        Button {
            objectName: "tryAgain"
            Layout.preferredHeight: 24
            visible: root.canTryAgain
            text: qsTr("Try again")
            tip: qsTr("Paints the same once more, with the seed and the settings of then")
            onClicked: root.tryAgainRequested()
        }
        IconButton {
            objectName: "copyFailure"
            Layout.preferredWidth: 24
            Layout.preferredHeight: 24
            iconName: "copy"
            text: qsTr("Copy this message")
            onClicked: root.copyRequested()
        }
        IconButton {
            objectName: "dismissFailure"
            Layout.preferredWidth: 24
            Layout.preferredHeight: 24
            iconName: "close"
            text: qsTr("Dismiss")
            onClicked: root.dismissed()
        }
    }
    Label {
        objectName: "failureMessage"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        anchors.leftMargin: Theme.small
        anchors.rightMargin: Theme.small
        anchors.bottomMargin: 2
        small: true
        wrapMode: Text.Wrap
        maximumLineCount: 3
        text: root.brief
    }
    // All of it, for those who have no pointer to rest on it.
    Tip {
        y: -implicitHeight - Theme.tiny
        timeout: -1
        visible: root.activeFocus
        text: root.message
    }
}
