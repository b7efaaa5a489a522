import QtQuick
import QtQuick.Layouts
import Moodloom.Board
import Moodloom.Controls
import Moodloom.Theme

// At the selected cards that stand for pictures of the web: whom fetching would ask, and the fetch itself.
Rectangle {
    id: root

    required property BoardController controller
    required property BoardCanvas canvas

    readonly property var keys: canvas.shortcuts
    readonly property WebPictures web: controller.web
    readonly property bool failed: web.problem.length > 0 && !web.fetching

    implicitWidth: 320
    implicitHeight: column.implicitHeight + 2 * Theme.small
    color: Theme.panel
    border.color: failed ? Theme.danger : Theme.line
    radius: Theme.radius
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Picture on the web")
    Keys.onEscapePressed: canvas.forceActiveFocus()

    // Presses beside the buttons are not the canvas's.
    MouseArea {
        anchors.fill: parent
        acceptedButtons: Qt.AllButtons
        onWheel: (wheel) => wheel.accepted = true
    }

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.small
        spacing: Theme.small

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.small

            Icon {
                Layout.alignment: Qt.AlignTop
                visible: root.failed
                name: "warning"
                color: Theme.dangerInk
            }
            Label {
                Layout.fillWidth: true
                objectName: "webText"
                text: root.failed ? root.web.problem
                      : root.web.fetching ? qsTr("From %1: %2").arg(root.web.hosts).arg(root.web.progressText)
                      : root.web.cards > 1 ? qsTr("%n pictures are at %1. They have not been fetched yet.", "", root.web.cards).arg(root.web.hosts)
                      : qsTr("The picture is at %1. It has not been fetched yet.").arg(root.web.hosts)
                wrapMode: Text.Wrap
                maximumLineCount: 5
                Accessible.role: root.failed ? Accessible.AlertMessage : Accessible.StaticText
                Accessible.name: text
            }
        }
        ProgressBar {
            Layout.fillWidth: true
            visible: root.web.fetching
            name: qsTr("Fetching")
            indeterminate: root.web.progress < 0
            value: Math.max(0, root.web.progress)
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.tiny

            Button {
                objectName: "webFetch"
                visible: !root.web.fetching
                enabled: !root.controller.readOnly
                primary: !root.failed
                iconName: "image"
                text: root.failed ? qsTr("Try again") : root.web.cards > 1 ? qsTr("Fetch the pictures")
                                                                          : qsTr("Fetch the picture")
                tip: qsTr("Asks %1 for it, this once").arg(root.web.hosts)
                shortcut: root.keys["board-edit"]
                onClicked: {
                    root.web.fetch()
                    root.canvas.forceActiveFocus()
                }
            }
            Button {
                objectName: "webStop"
                visible: root.web.fetching
                iconName: "stop"
                text: qsTr("Stop")
                onClicked: {
                    root.web.stop()
                    root.canvas.forceActiveFocus()
                }
            }
            Button {
                objectName: "webOpen"
                visible: root.failed
                text: qsTr("Open in the browser")
                tip: root.web.address
                onClicked: root.web.openPages()
            }
        }
    }
}
