import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls

// A short word about what just happened, with the way back; it leaves by itself.
Rectangle {
    id: root

    property string message
    property string action // the button's text; empty = no button

    signal activated()

    function show(text: string, actionText: string) {
        message = text
        action = actionText
        timer.restart()
    }
    function hide() { timer.stop() }

    implicitWidth: row.implicitWidth + 2 * Theme.medium
    implicitHeight: 40
    color: Theme.raised
    border.color: Theme.line
    radius: Theme.radius
    visible: timer.running
    Accessible.role: Accessible.AlertMessage
    Accessible.name: message

    Timer {
        id: timer

        interval: 6000
    }

    HoverHandler {
        onHoveredChanged: {
            if (!hovered && timer.running)
                timer.restart()
        }
    }

    RowLayout {
        id: row

        anchors.centerIn: parent
        spacing: Theme.medium

        Label {
            text: root.message
            Layout.maximumWidth: 420
        }
        Button {
            visible: root.action.length > 0
            text: root.action
            onClicked: {
                root.hide()
                root.activated()
            }
        }
        IconButton {
            iconName: "close"
            text: qsTr("Dismiss")
            onClicked: root.hide()
        }
    }
}
