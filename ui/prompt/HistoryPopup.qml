pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Prompt

// The prompts of before: type to search, Enter takes one, Shift+Delete forgets one.
T.Popup {
    id: root

    required property PromptHistory history

    signal chosen(words: string)

    function take(row: int) {
        const words = history.at(row)
        if (words.length === 0)
            return
        close()
        chosen(words)
    }

    padding: Theme.small
    focus: true
    modal: false
    implicitHeight: contentItem.implicitHeight + 2 * padding
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onOpened: {
        field.clear()
        history.filter = ""
        list.currentIndex = 0
        field.forceActiveFocus(Qt.PopupFocusReason)
    }

    contentItem: Column {
        spacing: Theme.small

        TextField {
            id: field

            objectName: "historyField"
            width: parent.width
            focus: true
            iconName: "search"
            placeholderText: qsTr("Search earlier prompts")
            Accessible.description: list.currentItem ? list.currentItem.Accessible.name : nothing.text
            onTextChanged: {
                root.history.filter = text
                list.currentIndex = 0
            }
            Keys.onPressed: (event) => {
                event.accepted = true
                switch (event.key) {
                case Qt.Key_Down: list.incrementCurrentIndex(); break
                case Qt.Key_Up: list.decrementCurrentIndex(); break
                case Qt.Key_Return:
                case Qt.Key_Enter: root.take(list.currentIndex); break
                case Qt.Key_Delete:
                    if (event.modifiers === Qt.ShiftModifier)
                        root.history.forget(list.currentIndex)
                    else
                        event.accepted = false
                    break
                default: event.accepted = false
                }
            }
        }
        ListView {
            id: list

            objectName: "historyList"
            width: parent.width
            implicitHeight: Math.min(contentHeight, 9 * 30)
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: root.history
            delegate: Rectangle {
                id: row

                required property int index
                required property string words

                objectName: "historyRow"
                width: list.width
                height: 30
                radius: Theme.tiny
                color: ListView.isCurrentItem ? Theme.hover : "transparent"
                Accessible.role: Accessible.MenuItem
                Accessible.name: words
                Accessible.selectable: true
                Accessible.selected: ListView.isCurrentItem

                Label {
                    anchors.left: parent.left
                    anchors.leftMargin: Theme.small
                    anchors.right: forget.left
                    anchors.verticalCenter: parent.verticalCenter
                    text: row.words.replace(/\s+/g, " ")
                    elide: Text.ElideRight
                }
                MouseArea {
                    anchors.fill: parent
                    hoverEnabled: true
                    onClicked: root.take(row.index)
                    onPositionChanged: list.currentIndex = row.index
                }
                IconButton {
                    id: forget

                    objectName: "forgetPrompt"
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    focusPolicy: Qt.NoFocus
                    visible: row.ListView.isCurrentItem
                    iconName: "close"
                    text: qsTr("Forget this prompt")
                    shortcut: "Shift+Del"
                    onClicked: root.history.forget(row.index)
                }
            }
        }
        Label {
            id: nothing

            width: parent.width
            visible: list.count === 0
            leftPadding: Theme.small
            bottomPadding: Theme.small
            wrapMode: Text.Wrap
            dim: true
            text: root.history.empty ? qsTr("Prompts that you search or paint with are kept here.")
                                     : qsTr("No prompt of before has these words.")
        }
    }
    background: Rectangle {
        color: Theme.panel
        border.color: Theme.line
        radius: Theme.radius
    }
}
