pragma ComponentBehavior: Bound

import QtQuick
import Moodloom.Controls
import Moodloom.Shell
import Moodloom.Theme

// The open boards, one tab each, where there are several. What is dragged over a tab for a moment shows
// its board; dropped on the tab, it comes into the board's middle.
Rectangle {
    id: root

    required property Workspace workspace

    readonly property BoardTabs tabs: workspace.boards
    readonly property var keys: workspace.actions.shortcuts
    // Items of another board, as the board drags them.
    signal itemsDropped(json: string)

    implicitHeight: 30
    color: Theme.window

    Row {
        id: row

        anchors.fill: parent

        Repeater {
            id: repeater

            model: root.tabs

            Rectangle {
                id: tab

                required property int index
                required property string title
                required property string hint
                required property bool unsaved
                required property bool readOnly
                required property bool failed // something was not painted for it
                readonly property bool current: root.tabs.current === index

                objectName: "boardTab"
                width: Math.min(220, (root.width - more.width) / Math.max(1, root.tabs.count))
                height: row.height
                color: current ? Theme.panel : pointer.containsMouse ? Theme.hover : "transparent"
                Accessible.role: Accessible.PageTab
                Accessible.name: title
                Accessible.description: hint
                Accessible.selected: current
                Accessible.onPressAction: root.tabs.show(index)

                Rectangle {
                    width: parent.width
                    height: 2
                    visible: tab.current
                    color: Theme.selection
                }
                Rectangle {
                    anchors.right: parent.right
                    width: 1
                    height: parent.height
                    color: Theme.line
                }
                Icon {
                    id: trouble

                    objectName: "boardTabTrouble"
                    anchors.left: parent.left
                    anchors.leftMargin: Theme.small
                    anchors.verticalCenter: parent.verticalCenter
                    visible: tab.failed
                    name: "warning"
                    color: Theme.dangerInk
                }
                Label {
                    anchors.left: tab.failed ? trouble.right : parent.left
                    anchors.right: close.left
                    anchors.leftMargin: tab.failed ? Theme.tiny : Theme.small
                    anchors.verticalCenter: parent.verticalCenter
                    small: true
                    dim: !tab.current
                    color: tab.unsaved ? Theme.dangerInk : dim ? Theme.textSecondary : Theme.text
                    elide: Text.ElideRight
                    text: tab.unsaved ? qsTr("%1 (not saved)").arg(tab.title)
                                      : tab.readOnly ? qsTr("%1 (read only)").arg(tab.title) : tab.title
                }
                MouseArea {
                    id: pointer

                    property bool dragged: false

                    anchors.fill: parent
                    hoverEnabled: true
                    acceptedButtons: Qt.LeftButton | Qt.MiddleButton
                    onPressed: (mouse) => {
                        dragged = false
                        if (mouse.button === Qt.LeftButton)
                            root.tabs.show(tab.index)
                    }
                    onPositionChanged: (mouse) => {
                        if (!(pressedButtons & Qt.LeftButton) || root.tabs.count < 2)
                            return
                        // Past the middle of a neighbor the two change places.
                        const at = tab.mapToItem(row, mouse.x, 0).x
                        const to = Math.max(0, Math.min(root.tabs.count - 1, Math.floor(at / tab.width)))
                        if (to !== tab.index)
                            root.tabs.move(tab.index, to)
                    }
                    onClicked: (mouse) => {
                        if (mouse.button === Qt.MiddleButton)
                            root.tabs.close(tab.index)
                    }

                    Tip {
                        visible: pointer.containsMouse && !pointer.pressed
                        text: tab.hint
                    }
                }
                IconButton {
                    id: close

                    objectName: "boardTabClose"
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.tiny
                    anchors.verticalCenter: parent.verticalCenter
                    width: 20
                    height: 20
                    opacity: tab.current || pointer.containsMouse || hovered || visualFocus ? 1 : 0
                    iconName: "close"
                    text: qsTr("Close the board; it can be opened again")
                    shortcut: tab.current ? root.keys["close-board"] : ""
                    onClicked: root.tabs.close(tab.index)
                }
                DropArea {
                    id: hovering

                    anchors.fill: parent
                    onDropped: (drop) => {
                        root.tabs.show(tab.index)
                        const json = drop.getDataAsString("application/x-moodloom-items")
                        if (json.length > 0) {
                            drop.accept(Qt.CopyAction)
                            root.itemsDropped(json)
                        }
                    }
                }
                Timer {
                    interval: 500
                    running: hovering.containsDrag && !tab.current
                    onTriggered: root.tabs.show(tab.index)
                }
            }
        }
        IconButton {
            id: more

            objectName: "newBoardTab"
            anchors.verticalCenter: parent.verticalCenter
            iconName: "plus"
            text: qsTr("New board")
            shortcut: root.keys["new-board"]
            onClicked: root.workspace.actions.trigger("new-board")
        }
    }
}
