import QtQuick
import Moodloom.Board
import Moodloom.Controls
import Moodloom.Theme

// Two pictures of the board compared over all of it, until Escape.
FocusScope {
    id: root

    required property BoardController controller
    required property BoardCanvas canvas

    readonly property alias compare: view
    readonly property bool wiping: view.mode === BoardCompare.Wipe

    function oneLine(name: string): string {
        return name.replace(/\s+/g, " ")
    }
    function open(first: string, second: string) {
        firstName.text = oneLine(controller.nameOf(first))
        secondName.text = oneLine(controller.nameOf(second))
        visible = true
        view.compare(first, second)
        forceActiveFocus(Qt.OtherFocusReason)
    }
    function close() {
        visible = false
        view.clear()
        canvas.forceActiveFocus(Qt.OtherFocusReason)
    }
    function exchange() {
        view.exchange()
        const name = firstName.text
        firstName.text = secondName.text
        secondName.text = name
    }

    visible: false
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Compare two pictures")
    Keys.onPressed: (event) => {
        event.accepted = true
        switch (event.key) {
        case Qt.Key_Escape: close(); break
        case Qt.Key_Left: view.split -= event.modifiers & Qt.ShiftModifier ? 0.1 : 0.02; break
        case Qt.Key_Right: view.split += event.modifiers & Qt.ShiftModifier ? 0.1 : 0.02; break
        case Qt.Key_Plus:
        case Qt.Key_Equal: view.zoomBy(1.25); break
        case Qt.Key_Minus: view.zoomBy(0.8); break
        case Qt.Key_0: view.fit(); break
        case Qt.Key_S: view.mode = wiping ? BoardCompare.SideBySide : BoardCompare.Wipe; break
        case Qt.Key_X: exchange(); break
        default: event.accepted = false
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.canvas
    }
    BoardCompare {
        id: view

        objectName: "boardCompare"
        anchors.fill: parent
        anchors.topMargin: bar.height
        board: root.controller.board
    }
    Rectangle {
        x: Math.round(view.split * view.width) - 1
        y: view.y
        width: 2
        height: view.height
        visible: root.wiping && view.complete
        color: Theme.selection

        Rectangle {
            anchors.centerIn: parent
            width: 10
            height: 32
            radius: 5
            color: Theme.selection
        }
    }
    Rectangle {
        anchors.horizontalCenter: view.horizontalCenter
        y: view.y
        width: 2
        height: view.height
        visible: !root.wiping
        color: Theme.line
    }
    Label {
        anchors.centerIn: view
        width: Math.min(420, view.width - 2 * Theme.large)
        visible: !view.complete
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        dim: true
        text: view.problem.length > 0 ? view.problem : qsTr("Reading the pictures…")
    }

    Rectangle {
        id: bar

        width: parent.width
        height: Theme.controlHeight + 2 * Theme.small
        color: Theme.panel

        Label {
            id: firstName

            anchors.left: parent.left
            anchors.leftMargin: Theme.medium
            anchors.right: choices.left
            anchors.rightMargin: Theme.medium
            anchors.verticalCenter: parent.verticalCenter
            elide: Text.ElideRight
        }
        Row {
            id: choices

            anchors.centerIn: parent
            spacing: Theme.tiny

            ChoiceButton {
                objectName: "compareWipe"
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Wipe")
                checked: root.wiping
                onClicked: view.mode = BoardCompare.Wipe
            }
            ChoiceButton {
                objectName: "compareSides"
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Side by side")
                checked: !root.wiping
                onClicked: view.mode = BoardCompare.SideBySide
            }
            IconButton {
                iconName: "swap"
                text: qsTr("Exchange the two")
                shortcut: "X"
                onClicked: root.exchange()
            }
        }
        Label {
            id: secondName

            anchors.left: choices.right
            anchors.leftMargin: Theme.medium
            anchors.right: closeButton.left
            anchors.rightMargin: Theme.small
            anchors.verticalCenter: parent.verticalCenter
            horizontalAlignment: Text.AlignRight
            elide: Text.ElideRight
        }
        IconButton {
            id: closeButton

            objectName: "compareClose"
            anchors.right: parent.right
            anchors.rightMargin: Theme.small
            anchors.verticalCenter: parent.verticalCenter
            iconName: "close"
            text: qsTr("Close")
            shortcut: "Esc"
            onClicked: root.close()
        }
    }
    FocusRing {
        anchors.margins: 1
        radius: 2
        border.width: 1
        shown: root.Window.activeFocusItem === root
    }
}
