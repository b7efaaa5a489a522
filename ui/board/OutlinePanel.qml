pragma ComponentBehavior: Bound

import QtQuick
import Moodloom.Board
import Moodloom.Controls
import Moodloom.Theme

// Everything on the board as a list with a search: Return or a click goes there; with Shift it is selected
// with the others, or no more.
Rectangle {
    id: root

    required property BoardController controller
    required property BoardCanvas canvas

    signal closed()

    function open() {
        visible = true
        search.forceActiveFocus()
        search.selectAll()
    }
    function close() {
        visible = false
        canvas.forceActiveFocus()
        closed()
    }
    function go(id: string) {
        controller.reveal(id)
        canvas.fitSelection()
    }

    function choose(event: var) {
        const row = list.currentItem as OutlineRow
        if (row && event.modifiers & Qt.ShiftModifier)
            controller.toggleById(row.itemId)
        else if (row)
            go(row.itemId)
    }

    visible: false
    width: 300
    color: Theme.panel
    border.color: Theme.line
    radius: Theme.radius
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Outline of the board")

    BoardOutline {
        id: outline

        controller: root.controller
        active: root.visible
        filter: search.text
        tag: "" // changed by the tags below
    }

    // Presses beside the rows are not the canvas's.
    MouseArea {
        anchors.fill: parent
        acceptedButtons: Qt.AllButtons
        onWheel: (wheel) => wheel.accepted = true
    }

    Row {
        id: head

        x: Theme.small
        y: Theme.small
        width: parent.width - 2 * Theme.small
        spacing: Theme.tiny

        TextField {
            id: search

            objectName: "outlineSearch"
            width: parent.width - closing.width - parent.spacing
            iconName: "search"
            placeholderText: qsTr("Search this board")
            Accessible.name: placeholderText
            Keys.onEscapePressed: root.close()
            Accessible.description: (list.currentItem ? list.currentItem.Accessible.name + ". " : "") + hint.text
            Keys.onReturnPressed: (event) => root.choose(event)
            Keys.onEnterPressed: (event) => root.choose(event)
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onUpPressed: list.decrementCurrentIndex()
            onTextChanged: list.currentIndex = 0
        }
        IconButton {
            id: closing

            iconName: "close"
            text: qsTr("Close")
            onClicked: root.close()
        }
    }

    // The board's tags: one shows what has it.
    Flickable {
        id: tagChoice

        objectName: "outlineTags"
        x: Theme.small
        y: head.y + head.height + Theme.small
        width: parent.width - 2 * Theme.small
        height: Math.min(contentHeight, 4 * Theme.controlHeight)
        contentHeight: tagFlow.implicitHeight
        visible: outline.tags.length > 0
        clip: true

        Flow {
            id: tagFlow

            width: parent.width
            spacing: Theme.tiny

            Repeater {
                model: outline.tags

                ChoiceButton {
                    required property string modelData

                    objectName: "outlineTag-" + modelData
                    text: "#" + modelData
                    checked: outline.tag === modelData
                    onClicked: outline.tag = outline.tag === modelData ? "" : modelData
                    onActiveFocusChanged: {
                        if (activeFocus)
                            tagChoice.contentY = Math.max(0, Math.min(y, tagChoice.contentHeight - tagChoice.height))
                    }
                }
            }
        }
    }

    ListView {
        id: list

        objectName: "outlineList"
        anchors.fill: parent
        anchors.leftMargin: Theme.tiny
        anchors.rightMargin: Theme.tiny
        anchors.topMargin: (tagChoice.visible ? tagChoice.y + tagChoice.height : head.y + head.height) + Theme.small
        anchors.bottomMargin: hint.height + 2 * Theme.small
        clip: true
        model: outline
        currentIndex: 0
        delegate: OutlineRow {
            width: ListView.view.width
            onChosen: (id) => root.go(id)
            onToggled: (id) => root.controller.toggleById(id)
        }

        Label {
            anchors.centerIn: parent
            visible: outline.count === 0
            dim: true
            text: qsTr("Nothing found")
        }
    }
    Label {
        id: hint

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.small
        small: true
        dim: true
        wrapMode: Text.Wrap
        text: qsTr("Enter goes there, Shift+Enter selects it with the others")
    }
}
