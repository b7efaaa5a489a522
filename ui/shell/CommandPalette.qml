pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Shell

// Every action by name, with its shortcut: type, choose, Enter.
T.Popup {
    id: root

    required property ActionRegistry actions

    function run(row: int) {
        const id = filter.actionAt(row)
        if (id.length === 0)
            return
        close()
        actions.trigger(id)
    }

    // The list is given the rows anew: rows that go, and others that move, while the list is making one
    // of them keep a list of Qt 6.4 busy for ever.
    function search(pattern: string) {
        list.model = null
        filter.pattern = pattern
        list.model = filter
        list.currentIndex = 0
    }

    parent: T.Overlay.overlay
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: 80
    width: parent ? Math.min(520, parent.width - 80) : 520
    padding: Theme.small
    focus: true
    modal: false
    implicitHeight: contentItem.implicitHeight + 2 * padding
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onOpened: {
        field.clear()
        list.currentIndex = 0
        list.pointer = Qt.point(-1, -1)
        field.forceActiveFocus(Qt.PopupFocusReason)
    }

    ActionFilter {
        id: filter

        sourceModel: root.actions
    }

    contentItem: Column {
        spacing: Theme.small

        TextField {
            id: field

            objectName: "paletteField"
            width: parent.width
            implicitHeight: 34
            focus: true
            iconName: "search"
            placeholderText: qsTr("What would you like to do?")
            Accessible.description: list.currentItem ? list.currentItem.Accessible.name : nothing.text
            onTextChanged: root.search(text)
            Keys.onPressed: (event) => {
                event.accepted = true
                switch (event.key) {
                case Qt.Key_Down: list.incrementCurrentIndex(); break
                case Qt.Key_Up: list.decrementCurrentIndex(); break
                case Qt.Key_Return:
                case Qt.Key_Enter: root.run(list.currentIndex); break
                default: event.accepted = false
                }
            }
        }
        ListView {
            id: list

            property point pointer: Qt.point(-1, -1)

            objectName: "paletteList"
            width: parent.width
            implicitHeight: Math.min(contentHeight, 12 * 30)
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: filter
            delegate: Rectangle {
                id: row

                required property int index
                required property string text
                required property string shortcut

                width: list.width
                height: 30
                radius: Theme.tiny
                color: ListView.isCurrentItem ? Theme.hover : "transparent"
                Accessible.role: Accessible.MenuItem
                Accessible.name: text
                Accessible.description: Format.keys(shortcut)
                Accessible.selectable: true
                Accessible.selected: ListView.isCurrentItem

                Label {
                    anchors.left: parent.left
                    anchors.leftMargin: Theme.small
                    anchors.right: keys.left
                    anchors.verticalCenter: parent.verticalCenter
                    text: row.text
                }
                Label {
                    id: keys

                    anchors.right: parent.right
                    anchors.rightMargin: Theme.small
                    anchors.verticalCenter: parent.verticalCenter
                    dim: true
                    text: Format.keys(row.shortcut)
                }
                MouseArea {
                    anchors.fill: parent
                    hoverEnabled: true
                    onClicked: root.run(row.index)
                    onPositionChanged: (event) => {
                        // Only a pointer that moves chooses, not one over which the list opens.
                        const where = mapToItem(null, event.x, event.y)
                        if (list.pointer.x >= 0 && list.pointer !== where)
                            list.currentIndex = row.index
                        list.pointer = where
                    }
                }
            }
        }
        Label {
            id: nothing

            visible: list.count === 0
            leftPadding: Theme.small
            bottomPadding: Theme.small
            dim: true
            text: qsTr("No action has that name.")
        }
    }
    background: Rectangle {
        color: Theme.panel
        border.color: Theme.line
        radius: Theme.radius
    }
}
